import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** A release of an app from a slug, which creates the slug's process types. */
export class Release extends HerokuResource implements Outputs<ReleaseState> {
  /** @internal */
  static readonly __pulumiType = "heroku:app/release:Release";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ReleaseState,
    opts?: pulumi.CustomResourceOptions,
  ): Release {
    return new Release(name, state as ReleaseArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Release {
    return isOfType(obj, Release.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string>;
  declare readonly slugId: pulumi.Output<string>;

  constructor(name: string, args: ReleaseArgs, opts?: pulumi.CustomResourceOptions) {
    super(Release.__pulumiType, properties, name, args, opts);
  }
}

export interface ReleaseArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** Description of the release. Default: written by Heroku. */
  description?: pulumi.Input<string>;
  /** UUID of the slug to run. Replace on change, which creates a new release. */
  slugId: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export type ReleaseState = Partial<ReleaseArgs>;

const properties: Properties<ReleaseArgs, ReleaseState> = {
  appId: "required",
  description: "optional",
  slugId: "required",
};
