import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** A person with access to an app of a Heroku Team. */
export class Collaborator extends HerokuResource implements Outputs<CollaboratorState> {
  /** @internal */
  static readonly __pulumiType = "heroku:team/collaborator:Collaborator";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: CollaboratorState,
    opts?: pulumi.CustomResourceOptions,
  ): Collaborator {
    return new Collaborator(name, state as CollaboratorArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Collaborator {
    return isOfType(obj, Collaborator.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly email: pulumi.Output<string>;
  declare readonly permissions: pulumi.Output<string[]>;

  constructor(name: string, args: CollaboratorArgs, opts?: pulumi.CustomResourceOptions) {
    super(Collaborator.__pulumiType, properties, name, args, opts);
  }
}

export interface CollaboratorArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** Email address of the Heroku account. Replace on change. */
  email: pulumi.Input<string>;
  /** Any of `view`, `deploy`, `operate` and `manage`, in any order. */
  permissions: pulumi.Input<pulumi.Input<string>[]>;
}

/** The properties that can narrow the lookup of an existing resource. */
export type CollaboratorState = Partial<CollaboratorArgs>;

const properties: Properties<CollaboratorArgs, CollaboratorState> = {
  appId: "required",
  email: "required",
  permissions: "required",
};
