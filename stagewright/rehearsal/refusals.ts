import { type Properties, UNKNOWN } from "../../providers/protocol/provider";
import { resourceType } from "../resources/types";
import type { Kind, Refusal } from "./vendor";
import { vendors } from "./vendors";

/**
 * Returns the changes in place that a vendor refuses, judged by the values alone.
 *
 * @param before the vendor's values: inputs, and outputs if they are known
 * @param after the requested inputs; unknown values count as unchanged
 */
export function refusalIn(kind: Kind, before: Properties, after: Properties): Refusal | undefined {
  const isKnown = (value: unknown) => !JSON.stringify(value ?? null).includes(UNKNOWN);
  const known = Object.entries(after).map(([key, value]) => [key, isKnown(value) ? value : before[key]]);
  return kind.refuses?.(before, Object.fromEntries(known));
}

/** The same for a type by its token; `undefined` also if the rehearsal does not play the type. */
export function refusalOf(type: string, before: Properties, after: Properties): Refusal | undefined {
  const kind = kindOf(type);
  return kind && refusalIn(kind, before, after);
}

/** Returns the manual changes to these types that no refresh can show, each once. */
export function unseenOf(types: readonly string[]): string[] {
  return [...new Set(types.map((type) => kindOf(type)?.unseen))].filter((unseen) => unseen !== undefined);
}

function kindOf(type: string): Kind | undefined {
  return vendors.find(({ kinds }) => type in kinds)?.kinds[resourceType(type)];
}
