import type { Mismatch } from "../../spec/checks";
import type { System } from "../rules";
import { branchChecks } from "./branches";
import { dataChecks } from "./data";
import { lockChecks } from "./locks";
import { promotionChecks } from "./promotion";
import { verificationChecks } from "./verification";

/** Something wrong between the environments of a system, said at the stack that can mend it. */
export interface SystemMismatch extends Mismatch {
  /** Name of the stack. */
  stack: string;
}

/** Checks the release rules of all stacks of a system against each other, before anything is created. Pure. */
export function systemChecks(system: System): SystemMismatch[] {
  return [
    ...promotionChecks(system),
    ...verificationChecks(system),
    ...lockChecks(system),
    ...branchChecks(system),
    ...dataChecks(system),
  ];
}
