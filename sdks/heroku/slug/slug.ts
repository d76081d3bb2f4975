import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";
import type * as inputs from "../types/input";
import type * as outputs from "../types/output";

/** An archive of a built app, ready for a release. It cannot be changed in place. */
export class Slug extends HerokuResource implements Outputs<SlugState> {
  /** @internal */
  static readonly __pulumiType = "heroku:slug/slug:Slug";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: SlugState,
    opts?: pulumi.CustomResourceOptions,
  ): Slug {
    return new Slug(name, state as SlugArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Slug {
    return isOfType(obj, Slug.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  /** The upload location of the archive, one entry. */
  declare readonly blobs: pulumi.Output<outputs.slug.SlugBlob[]>;
  declare readonly buildpackProvidedDescription: pulumi.Output<string | undefined>;
  declare readonly checksum: pulumi.Output<string>;
  declare readonly commit: pulumi.Output<string | undefined>;
  declare readonly commitDescription: pulumi.Output<string | undefined>;
  declare readonly filePath: pulumi.Output<string | undefined>;
  declare readonly fileUrl: pulumi.Output<string | undefined>;
  declare readonly processTypes: pulumi.Output<Record<string, string>>;
  /** Size of the archive in bytes. */
  declare readonly size: pulumi.Output<number>;
  declare readonly stack: pulumi.Output<string>;
  /** UUID of the stack. */
  declare readonly stackId: pulumi.Output<string>;

  constructor(name: string, args: SlugArgs, opts?: pulumi.CustomResourceOptions) {
    super(Slug.__pulumiType, properties, name, args, opts);
  }
}

export interface SlugArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** Language or framework shown in the dashboard. Default: none. Replace on change. */
  buildpackProvidedDescription?: pulumi.Input<string>;
  /** `SHA256:` and the hash of the archive in hexadecimal. Default: computed. Replace on change. */
  checksum?: pulumi.Input<string>;
  /** Hash of the built commit. Default: none. Replace on change. */
  commit?: pulumi.Input<string>;
  /** Subject of that commit. Default: none. Replace on change. */
  commitDescription?: pulumi.Input<string>;
  /** Local path of the `.tgz` archive; one of `filePath` and `fileUrl`. Replace on change. */
  filePath?: pulumi.Input<string>;
  /** `https://` URL of the `.tgz` archive; one of `filePath` and `fileUrl`. Replace on change. */
  fileUrl?: pulumi.Input<string>;
  /** Command of each process type, `{ web: "node server.js" }`. Replace on change. */
  processTypes: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Name or UUID of the stack. Default: that of the app. Replace on change. */
  stack?: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export interface SlugState extends Partial<SlugArgs> {
  blobs?: pulumi.Input<pulumi.Input<inputs.slug.SlugBlob>[]>;
  size?: pulumi.Input<number>;
  stackId?: pulumi.Input<string>;
}

const properties: Properties<SlugArgs, SlugState> = {
  appId: "required",
  blobs: "computed",
  buildpackProvidedDescription: "optional",
  checksum: "optional",
  commit: "optional",
  commitDescription: "optional",
  filePath: "optional",
  fileUrl: "optional",
  processTypes: "required",
  size: "computed",
  stack: "optional",
  stackId: "computed",
};
