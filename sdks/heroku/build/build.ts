import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";
import type * as inputs from "../types/input";
import type * as outputs from "../types/output";

/** A build of source code by Heroku, and its release. It cannot be changed in place. */
export class Build extends HerokuResource implements Outputs<BuildState> {
  /** @internal */
  static readonly __pulumiType = "heroku:build/build:Build";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: BuildState,
    opts?: pulumi.CustomResourceOptions,
  ): Build {
    return new Build(name, state as BuildArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Build {
    return isOfType(obj, Build.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly buildpacks: pulumi.Output<string[]>;
  /** `SHA256:` and the hash of the local source. */
  declare readonly localChecksum: pulumi.Output<string>;
  /** URL of the build's log. */
  declare readonly outputStreamUrl: pulumi.Output<string>;
  /** UUID of the release that the build created. */
  declare readonly releaseId: pulumi.Output<string>;
  /** UUID of the slug that the build created. */
  declare readonly slugId: pulumi.Output<string>;
  declare readonly source: pulumi.Output<outputs.build.BuildSource>;
  /** Stack of the build. */
  declare readonly stack: pulumi.Output<string>;
  /** `pending`, `successful` or `failed`. */
  declare readonly status: pulumi.Output<string>;
  /** The person who started the build, one entry. */
  declare readonly users: pulumi.Output<outputs.build.BuildUser[]>;
  /** UUID of the build. */
  declare readonly uuid: pulumi.Output<string>;

  constructor(name: string, args: BuildArgs, opts?: pulumi.CustomResourceOptions) {
    super(Build.__pulumiType, properties, name, args, opts);
  }
}

export interface BuildArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** Names or URLs, in order. Default: those of the app. Replace on change. */
  buildpacks?: pulumi.Input<pulumi.Input<string>[]>;
  /** The source. Replace on change. */
  source: pulumi.Input<inputs.build.BuildSource>;
}

/** The properties that can narrow the lookup of an existing resource. */
export interface BuildState extends Partial<BuildArgs> {
  localChecksum?: pulumi.Input<string>;
  outputStreamUrl?: pulumi.Input<string>;
  releaseId?: pulumi.Input<string>;
  slugId?: pulumi.Input<string>;
  stack?: pulumi.Input<string>;
  status?: pulumi.Input<string>;
  users?: pulumi.Input<pulumi.Input<inputs.build.BuildUser>[]>;
  uuid?: pulumi.Input<string>;
}

const properties: Properties<BuildArgs, BuildState> = {
  appId: "required",
  buildpacks: "optional",
  localChecksum: "computed",
  outputStreamUrl: "computed",
  releaseId: "computed",
  slugId: "computed",
  source: "required",
  stack: "computed",
  status: "computed",
  users: "computed",
  uuid: "computed",
};
