import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/**
 * The number and size of the dynos of one process type. It needs a release of the app that has the
 * type; Heroku cannot delete it, so a destroy only forgets it.
 */
export class Formation extends HerokuResource implements Outputs<FormationState> {
  /** @internal */
  static readonly __pulumiType = "heroku:formation/formation:Formation";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: FormationState,
    opts?: pulumi.CustomResourceOptions,
  ): Formation {
    return new Formation(name, state as FormationArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Formation {
    return isOfType(obj, Formation.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly quantity: pulumi.Output<number>;
  declare readonly size: pulumi.Output<string>;
  declare readonly type: pulumi.Output<string>;

  constructor(name: string, args: FormationArgs, opts?: pulumi.CustomResourceOptions) {
    super(Formation.__pulumiType, properties, name, args, opts);
  }
}

export interface FormationArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** Number of dynos, 0 or more. */
  quantity: pulumi.Input<number>;
  /** Dyno size, for example `basic` or `standard-1x`; case-insensitive. */
  size: pulumi.Input<string>;
  /** Process type of the Procfile, for example `web`. */
  type: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export type FormationState = Partial<FormationArgs>;

const properties: Properties<FormationArgs, FormationState> = {
  appId: "required",
  quantity: "required",
  size: "required",
  type: "required",
};
