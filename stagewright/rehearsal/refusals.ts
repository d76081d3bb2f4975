import { type Properties, UNKNOWN } from "../../providers/protocol/provider";
import { resourceType } from "../resources/types";
import type { Kind, Refusal } from "./vendor";
import { vendors } from "./vendors";

/**
 * What a vendor refuses of a change in place, by the values alone.
 *
 * @param before what it has: inputs, and outputs where they are known
 * @param after the inputs that it would be asked for; what is not known yet counts as unchanged
 */
export function refusalIn(kind: Kind, before: Properties, after: Properties): Refusal | undefined {
  const isKnown = (value: unknown) => !JSON.stringify(value ?? null).includes(UNKNOWN);
  const known = Object.entries(after).map(([key, value]) => [key, isKnown(value) ? value : before[key]]);
  return kind.refuses?.(before, Object.fromEntries(known));
}

/**
 * The same for a type by its token; `undefined` also where the rehearsal does not play the type.
 */
export function refusalOf(type: string, before: Properties, after: Properties): Refusal | undefined {
  const kind = kindOf(type);
  return kind && refusalIn(kind, before, after);
}

/**
 * What somebody may change by hand of things of these types without a refresh showing it, each
 * once.
 */
export function unseenOf(types: readonly string[]): string[] {
  return [...new Set(types.map((type) => kindOf(type)?.unseen))].filter((unseen) => unseen !== undefined);
}

function kindOf(type: string): Kind | undefined {
  return vendors.find(({ kinds }) => type in kinds)?.kinds[resourceType(type)];
}
