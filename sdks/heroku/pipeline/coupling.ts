import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** The place of an app in a pipeline. It cannot be changed in place. */
export class Coupling extends HerokuResource implements Outputs<CouplingState> {
  /** @internal */
  static readonly __pulumiType = "heroku:pipeline/coupling:Coupling";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: CouplingState,
    opts?: pulumi.CustomResourceOptions,
  ): Coupling {
    return new Coupling(name, state as CouplingArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Coupling {
    return isOfType(obj, Coupling.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly pipeline: pulumi.Output<string>;
  declare readonly stage: pulumi.Output<string>;

  constructor(name: string, args: CouplingArgs, opts?: pulumi.CustomResourceOptions) {
    super(Coupling.__pulumiType, properties, name, args, opts);
  }
}

export interface CouplingArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** UUID of the pipeline. Replace on change. */
  pipeline: pulumi.Input<string>;
  /** `review`, `development`, `staging` or `production`. Replace on change. */
  stage: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export type CouplingState = Partial<CouplingArgs>;

const properties: Properties<CouplingArgs, CouplingState> = {
  appId: "required",
  pipeline: "required",
  stage: "required",
};
