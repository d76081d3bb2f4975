import { counted, listed } from "../../text/words";
import type { Change } from "../change/change";
import type { CostChange, Relation, Review, StackReview } from "../summary/model";
import { KINDS, type RiskKind } from "../summary/risks/risk";

/** A headed list of findings, shown before the individual changes. */
export interface Part {
  title: string;
  items: Item[];
}

/** One sentence with its severity. */
export interface Item {
  level: "danger" | "warning" | "notice";
  says: string;
}

const TITLES: Readonly<Record<RiskKind, string>> = {
  second: "What exists already",
  data: "Data",
  downtime: "Downtime",
  exposure: "Public exposure",
  rights: "Rights",
  secrets: "Secrets",
};

/** Returns the parts of a stack's review in order, without empty ones. */
export function partsOf(stack: StackReview): Part[] {
  const { risks, rules, errors, baseErrors, notes, providers, policy, relations, live } = stack;
  const parts: Part[] = [
    { title: "Errors", items: errors.map((says) => ({ level: "danger", says })) },
    { title: "Errors of the base", items: baseErrors.map((says) => ({ level: "warning", says })) },
    ...KINDS.map((kind) => ({ title: TITLES[kind], items: risks.filter((risk) => risk.kind === kind) })),
    { title: "Cost", items: stack.cost ? costItems(stack.cost) : [] },
    { title: "Parity and isolation", items: relations.flatMap(relationItems) },
    { title: "Release rules", items: rules.map((says) => ({ level: "warning", says })) },
    {
      title: "Policy",
      items: [
        ...(policy?.added ?? []).map(
          ({ severity, says, resource, title }): Item => ({
            level: severity === "error" ? "danger" : "warning",
            says: `New: ${resource ? `${resource.name} ` : ""}${says} (${title})`,
          }),
        ),
        ...(policy?.gone ?? []).map(
          ({ says, resource }): Item => ({
            level: "notice",
            says: `Gone: ${resource ? `${resource.name} ` : ""}${says}`,
          }),
        ),
      ],
    },
    { title: "Providers", items: providers.map((says) => ({ level: "notice", says })) },
    { title: "Live", items: live ? liveItems(live) : [] },
    { title: "Notes", items: notes.map((says) => ({ level: "notice", says })) },
    {
      title: "What the next up does",
      items: (stack.mending ?? []).map((says) => ({ level: "notice", says })),
    },
    { title: "Not seen", items: stack.unseen ? [{ level: "notice", says: unseenText(stack.unseen) }] : [] },
  ];
  return parts.filter(({ items }) => items.length > 0);
}

function unseenText(unseen: readonly string[]): string {
  return `No refresh shows ${listed([...unseen, "what somebody makes beside what is declared"])}.`;
}

function costItems({ before, after, budget }: CostChange): Item[] {
  if (before === after) return [];
  const was = before === undefined ? "" : `; before: ${usd(before)}`;
  const within = budget === undefined ? "" : `, of a budget of ${usd(budget)}`;
  return [
    {
      level: budget !== undefined && after > budget ? "danger" : "notice",
      says: `${usd(after)} a month${within}${was}`,
    },
  ];
}

function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

function relationItems({ kind, with: other, before, after }: Relation): Item[] {
  const what = kind === "parity" ? `parallel to ${other}` : `apart from ${other}`;
  const [new_, gone] = [
    (after ?? []).filter((one) => !before?.includes(one)),
    (before ?? []).filter((one) => !after?.includes(one)),
  ];
  if (after === undefined) return [{ level: "warning", says: `Whether it is ${what} cannot be told.` }];
  return [
    ...new_.map(
      (says): Item => ({
        level: "danger",
        says: `${before === undefined ? "Not" : "No longer"} ${what}: ${says}`,
      }),
    ),
    ...(gone.length > 0 && after.length === 0 ? [{ level: "notice", says: `Now ${what}.` } as const] : []),
    ...(after.length > new_.length
      ? [
          {
            level: "warning",
            says: `Not ${what} as before (${counted(after.length - new_.length, "difference")}).`,
          } as const,
        ]
      : []),
  ];
}

function liveItems({ agreed, differences, errors, empty }: NonNullable<StackReview["live"]>): Item[] {
  return [
    ...errors.map((says): Item => ({ level: "danger", says: `The live preview failed: ${says}` })),
    ...differences.map((says): Item => ({ level: "warning", says })),
    ...(errors.length === 0 && !empty
      ? [
          {
            level: "notice",
            says: `The live preview says the same of ${counted(agreed, "resource")}.`,
          } as const,
        ]
      : []),
  ];
}

/** The changes by component, sorted by name. */
export function grouped(changes: readonly Change[]): [component: string, changes: Change[]][] {
  const groups = new Map<string, Change[]>();
  for (const change of changes)
    groups.set(change.component, [...(groups.get(change.component) ?? []), change]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * The summary of changes that are not listed: `60 resources unchanged, 1 only in order or spacing`.
 */
export function restText({ unchanged, alike, errors, baseErrors }: StackReview): string {
  if (errors.length + baseErrors.length > 0) return "What else would change is not known.";
  const same = `${counted(unchanged, "resource")} unchanged`;
  return alike === 0 ? same : `${same}, ${alike} only in order or spacing`;
}

/** The packages of another version, as one sentence; `undefined` without any. */
export function packagesText({ packages: { named, others } }: Review): string | undefined {
  if (named.length === 0 && others === 0) return undefined;
  const told = named.map(
    ({ name, before, after }) =>
      `${name} ${before ?? "(new)"}${before === undefined ? "" : " →"} ${after ?? "(gone)"}`,
  );
  const more = others > 0 ? [counted(others, "package that they need", "packages that they need")] : [];
  return `Packages: ${[...told, ...more].join(", ")}`;
}

/** The change of a resource, planned or made by hand, in a word. */
export function wordOf({ operation }: Change, { byHand }: Pick<StackReview, "byHand">): string {
  return (byHand ? BY_HAND[operation] : undefined) ?? WORDS[operation];
}

const BY_HAND: Readonly<Partial<Record<Change["operation"], string>>> = {
  update: "changed",
  delete: "deleted",
};

const WORDS: Readonly<Record<Change["operation"], string>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  import: "import",
  same: "protection",
};
