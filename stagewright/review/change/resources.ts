import { isTree } from "../../environment/merge";
import type { EngineEvent } from "../../rehearsal/events";
import type { References } from "../../rehearsal/references";
import type { ResourceState } from "../../resources/graph";
import { resourceType } from "../../resources/types";

type Told = NonNullable<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["new"]>;

const STAYS = new Set(["create", "update", "replace", "same", "import"]);

/**
 * Returns the resources of a stack after the changes of a preview, with their inputs; values that
 * only a vendor computes are missing.
 *
 * @param references the dependencies between resources, which the events lack
 */
export function resourcesAfter(events: readonly EngineEvent[], references: References): ResourceState[] {
  return events.flatMap(({ resourcePreEvent }): ResourceState[] => {
    const { op, new: planned, old } = resourcePreEvent?.metadata ?? {};
    if (op === undefined || !STAYS.has(op) || !planned) return [];
    // An unchanged resource keeps its id, although the engine leaves it out of the plan.
    const id = planned.id || (op === "replace" ? undefined : old?.id);
    return [{ ...stateOf(planned), id, propertyDependencies: references.get(planned.urn) }];
  });
}

/** Returns the resources of a stack before the changes of a preview, in the same form. */
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
