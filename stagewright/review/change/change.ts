import type { Tree } from "../../environment/merge";
import type { ResourceType } from "../../resources/types";

/** The engine's operation on a resource. `read` is a lookup of a resource that is not managed. */
export type Operation = "create" | "update" | "replace" | "delete" | "import" | "same";

/** A resource on one side of a change. Secrets in it are masked. */
export interface Side {
  inputs: Tree;
  /** The engine refuses to delete or replace it. */
  protect: boolean;
  /** It stays at the vendor when the program drops it. */
  retain: boolean;
}

/** One value that changes inside a resource. */
export interface ValueChange {
  /** The readable path: `configVars.DEBUG`, `policy.Statement[0].Action`. */
  path: string;
  /** `undefined` if it is not set. */
  before: unknown;
  /** `undefined` if it is not set; see `computed`. */
  after: unknown;
  /** The values are secrets, and both are left out. */
  secret: boolean;
  /** The new value is known only after the vendor has created it. */
  computed: boolean;
  /** It cannot change in place, so the resource is replaced. */
  forces: boolean;
}

/** The planned change of one resource. */
export interface Change {
  urn: string;
  type: ResourceType;
  /** The logical name. */
  name: string;
  /** The logical name of the component that it belongs to. */
  component: string;
  operation: Operation;
  before?: Side;
  after?: Side;
  values: ValueChange[];
  /** The number of values that differ only in order, spacing or notation. */
  alike: number;
}

/** Whether a resource has a change that a person would call one. */
export function isReal({ operation, values, before, after }: Change): boolean {
  if (operation === "same") return before?.protect !== after?.protect || before?.retain !== after?.retain;
  return operation !== "update" || values.length > 0;
}
