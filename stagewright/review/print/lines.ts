import { isTree, type Tree } from "../../environment/merge";
import { isSecret } from "../../resources/secrets";
import { valueText, visible } from "../../text/visible";
import type { Change, ValueChange } from "../change/change";

/** One line of a change: the property, its old and its new value. All parts are visible text. */
export interface Line {
  what: string;
  /** `undefined` if it had no value. */
  before?: string;
  /** `undefined` if it will have none. */
  after?: string;
}

const MOST = 40;

/**
 * The changes inside a resource, one line per value; entries of a map that are renamed share a
 * line.
 */
export function linesOf(change: Change): Line[] {
  const lines = [...protection(change), ...values(change)];
  return lines.length <= MOST
    ? lines
    : [...lines.slice(0, MOST), { what: `and ${lines.length - MOST} more values` }];
}

/** The name by which a person knows a resource: `heroku Addon database`. */
export function labelOf({ type, name, before, after }: Change): {
  type: string;
  name: string;
  called?: string;
} {
  const [vendor = "", , kind = ""] = type.split(":");
  const inputs = (after ?? before)?.inputs ?? {};
  const known = NAMES.map((key) => inputs[key]).find((value) => typeof value === "string" && value !== name);
  return {
    type: visible(`${vendor} ${kind}`),
    name: visible(name),
    called: known === undefined ? undefined : valueText(known, 60),
  };
}

// The most telling come first.
const NAMES = ["hostname", "file", "secretName", "variableName", "bucket", "environment", "plan", "name"];

function protection({ before, after, operation }: Change): Line[] {
  if (!before || !after || operation === "replace") return [];
  return [
    ...(before.protect === after.protect
      ? []
      : [line("protected against deletion", before.protect, after.protect)]),
    ...(before.retain === after.retain
      ? []
      : [line("kept at the vendor when it is deleted here", before.retain, after.retain)]),
  ];
}

function line(what: string, before: boolean, after: boolean): Line {
  return { what, before: before ? "yes" : "no", after: after ? "yes" : "no" };
}

function values({ values: all }: Change): Line[] {
  const renames = renamesIn(all);
  const renamed = new Set(renames.flatMap(({ from, to }) => [from, to]));
  const rest = all.filter((value) => !renamed.has(value));
  return [
    ...renames.map(({ from, to }) => ({
      what: `${visible(above(from.path))} renamed`,
      before: visible(last(from.path)),
      after: visible(last(to.path)),
    })),
    ...rest.flatMap(lineOf),
  ];
}

function lineOf({ path, before, after, secret, computed, forces }: ValueChange): Line[] {
  const what = `${visible(path)}${forces ? " (forces a replacement)" : ""}`;
  if (secret)
    return [
      {
        what,
        before: before === undefined ? undefined : "(secret)",
        after: after === undefined ? undefined : "(secret)",
      },
    ];
  if (
    typeof before === "string" &&
    typeof after === "string" &&
    before.includes("\n") &&
    after.includes("\n")
  )
    return [{ what: `${what}: ${textDifference(before, after)}` }];
  return [
    {
      what,
      before: before === undefined ? undefined : shown(before),
      after: computed ? "(known once it is made)" : after === undefined ? undefined : shown(after),
    },
  ];
}

function shown(value: unknown): string {
  return valueText(masked(value));
}

function masked(value: unknown): unknown {
  if (isSecret(value)) return "(secret)";
  if (Array.isArray(value)) return value.map(masked);
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value as Tree).map(([key, inner]) => [key, masked(inner)]));
}

// Summarizes a change of a long text, such as a workflow file: its extent and the first lines.
function textDifference(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const only = (these: string[], others: Set<string>) =>
    these.filter((text) => text.trim() !== "" && !others.has(text));
  const [gone, added] = [only(old, new Set(now)), only(now, new Set(old))];
  const first = [
    ...gone.slice(0, 1).map((text) => `- ${text.trim()}`),
    ...added.slice(0, 1).map((text) => `+ ${text.trim()}`),
  ];
  return `${gone.length} lines out, ${added.length} in (${first.map((text) => valueText(text, 70)).join("; ")})`;
}

// A removed and an added entry with the same value in the same map count as a rename.
function renamesIn(all: readonly ValueChange[]): { from: ValueChange; to: ValueChange }[] {
  const plain = all.filter(({ secret, computed, path }) => !secret && !computed && path.includes("."));
  const [gone, added] = [
    plain.filter(({ after }) => after === undefined),
    plain.filter(({ before }) => before === undefined),
  ];
  return gone.flatMap((from) => {
    const same = added.filter((to) => above(to.path) === above(from.path) && to.after === from.before);
    const rivals = gone.filter(
      (other) => above(other.path) === above(from.path) && other.before === from.before,
    );
    const [to] = same;
    return to && same.length === 1 && rivals.length === 1 ? [{ from, to }] : [];
  });
}

const above = (path: string) => path.slice(0, path.lastIndexOf("."));
const last = (path: string) => path.slice(path.lastIndexOf(".") + 1);
