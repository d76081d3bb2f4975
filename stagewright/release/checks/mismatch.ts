import type { Mismatch } from "../../environment/mismatch";

/** Something wrong between the environments of a system, said at the stack that can mend it. */
export interface SystemMismatch extends Mismatch {
  /** Name of the stack. */
  stack: string;
}
