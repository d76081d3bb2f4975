import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** A feature flag of an app. */
export class Feature extends HerokuResource implements Outputs<FeatureState> {
  /** @internal */
  static readonly __pulumiType = "heroku:app/feature:Feature";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: FeatureState,
    opts?: pulumi.CustomResourceOptions,
  ): Feature {
    return new Feature(name, state as FeatureArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Feature {
    return isOfType(obj, Feature.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, args: FeatureArgs, opts?: pulumi.CustomResourceOptions) {
    super(Feature.__pulumiType, properties, name, args, opts);
  }
}

export interface FeatureArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** Whether the feature is on. Default: true. */
  enabled?: pulumi.Input<boolean>;
  /**
   * Name of the feature, for example `log-runtime-metrics`; always set it, since the default is
   * derived from the logical name. Replace on change.
   */
  name?: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export type FeatureState = Partial<FeatureArgs>;

const properties: Properties<FeatureArgs, FeatureState> = {
  appId: "required",
  enabled: "optional",
  name: "optional",
};
