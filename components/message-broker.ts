import { Instance } from "@pulumi/cloudamqp/instance";
import * as pulumi from "@pulumi/pulumi";
import { Addon } from "@pulumiverse/heroku/addon/addon";
import { ConfigAssociation } from "@pulumiverse/heroku/app/configAssociation";
import type { BrokerSpec } from "../spec/schema/broker";
import { kept } from "./protection";

export interface MessageBrokerArgs {
  spec: BrokerSpec;
  /** UUID of the app that uses the broker. */
  appId: pulumi.Input<string>;
  /** Name of that app: the name of its add-on starts with it. */
  appName: pulumi.Input<string>;
  /** Whether the broker is kept from deletion and replacement. */
  protected: boolean;
}

type AddonSpec = Extract<BrokerSpec, { via: "heroku" }>;
type InstanceSpec = Extract<BrokerSpec, { via: "cloudamqp" }>;

/**
 * RabbitMQ at CloudAMQP, for one app: as an add-on of the app, billed by Heroku, or as an instance in a CloudAMQP account.
 * Either way the app reaches it through the config var `CLOUDAMQP_URL` alone.
 *
 * Of an add-on, the address never enters the state. Of an instance it must, encrypted, as it is handed on to Heroku.
 * A plan changes in place, but for an instance between a shared and a dedicated plan: that makes a new, empty broker. From
 * one way to the other it takes two steps, without a broker in between, as Heroku does not give up a config var to a new owner
 * while an add-on still sets it.
 */
export class MessageBroker extends pulumi.ComponentResource {
  /** Name of the broker where it is billed: unique on all of Heroku for an add-on. */
  readonly brokerName: pulumi.Output<string>;
  /** The config var that holds the address. */
  readonly variable = "CLOUDAMQP_URL";

  constructor(name: string, args: MessageBrokerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:MessageBroker", name, {}, opts);
    const { spec } = args;
    this.brokerName =
      spec.via === "heroku" ? createAddon(name, spec, args, this) : createInstance(name, spec, args, this);
    this.registerOutputs({ brokerName: this.brokerName, variable: this.variable });
  }
}

function createAddon(name: string, spec: AddonSpec, args: MessageBrokerArgs, parent: MessageBroker) {
  const addon = new Addon(
    name,
    {
      appId: args.appId,
      name: pulumi.interpolate`${args.appName}-broker`,
      plan: `cloudamqp:${spec.plan}`,
    },
    { parent, ...kept(args.protected) },
  );
  return addon.name;
}

function createInstance(name: string, spec: InstanceSpec, args: MessageBrokerArgs, parent: MessageBroker) {
  const instance = new Instance(
    name,
    { name: spec.name, plan: spec.plan, region: spec.region },
    { parent, ...kept(args.protected) },
  );
  new ConfigAssociation(
    `${name}-url`,
    { appId: args.appId, sensitiveVars: { [parent.variable]: instance.url } },
    { parent },
  );
  return instance.name;
}
