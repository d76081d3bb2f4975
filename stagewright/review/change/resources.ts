import { isTree } from "../../environment/merge";
import type { EngineEvent } from "../../rehearsal/events";
import type { References } from "../../rehearsal/references";
import type { ResourceState } from "../../resources/graph";
import { resourceType } from "../../resources/types";

type Told = NonNullable<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["new"]>;

const STAYS = new Set(["create", "update", "replace", "same", "import"]);

/**
 * The resources that a stack would have after what a preview says, with their inputs; what only a
 * vendor computes is missing.
 *
 * @param references what refers to what, which the events do not say
 */
export function resourcesAfter(events: readonly EngineEvent[], references: References): ResourceState[] {
  return events.flatMap(({ resourcePreEvent }): ResourceState[] => {
    const { op, new: planned, old } = resourcePreEvent?.metadata ?? {};
    if (op === undefined || !STAYS.has(op) || !planned) return [];
    // What stays keeps its id, though the engine leaves it out of what is planned.
    const id = planned.id || (op === "replace" ? undefined : old?.id);
    return [{ ...stateOf(planned), id, propertyDependencies: references.get(planned.urn) }];
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
