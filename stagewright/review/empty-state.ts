import type { EnvironmentSpec } from "../environment/schema/environment";
import type { EngineEvent } from "../rehearsal/events";

/** Whether the events of a real engine are those of a stack of which the state knows nothing. */
export function isEmptyState(events: readonly EngineEvent[]): boolean {
  return !events.some(({ resourcePreEvent, resOutputsEvent }) => {
    const { old } = (resourcePreEvent ?? resOutputsEvent)?.metadata ?? {};
    return old && !old.type.startsWith("pulumi:");
  });
}

/**
 * What that means. No vendor is asked: which of its things were this stack's, the lost state alone
 * knew.
 */
export function emptyStateText(stack: string, spec: EnvironmentSpec | undefined): string {
  const once = spec?.data.protected ? ", and its data is protected" : "";
  return `The state knows nothing of ${stack}${once}: it was never deployed, or the state is lost. If it was deployed, an \`up\` makes everything a second time or fails half-way: restore the state, or import what exists, first.`;
}
