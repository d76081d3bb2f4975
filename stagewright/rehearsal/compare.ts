import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../../providers/protocol/provider";
import type { Kind } from "./vendor";

/**
 * Returns the two sides that the provider of a type compares; differences that it ignores are equal
 * on both.
 *
 * @param state the recorded outputs, for values that the program did not set before either
 */
export function sidesOf(
  kind: Kind,
  olds: Properties,
  news: Properties,
  state: Properties,
): { before: Properties; after: Properties } {
  const { defaults = {}, sets = [], caseless = [] } = kind.schema ?? {};
  const before = carried(kind, state, { ...defaults, ...olds });
  let after = carried(kind, before, { ...defaults, ...news });
  for (const path of sets) after = aligned(before, after, path.split("."), isSameSet);
  for (const path of caseless) after = aligned(before, after, path.split("."), isSameText);
  return { before, after };
}

/**
 * Returns the vendor's properties of a resource after a change: the inputs, and the vendor's
 * unchanged values for the inputs that are not set.
 */
export function changed(kind: Kind, before: Properties, inputs: Properties): Properties {
  const { follows = [] } = kind.schema ?? {};
  const left = Object.entries(before).filter(([key]) => !follows.includes(key));
  return carried(kind, Object.fromEntries(left), inputs);
}

/** Adds to the inputs the values that stay when they are no longer set. */
export function carried(kind: Kind, before: Properties, inputs: Properties): Properties {
  const { keeps = [] } = kind.schema ?? {};
  const drawn = drawnInput(kind);
  let result = inputs;
  for (const path of drawn === undefined ? keeps : [...keeps, drawn])
    result = kept(before, result, path.split("."));
  return result;
}

/**
 * The order of a replacement by the bridge's rule: two resources cannot have the same explicit
 * name.
 */
export function deletesFirst(kind: Kind, news: Properties): boolean {
  const { replacement } = kind.schema ?? {};
  if (replacement !== undefined) return replacement === "deletes first";
  const drawn = drawnInput(kind);
  return drawn !== undefined && news[drawn] !== undefined;
}

function drawnInput({ facts, schema }: Kind): string | undefined {
  const { drawn = "name" } = schema ?? {};
  return drawn !== false && facts.optional.includes(drawn) ? drawn : undefined;
}

function kept(before: Properties, after: Properties, [head = "", ...rest]: string[]): Properties {
  const [old, now] = [before[head], after[head]];
  if (old === undefined) return after;
  if (rest.length === 0) return now === undefined ? { ...after, [head]: old } : after;
  return isMap(old) && isMap(now) ? { ...after, [head]: kept(old, now, rest) } : after;
}

type Same = (before: unknown, after: unknown) => boolean;

// Replaces a new value with an equivalent old one, so that no difference remains.
function aligned(
  before: Properties,
  after: Properties,
  [head = "", ...rest]: string[],
  same: Same,
): Properties {
  const [old, now] = [before[head], after[head]];
  if (rest.length === 0) return same(old, now) ? { ...after, [head]: old } : after;
  if (isMap(old) && isMap(now)) return { ...after, [head]: aligned(old, now, rest, same) };
  if (!Array.isArray(old) || !Array.isArray(now)) return after;
  const items = now.map((item, index) => {
    const other: unknown = old[index];
    return isMap(item) && isMap(other) ? aligned(other, item, rest, same) : item;
  });
  return { ...after, [head]: items };
}

const isSameSet: Same = (before, after) =>
  Array.isArray(before) && Array.isArray(after) && isDeepStrictEqual(itemsOf(before), itemsOf(after));

const isSameText: Same = (before, after) =>
  typeof before === "string" && typeof after === "string" && before.toLowerCase() === after.toLowerCase();

function itemsOf(list: readonly unknown[]): string[] {
  return [...new Set(list.map((item) => JSON.stringify(item)))].sort();
}

function isMap(value: unknown): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
