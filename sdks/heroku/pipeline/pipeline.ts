import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";
import type * as inputs from "../types/input";
import type * as outputs from "../types/output";

/** A pipeline: apps of one code base, from review to production. Its `id` is its UUID. */
export class Pipeline extends HerokuResource implements Outputs<PipelineState> {
  /** @internal */
  static readonly __pulumiType = "heroku:pipeline/pipeline:Pipeline";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: PipelineState,
    opts?: pulumi.CustomResourceOptions,
  ): Pipeline {
    return new Pipeline(name, state as PipelineArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Pipeline {
    return isOfType(obj, Pipeline.__pulumiType);
  }

  declare readonly name: pulumi.Output<string>;
  declare readonly owner: pulumi.Output<outputs.pipeline.PipelineOwner>;

  constructor(name: string, args?: PipelineArgs, opts?: pulumi.CustomResourceOptions) {
    super(Pipeline.__pulumiType, properties, name, args, opts);
  }
}

export interface PipelineArgs {
  /**
   * Name: 3 to 30 of `a-z`, `0-9` and `-`, first a letter. Default: the logical name and a random
   * suffix. Changed in place.
   */
  name?: pulumi.Input<string>;
  /** The owner of the pipeline. Default: the account of the API token. */
  owner?: pulumi.Input<inputs.pipeline.PipelineOwner>;
}

/** The properties that can narrow the lookup of an existing resource. */
export type PipelineState = Partial<PipelineArgs>;

const properties: Properties<PipelineArgs, PipelineState> = {
  name: "optional",
  owner: "optional",
};
