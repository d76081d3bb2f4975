import type { System } from "../rules";
import { branchChecks } from "./branches";
import { dataChecks } from "./data";
import { lockChecks } from "./locks";
import type { SystemMismatch } from "./mismatch";
import { promotionChecks } from "./promotion";
import { verificationChecks } from "./verification";

/**
 * Checks the release rules of all stacks of a system against each other, before anything is
 * created. Pure.
 */
export function systemChecks(system: System): SystemMismatch[] {
  return [
    ...promotionChecks(system),
    ...verificationChecks(system),
    ...lockChecks(system),
    ...branchChecks(system),
    ...dataChecks(system),
  ];
}
