import { isTree } from "../../environment/merge";
import type { EngineEvent } from "../../rehearsal/events";
import type { ResourceState } from "../../resources/graph";
import { resourceType } from "../../resources/types";

type Told = NonNullable<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["new"]>;

const STAYS = new Set(["create", "update", "replace", "same", "import"]);

/** The resources that a stack would have after what a preview says, with their inputs; what only a vendor computes is missing. */
export function resourcesAfter(events: readonly EngineEvent[]): ResourceState[] {
  return events.flatMap(({ resourcePreEvent }): ResourceState[] => {
    const { op, new: planned } = resourcePreEvent?.metadata ?? {};
    return op !== undefined && STAYS.has(op) && planned ? [stateOf(planned)] : [];
  });
}

/** The resources that a stack has before what a preview says, in the same way. */
export function resourcesBefore(events: readonly EngineEvent[]): ResourceState[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const { old } = resourcePreEvent?.metadata ?? {};
    return old ? [stateOf(old)] : [];
  });
}

function stateOf({ urn, type, custom, inputs, ...options }: Told): ResourceState {
  return {
    ...options,
    urn,
    type: resourceType(type),
    custom: custom ?? false,
    inputs: isTree(inputs) ? inputs : {},
  };
}
