import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import { isTree, type Tree, valueAt } from "../../environment/merge";

/**
 * The rules of one deployable as they are written, before or after a change. They may be of another
 * version's schema.
 */
export type Half = Tree;

/** A value of the rules; `undefined` where there is none, or where it is taken away (`null`). */
export function at(half: Half, path: readonly string[]): unknown {
  return valueAt(half, path) ?? undefined;
}

/** The entries of a map, without those that are taken away. */
export function entries(value: unknown): Map<string, unknown> {
  return new Map(isTree(value) ? Object.entries(value).filter(([, inner]) => inner !== null) : []);
}

/** A value as it would be written on one line. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "nothing" : stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
}

/** One sentence for what happened to a value, none where nothing did. */
export function said(
  [before, after]: readonly [unknown, unknown],
  words: {
    gone(old: string): string;
    added(now: string): string;
    changed(now: string, old: string): string;
  },
): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (after === undefined) return [words.gone(text(before))];
  return [before === undefined ? words.added(text(after)) : words.changed(text(after), text(before))];
}
