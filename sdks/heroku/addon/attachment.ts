import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** Gives an app the config vars of an add-on that belongs to another app. */
export class Attachment extends HerokuResource implements Outputs<AttachmentState> {
  /** @internal */
  static readonly __pulumiType = "heroku:addon/attachment:Attachment";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: AttachmentState,
    opts?: pulumi.CustomResourceOptions,
  ): Attachment {
    return new Attachment(name, state as AttachmentArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Attachment {
    return isOfType(obj, Attachment.__pulumiType);
  }

  declare readonly addonId: pulumi.Output<string>;
  declare readonly appId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: AttachmentArgs, opts?: pulumi.CustomResourceOptions) {
    super(Attachment.__pulumiType, properties, name, args, opts);
  }
}

export interface AttachmentArgs {
  /** UUID of the add-on. Replace on change. */
  addonId: pulumi.Input<string>;
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /**
   * Prefix of the config vars, `DATABASE` for `DATABASE_URL`. Default: the logical name and a
   * random suffix. Replace on change.
   */
  name?: pulumi.Input<string>;
  /**
   * The attached part of the add-on, for example `credential:NAME` of Heroku Postgres. Default: the
   * whole. Replace on change.
   */
  namespace?: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export type AttachmentState = Partial<AttachmentArgs>;

const properties: Properties<AttachmentArgs, AttachmentState> = {
  addonId: "required",
  appId: "required",
  name: "optional",
  namespace: "optional",
};
