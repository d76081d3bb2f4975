import type { EnvironmentSpec } from "../environment/schema/environment";
import type { EngineEvent } from "../rehearsal/events";

/** Whether the events of a real engine show a stack that the state knows nothing of. */
export function isEmptyState(events: readonly EngineEvent[]): boolean {
  return !events.some(({ resourcePreEvent, resOutputsEvent }) => {
    const { old } = (resourcePreEvent ?? resOutputsEvent)?.metadata ?? {};
    return old && !old.type.startsWith("pulumi:");
  });
}

/**
 * Explains an empty state. It asks no vendor, because only the lost state knew which of the
 * vendor's resources were this stack's.
 */
export function emptyStateText(stack: string, spec: EnvironmentSpec | undefined): string {
  const once = spec?.data.protected ? ", and its data is protected" : "";
  return `The state knows nothing of ${stack}${once}: it was never deployed, or the state is lost. If it was deployed, an \`up\` makes everything a second time or fails half-way: restore the state, or import what exists, first.`;
}
