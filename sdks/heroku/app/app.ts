import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";
import type * as inputs from "../types/input";
import type * as outputs from "../types/output";

/** An app on Heroku. Its `id` is its UUID. */
export class App extends HerokuResource implements Outputs<AppState> {
  /** @internal */
  static readonly __pulumiType = "heroku:app/app:App";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: AppState,
    opts?: pulumi.CustomResourceOptions,
  ): App {
    return new App(name, state as AppArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is App {
    return isOfType(obj, App.__pulumiType);
  }

  declare readonly acm: pulumi.Output<boolean>;
  /**
   * Every config var of the app, including those of add-ons; empty with
   * `setAppAllConfigVarsInState: false`.
   */
  declare readonly allConfigVars: pulumi.Output<Record<string, string>>;
  declare readonly buildpacks: pulumi.Output<string[]>;
  declare readonly configVars: pulumi.Output<Record<string, string>>;
  /** Git remote that deploys the app. */
  declare readonly gitUrl: pulumi.Output<string>;
  /** Host name under `herokuapp.com`, for DNS records. */
  declare readonly herokuHostname: pulumi.Output<string>;
  declare readonly internalRouting: pulumi.Output<boolean>;
  declare readonly name: pulumi.Output<string>;
  declare readonly organization: pulumi.Output<outputs.app.AppOrganization | undefined>;
  declare readonly region: pulumi.Output<string>;
  declare readonly sensitiveConfigVars: pulumi.Output<Record<string, string>>;
  declare readonly space: pulumi.Output<string | undefined>;
  declare readonly stack: pulumi.Output<string>;
  /** UUID of the app, the same as `id`. */
  declare readonly uuid: pulumi.Output<string>;
  /** URL of the app. */
  declare readonly webUrl: pulumi.Output<string>;

  constructor(name: string, args: AppArgs, opts?: pulumi.CustomResourceOptions) {
    super(App.__pulumiType, properties, name, args, opts);
  }
}

export interface AppArgs {
  /**
   * Whether Heroku issues and renews certificates for the custom domains (Automated Certificate
   * Management). Default: Heroku's setting, off for a new app.
   */
  acm?: pulumi.Input<boolean>;
  /** Names (`heroku/nodejs`) or URLs, in order. Default: those set elsewhere stay. */
  buildpacks?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Plain config vars; the app's other vars stay. To remove one, delete it from the map and keep
   * the map. Default: none.
   */
  configVars?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Whether the app is reachable only from within the private space; needs `space`. Default: false.
   * Replace on change.
   */
  internalRouting?: pulumi.Input<boolean>;
  /**
   * Name, unique in all of Heroku: 3 to 30 of `a-z`, `0-9` and `-`, first a letter. Default: the
   * logical name and a random suffix. Changed in place.
   */
  name?: pulumi.Input<string>;
  /** The Heroku Team that owns the app. Default: the account of the API token. */
  organization?: pulumi.Input<inputs.app.AppOrganization>;
  /** `us` or `eu`, or the region of `space`. Replace on change. */
  region: pulumi.Input<string>;
  /** Secret config vars; otherwise like `configVars`. A name must not be in both. Default: none. */
  sensitiveConfigVars?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Name of the private space that holds the app. Default: the Common Runtime. Replace on change.
   */
  space?: pulumi.Input<string>;
  /** Operating system image, for example `heroku-24`. Default: Heroku's current one. */
  stack?: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export interface AppState extends Partial<AppArgs> {
  allConfigVars?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  gitUrl?: pulumi.Input<string>;
  herokuHostname?: pulumi.Input<string>;
  uuid?: pulumi.Input<string>;
  webUrl?: pulumi.Input<string>;
}

const properties: Properties<AppArgs, AppState> = {
  acm: "optional",
  allConfigVars: "computed secret",
  buildpacks: "optional",
  configVars: "optional",
  gitUrl: "computed",
  herokuHostname: "computed",
  internalRouting: "optional",
  name: "optional",
  organization: "optional",
  region: "required",
  sensitiveConfigVars: "optional secret",
  space: "optional",
  stack: "optional",
  uuid: "computed",
  webUrl: "computed",
};
