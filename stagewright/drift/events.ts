import type { EngineEvent } from "../rehearsal/events";

type Metadata = NonNullable<EngineEvent["resOutputsEvent"]>["metadata"];

/**
 * Converts the events of `pulumi refresh --preview-only` to those of a preview: "before" is the
 * last deploy, "after" is the vendors' state. Only properties that the program sets count: nobody
 * changed a counter or an address that the vendor itself moves, and no `up` would restore it.
 */
export function asPreview(events: readonly EngineEvent[]): EngineEvent[] {
  return events.flatMap(({ resOutputsEvent, ...event }) =>
    resOutputsEvent
      ? [{ ...event, resourcePreEvent: { ...resOutputsEvent, metadata: stated(resOutputsEvent.metadata) } }]
      : [],
  );
}

function stated(metadata: Metadata): Metadata {
  const { op, old, detailedDiff } = metadata;
  // A missing resource is gone, even if our own delete would have left it at the vendor.
  if (op === "delete" && old)
    return { ...metadata, old: Object.assign({ ...old }, { retainOnDelete: false }) };
  if (op !== "update") return metadata;
  const inputs = Object.entries(detailedDiff ?? {}).filter(([, { inputDiff }]) => inputDiff);
  return { ...metadata, op: inputs.length > 0 ? op : "same", detailedDiff: Object.fromEntries(inputs) };
}
