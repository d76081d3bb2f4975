import type { Tree } from "../../environment/merge";
import type { ResourceType } from "../../resources/types";

/**
 * What the engine would do with a resource. `read` stands for what is looked up and not managed.
 */
export type Operation = "create" | "update" | "replace" | "delete" | "import" | "same";

/** A resource on one side of a change. Secrets in it are masked. */
export interface Side {
  inputs: Tree;
  /** The engine refuses to delete or replace it. */
  protect: boolean;
  /** It stays at the vendor when it is deleted here. */
  retain: boolean;
}

/** One value that changes inside a resource. */
export interface ValueChange {
  /** As it is read: `configVars.DEBUG`, `policy.Statement[0].Action`. */
  path: string;
  /** `undefined` where there is none. */
  before: unknown;
  /** `undefined` where there is none; see `computed`. */
  after: unknown;
  /** The values are secrets: neither is here. */
  secret: boolean;
  /** What comes after is known only once the vendor has made it. */
  computed: boolean;
  /** It cannot change in place: the resource is replaced. */
  forces: boolean;
}

/** What would happen to one resource. */
export interface Change {
  urn: string;
  type: ResourceType;
  /** The logical name. */
  name: string;
  /** The logical name of the component that it is a part of. */
  component: string;
  operation: Operation;
  before?: Side;
  after?: Side;
  values: ValueChange[];
  /**
   * How many of its values differ in nothing but order, spacing or the way in which they are
   * written.
   */
  alike: number;
}

/** Whether something happens to a resource that a person would call a change. */
export function isReal({ operation, values, before, after }: Change): boolean {
  if (operation === "same") return before?.protect !== after?.protect || before?.retain !== after?.retain;
  return operation !== "update" || values.length > 0;
}
