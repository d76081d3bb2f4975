import type { EngineEvent } from "../../rehearsal/events";
import { isTree } from "../../spec/merge";
import type { ResourceState } from "../graph";

const STAYS = new Set(["create", "update", "replace", "same", "import"]);

/** The resources that a stack would have after what a preview says, with their inputs; what only a vendor computes is missing. */
export function resourcesAfter(events: readonly EngineEvent[]): ResourceState[] {
  return events.flatMap(({ resourcePreEvent }): ResourceState[] => {
    const { op, new: planned } = resourcePreEvent?.metadata ?? {};
    if (op === undefined || !STAYS.has(op) || !planned) return [];
    const { urn, type, custom, inputs, ...options } = planned;
    return [{ ...options, urn, type, custom: custom ?? false, inputs: isTree(inputs) ? inputs : {} }];
  });
}
