import type { Properties, ResourceState } from "../protocol/provider";
import type { NetlifyApi } from "./api";
import type { Inputs } from "./inputs";

/** The result of a read: the state, and the inputs that would produce it. */
export type ReadResult = ResourceState & { inputs: Properties };

/** One resource type. It receives validated inputs, which are all known outside previews. */
export interface Resource {
  /** The type token. */
  type: string;
  inputs: Inputs;
  /** Checks that involve several properties. The inputs may contain unknowns in a preview. */
  check?(inputs: Properties): { property: string; reason: string }[];
  /** Whether the vendor ignores a difference of the inputs at a path. Default: no. */
  changesNothing?(path: string, olds: Properties, news: Properties): boolean;
  /** Two of the same cannot coexist: a replacement deletes the old one first. */
  deleteBeforeReplace: boolean;
  /**
   * Returns the outputs known before the vendor is called; `olds` is the state before an update.
   */
  preview(news: Properties, olds?: Properties): Properties;
  create(api: NetlifyApi, inputs: Properties): Promise<ResourceState>;
  read(api: NetlifyApi, id: string, inputs: Properties, state: Properties): Promise<ReadResult | undefined>;
  /** Absent if the type has no updates. */
  update?(api: NetlifyApi, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(api: NetlifyApi, id: string): Promise<void>;
}
