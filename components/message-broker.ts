import { Instance } from "@pulumi/cloudamqp/instance";
import * as pulumi from "@pulumi/pulumi";
import { Addon } from "@pulumiverse/heroku/addon/addon";
import { ConfigAssociation } from "@pulumiverse/heroku/app/configAssociation";
import { brokerName } from "../stagewright/environment/platforms";
import type { OwnBrokerSpec } from "../stagewright/environment/schema/broker";
import type { HerokuHome, Home } from "./api-app/api-app";
import { kept } from "./protection";

export interface MessageBrokerArgs {
  spec: OwnBrokerSpec;
  /** Where the app runs that uses the broker. */
  home: Home;
  /** Whether the broker is kept from deletion and replacement. */
  protected: boolean;
}

type AddonSpec = Extract<OwnBrokerSpec, { via: "heroku" }>;
type InstanceSpec = Extract<OwnBrokerSpec, { via: "cloudamqp" }>;

/**
 * RabbitMQ at CloudAMQP, for one app: as an add-on of the app, billed by Heroku, or as an instance
 * in a CloudAMQP account. Either way the app reaches it through the config var `CLOUDAMQP_URL`
 * alone.
 *
 * Of an add-on, the address never enters the state. Of an instance it must, encrypted, as it is
 * handed on to Heroku, or to a droplet with each deploy. A plan changes in place, but for one
 * between shared and dedicated plans: CloudAMQP refuses that of an add-on, and of an instance it
 * makes a new, empty broker. From one way to the other it takes two steps, without a broker in
 * between, as Heroku does not give up a config var to a new owner while an add-on still sets it.
 */
export class MessageBroker extends pulumi.ComponentResource {
  /** Name of the broker where it is billed: unique on all of Heroku for an add-on. */
  readonly brokerName: pulumi.Output<string>;
  /** The config var that holds the address. */
  readonly variable = "CLOUDAMQP_URL";
  /** The address, where nothing at the platform puts it into the variable. Secret. */
  readonly url: pulumi.Output<string> | undefined;

  constructor(name: string, args: MessageBrokerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:MessageBroker", name, {}, opts);
    const { spec, home } = args;
    if (spec.via === "cloudamqp") {
      const instance = createInstance(name, spec, args, this);
      this.brokerName = instance.name;
      if (home.via === "heroku") handOn(name, instance, home, this);
      else this.url = instance.url;
    } else {
      // The checks of the spec let no other pair through.
      if (home.via !== "heroku") throw new Error("An add-on needs a Heroku app");
      this.brokerName = createAddon(name, spec, { ...args, home }, this);
    }
    this.registerOutputs({ brokerName: this.brokerName, variable: this.variable });
  }
}

function createAddon(
  name: string,
  spec: AddonSpec,
  { home, ...args }: MessageBrokerArgs & { home: HerokuHome },
  parent: MessageBroker,
): pulumi.Output<string> {
  const addon = new Addon(
    name,
    {
      appId: home.appId,
      name: pulumi.output(home.appName).apply((app) => brokerName(app, spec)),
      plan: `cloudamqp:${spec.plan}`,
    },
    // The provider cannot rename an add-on: see createAddon in ./database/addon.ts.
    { parent, ignoreChanges: ["name"], ...kept(args.protected) },
  );
  return addon.name;
}

function createInstance(
  name: string,
  spec: InstanceSpec,
  args: MessageBrokerArgs,
  parent: MessageBroker,
): Instance {
  return new Instance(
    name,
    { name: spec.name, plan: spec.plan, region: spec.region },
    { parent, ...kept(args.protected) },
  );
}

function handOn(name: string, { url }: Instance, { appId }: HerokuHome, parent: MessageBroker): void {
  new ConfigAssociation(`${name}-url`, { appId, sensitiveVars: { [parent.variable]: url } }, { parent });
}
