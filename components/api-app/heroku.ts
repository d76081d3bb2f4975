import * as pulumi from "@pulumi/pulumi";
import { App } from "@pulumiverse/heroku/app/app";
import { Release } from "@pulumiverse/heroku/app/release";
import { Domain } from "@pulumiverse/heroku/domain/domain";
import { Drain } from "@pulumiverse/heroku/drain/drain";
import { Formation } from "@pulumiverse/heroku/formation/formation";
import { Slug } from "@pulumiverse/heroku/slug/slug";
import type { HerokuApiSpec } from "../../stagewright/environment/schema/api";
import { firstCommands, slugPath } from "../first-release/first-release";
import { kept } from "../protection";
import type { ApiApp, HerokuHome } from "./api-app";

export interface HerokuAppArgs {
  spec: HerokuApiSpec;
  /** Config vars that anyone who may see the stack may read. */
  variables: Record<string, pulumi.Input<string>>;
  /** Config vars that are encrypted in the state and hidden in every output. */
  sensitiveVariables: Record<string, pulumi.Input<string>>;
  /** Where the app's logs go: `syslog+tls://…` or `https://…`. Kept secret. Default: nowhere. */
  logDrainUrl?: pulumi.Input<string>;
  /**
   * Whether the app, with the add-ons that it owns, its first release and its domain are kept from
   * deletion.
   */
  protected: boolean;
}

/**
 * The API on Heroku: the app, its config vars, a first release, its dynos, its domain and its log
 * drain.
 *
 * Heroku scales a process type only when a release has it, so a new app gets a release that holds
 * every declared process type and answers 503. It is made once. What is deployed later belongs to
 * the deploy workflow: no change of the spec ever puts the first release back. Two things follow
 * from how Heroku works:
 * - a process type that is added later needs a deploy with that type in its Procfile before `pulumi
 *   up` can scale it;
 * - a process type that is taken out of the spec is only forgotten: it runs until a deploy drops it
 *   from the Procfile.
 */
export class HerokuApp extends pulumi.ComponentResource implements ApiApp {
  /**
   * Where clients reach the API: the host of the spec, else the app's own under `herokuapp.com`.
   */
  readonly host: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  readonly dnsTarget: pulumi.Output<string> | undefined;
  readonly home: HerokuHome;
  /** The app's own address under `herokuapp.com`, which works before any DNS does. */
  readonly webUrl: pulumi.Output<string>;

  constructor(name: string, args: HerokuAppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:ApiApp", name, {}, opts);
    const app = createApp(name, args, this);
    const release = createFirstRelease(name, args, app, this);
    createFormations(name, args.spec, app, release, this);
    const domain = createDomain(name, args, app, this);
    createDrain(name, args.logDrainUrl, app, this);

    this.home = { via: "heroku", appId: app.id, appName: app.name };
    this.host = args.spec.host === undefined ? app.herokuHostname : pulumi.output(args.spec.host);
    this.url = pulumi.interpolate`https://${this.host}`;
    this.dnsTarget = domain?.cname;
    this.webUrl = app.webUrl;
    this.registerOutputs({
      appId: app.id,
      appName: app.name,
      host: this.host,
      url: this.url,
      dnsTarget: this.dnsTarget,
      webUrl: this.webUrl,
    });
  }
}

function createApp(name: string, args: HerokuAppArgs, parent: HerokuApp): App {
  const { spec } = args;
  return new App(
    name,
    {
      name: spec.app,
      organization: spec.team === undefined ? undefined : { name: spec.team },
      region: spec.region,
      stack: spec.stack,
      // The provider takes what is not stated for "as it is": what goes from the spec must be
      // stated as gone.
      buildpacks: spec.buildpacks ?? [],
      configVars: args.variables,
      sensitiveConfigVars: args.sensitiveVariables,
      acm: spec.host !== undefined,
    },
    { parent, ...kept(args.protected) },
  );
}

// A replaced app gets a first release anew, with the process types of that day: the engine ignores
// changes only as long as the slug and the release themselves stay, and theirs are replaced with
// the app. Until then nothing may touch them, as a new release would take the place of what is
// deployed. They are protected with the app for that reason: a destroy that is refused because of
// the data would still forget them, and the next `up` would release them again.
function createFirstRelease(name: string, args: HerokuAppArgs, app: App, parent: HerokuApp): Release {
  const { spec } = args;
  const slug = new Slug(
    `${name}-first`,
    {
      appId: app.id,
      filePath: slugPath(process.cwd()),
      processTypes: firstCommands(Object.keys(spec.processes)),
      stack: spec.stack,
    },
    {
      parent,
      ignoreChanges: ["filePath", "checksum", "processTypes", "stack"],
      ...kept(args.protected),
    },
  );
  return new Release(
    `${name}-first`,
    { appId: app.id, slugId: slug.id, description: "First release: nothing is deployed yet" },
    { parent, ignoreChanges: ["slugId", "description"], ...kept(args.protected) },
  );
}

function createFormations(
  name: string,
  spec: HerokuApiSpec,
  app: App,
  release: Release,
  parent: HerokuApp,
): void {
  for (const [type, { size, quantity }] of Object.entries(spec.processes)) {
    new Formation(`${name}-${type}`, { appId: app.id, type, size, quantity }, { parent, dependsOn: release });
  }
}

// Heroku draws the target of a domain anew each time: a domain that is lost takes the API off the
// net until DNS has followed.
function createDomain(name: string, args: HerokuAppArgs, app: App, parent: HerokuApp): Domain | undefined {
  const { host } = args.spec;
  if (host === undefined) return undefined;
  return new Domain(`${name}-host`, { appId: app.id, hostname: host }, { parent, ...kept(args.protected) });
}

function createDrain(name: string, url: pulumi.Input<string> | undefined, app: App, parent: HerokuApp): void {
  if (url === undefined) return;
  new Drain(`${name}-logs`, { appId: app.id, sensitiveUrl: url }, { parent });
}
