import type { EngineEvent } from "../rehearsal/events";

type Metadata = NonNullable<EngineEvent["resOutputsEvent"]>["metadata"];

/**
 * The events of `pulumi refresh --preview-only` as those of a preview: before is what was last
 * deployed, after is what the vendors have. Only what the program states counts: a counter or an
 * address that a vendor moves by itself is nobody's doing, and no `up` would put it back.
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
  // What is gone is gone, also where a delete of ours would have left it at the vendor.
  if (op === "delete" && old)
    return { ...metadata, old: Object.assign({ ...old }, { retainOnDelete: false }) };
  if (op !== "update") return metadata;
  const inputs = Object.entries(detailedDiff ?? {}).filter(([, { inputDiff }]) => inputDiff);
  return { ...metadata, op: inputs.length > 0 ? op : "same", detailedDiff: Object.fromEntries(inputs) };
}
