import pc from "picocolors";
import { logicalName } from "../../../providers/protocol/names";
import { type Difference, pathText } from "../../parity/differences";
import { isParallel, type ParityReport, type Stated } from "../../parity/parity";
import { counted } from "../../text/words";
import { shortType } from "./names";

/** A comparison for a terminal: the answer, then the effect of each line of `differs`. */
export function parityText(report: ParityReport): string {
  const { a, b, stated, following, untraced, dead } = report;
  return [
    verdict(report),
    ...stated.flatMap((cause) => [
      "",
      ...cause.leaves.map(leafLine),
      ...differenceLines(cause.differences, report),
    ]),
    ...(following.length > 0
      ? [
          "",
          pc.dim(
            `${following.length} more values follow from these: names, ids and addresses of what differs (--json lists them)`,
          ),
        ]
      : []),
    ...(untraced.length > 0
      ? [
          "",
          pc.red(
            `No line of differs states these: with the same differs, ${a} and ${b} are still not alike (${a} | ${b}):`,
          ),
          ...differenceLines(untraced, report),
        ]
      : []),
    ...dead.map(({ stack, place, path }) =>
      pc.red(`${place}: ${path.join(".")} makes no difference in ${stack}; take the line out`),
    ),
  ].join("\n");
}

/** The same facts for programs, without the values of secrets. */
export function parityJson(report: ParityReport): object {
  const { stated, following, untraced, dead, ...rest } = report;
  return {
    ...rest,
    parallel: isParallel(report),
    stated: stated.map(({ leaves, differences }) => ({ leaves, differences: differences.map(asJson) })),
    following: following.map(({ from, places, ...difference }) => ({
      ...asJson(difference),
      from: from.map(logicalName),
      places,
    })),
    untraced: untraced.map(asJson),
    dead: dead.map(({ stack, place, path }) => ({ stack, place, path: path.join(".") })),
  };
}

function verdict(report: ParityReport): string {
  const { a, b, stated, untraced, dead, alike, different } = report;
  const counts = `${counted(alike, "resource")} alike, ${different} different`;
  const lines = stated.reduce((sum, { leaves }) => sum + (leaves.length === 1 ? 1 : 0), 0);
  if (isParallel(report)) {
    const but = lines === 0 ? "" : ` but for ${counted(lines, "stated difference")}`;
    return pc.green(`${a} is ${b}${but} (${counts})`);
  }
  const faults = [
    untraced.length > 0
      ? `${counted(untraced.length, "difference is", "differences are")} stated nowhere`
      : "",
    dead.length > 0
      ? `${counted(dead.length, "stated difference makes", "stated differences make")} none`
      : "",
  ];
  return pc.red(
    `${a} and ${b} are not what their differs say: ${faults.filter(Boolean).join(", ")} (${counts})`,
  );
}

function leafLine({ path, places, a, b }: Stated["leaves"][number]): string {
  return `${pc.cyan(places.join(", "))} ${pc.bold(path)}: ${shown(a)} ${pc.dim("|")} ${shown(b)}`;
}

// Prints a difference that many resources share once, with their names.
function differenceLines(differences: readonly Difference[], report: ParityReport): string[] {
  const groups = groupedBy(differences, ({ path, a, b, secret }) => JSON.stringify([path, secret || [a, b]]));
  const many = [...groups.values()].filter(({ length }) => length > 2);
  const few = differences.filter((difference) => !many.some((group) => group.includes(difference)));
  return [
    ...[...groupedBy(few, ({ resource }) => resource)].flatMap(([resource, [first, ...others]]) => [
      ...(first
        ? [`    ${logicalName(resource)} ${pc.dim(shortType(typeOf(resource)))} ${change(first, report)}`]
        : []),
      ...others.map((other) => `        ${change(other, report)}`),
    ]),
    ...many.flatMap((group) => {
      const [first] = group;
      const names = group.map(({ resource }) => logicalName(resource)).join(", ");
      return first
        ? [`    ${group.length} resources ${change(first, report)}`, `        ${pc.dim(names)}`]
        : [];
    }),
  ];
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function change({ path, a, b, secret }: Difference, report: ParityReport): string {
  if (path.length === 0) return `only in ${a === undefined ? report.b : report.a}`;
  if (secret) return `${pathText(path)}: ${pc.dim("(secrets)")}`;
  const lines = linesThatDiffer(a, b);
  return `${pathText(path)}: ${lines ? `${lines} lines differ` : `${shown(a)} ${pc.dim("|")} ${shown(b)}`}`;
}

// Counts the lines that differ in long texts, such as workflow files; `undefined` for short ones.
function linesThatDiffer(a: unknown, b: unknown): number | undefined {
  if (typeof a !== "string" || typeof b !== "string" || !a.trim().includes("\n")) return undefined;
  const [inA, inB] = [new Set(a.split("\n")), new Set(b.split("\n"))];
  const only = (lines: Set<string>, others: Set<string>) =>
    [...lines].filter((line) => !others.has(line)).length;
  return Math.max(only(inA, inB), only(inB, inA));
}

function shown(value: unknown): string {
  if (value === undefined) return pc.dim("–");
  if (typeof value !== "string") return short(JSON.stringify(value));
  if (/^\S+\$\S+::\S+$/.test(value)) return logicalName(value); // a resource
  return short(value.trim().replaceAll("\n", " "));
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function typeOf(resource: string): string {
  return resource.slice(0, resource.indexOf("::")).split("$").at(-1) ?? "";
}

function asJson({ resource, path, a, b, secret }: Difference) {
  const place = { resource: logicalName(resource), type: typeOf(resource), property: pathText(path) };
  return secret ? { ...place, secret } : { ...place, a, b };
}
