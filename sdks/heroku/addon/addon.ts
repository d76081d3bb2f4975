import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** An add-on, for example a database, with the app that is billed for it. */
export class Addon extends HerokuResource implements Outputs<AddonState> {
  /** @internal */
  static readonly __pulumiType = "heroku:addon/addon:Addon";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: AddonState,
    opts?: pulumi.CustomResourceOptions,
  ): Addon {
    return new Addon(name, state as AddonArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Addon {
    return isOfType(obj, Addon.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly config: pulumi.Output<Record<string, string> | undefined>;
  /**
   * Config vars that the add-on sets, with their values; empty with `setAddonConfigVarsInState:
   * false`.
   */
  declare readonly configVarValues: pulumi.Output<Record<string, string>>;
  /** Names of the config vars that the add-on sets. */
  declare readonly configVars: pulumi.Output<string[]>;
  declare readonly name: pulumi.Output<string>;
  declare readonly plan: pulumi.Output<string>;
  /** UUID of the add-on in its vendor's own system. */
  declare readonly providerId: pulumi.Output<string>;

  constructor(name: string, args: AddonArgs, opts?: pulumi.CustomResourceOptions) {
    super(Addon.__pulumiType, properties, name, args, opts);
  }
}

export interface AddonArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** Options of the plan, by name. Default: none. Replace on change. */
  config?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Name, unique on all of Heroku: 2 to 256 letters, digits, `_` and `-`, first a letter. Default:
   * the logical name and a random suffix. Changed in place.
   */
  name?: pulumi.Input<string>;
  /**
   * Service and plan, `heroku-postgresql:essential-0`. Another plan of the same service is changed
   * in place.
   */
  plan: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export interface AddonState extends Partial<AddonArgs> {
  configVarValues?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  configVars?: pulumi.Input<pulumi.Input<string>[]>;
  providerId?: pulumi.Input<string>;
}

const properties: Properties<AddonArgs, AddonState> = {
  appId: "required",
  config: "optional",
  configVarValues: "computed secret",
  configVars: "computed",
  name: "optional",
  plan: "required",
  providerId: "computed",
};
