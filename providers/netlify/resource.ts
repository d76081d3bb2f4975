import type { Properties, ResourceState } from "../protocol/provider";
import type { NetlifyApi } from "./api";
import type { Inputs } from "./inputs";

/** What a read gives back: the state, and the inputs that would make it. */
export type ReadResult = ResourceState & { inputs: Properties };

/** One resource type. The inputs that reach it are checked; outside previews they are known. */
export interface Resource {
  /** The type token. */
  type: string;
  inputs: Inputs;
  /**
   * What the single properties cannot say: how they go together. Called with unknowns in a preview.
   */
  check?(inputs: Properties): { property: string; reason: string }[];
  /** Whether a difference of the inputs at a path means nothing to the vendor. Default: no. */
  changesNothing?(path: string, olds: Properties, news: Properties): boolean;
  /** Two of the same cannot exist at once: a replacement is deleted first. */
  deleteBeforeReplace: boolean;
  /**
   * The outputs as far as they are known before the vendor is asked; `olds` is the state before an
   * update.
   */
  preview(news: Properties, olds?: Properties): Properties;
  create(api: NetlifyApi, inputs: Properties): Promise<ResourceState>;
  read(api: NetlifyApi, id: string, inputs: Properties, state: Properties): Promise<ReadResult | undefined>;
  /** Absent where there is nothing to update. */
  update?(api: NetlifyApi, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(api: NetlifyApi, id: string): Promise<void>;
}
