import type { Tree } from "../environment/merge";

/**
 * Where an ephemeral environment's data is: the other environment's own, its own and empty, or its
 * own and a copy.
 */
export type DatabaseWish = "shared" | "empty" | "copy";

/**
 * Where something that holds passing data is: the environment's own, the other environment's, or
 * nowhere.
 */
export type PartWish = "own" | "shared" | "none";

/**
 * What somebody asks of an ephemeral environment; what is left out is as the other environment's
 * `ephemeral` says.
 */
export interface Request {
  name: string;
  /**
   * The branch it is of. Default: none; the GUI is built from the branch that the other environment
   * tracks.
   */
  branch?: string;
  /** Whether every push to that branch is deployed, by a workflow committed to it. */
  follow: boolean;
  database: DatabaseWish;
  broker: PartWish;
  bucket: PartWish;
  /** What differs from all that, as a tree of the environment. */
  set: Tree;
}
