import { isDeepStrictEqual } from "node:util";
import { isTree, type Tree } from "../../environment/merge";
import { isSecret } from "../../resources/secrets";

/** A place inside a resource's inputs where two versions of them differ. */
export interface Differing {
  path: readonly string[];
  before: unknown;
  after: unknown;
  secret: boolean;
}

/**
 * Returns the differences between two versions of a value, each as deep as possible; differences in
 * notation alone are left out.
 */
export function differing(before: unknown, after: unknown, path: readonly string[] = []): Differing[] {
  if (isSecret(before) || isSecret(after)) {
    // Both are masked, so only the provider can compare them. See `secretPaths`.
    if (isSecret(before) && isSecret(after)) return [];
    return [
      {
        path,
        before: before === undefined ? undefined : true,
        after: after === undefined ? undefined : true,
        secret: true,
      },
    ];
  }
  if (isAlike(before, after, path)) return [];
  const [partsBefore, partsAfter] = [partsOf(before), partsOf(after)];
  if (!partsBefore || !partsAfter) return [{ path, before, after, secret: false }];
  const steps = [...new Set([...Object.keys(partsBefore), ...Object.keys(partsAfter)])];
  return steps.flatMap((step) => differing(partsBefore[step], partsAfter[step], [...path, step]));
}

/** Formats a path for people: `tags.environment`, `policy.Statement[0].Resource`. */
export function pathOf(path: readonly string[]): string {
  return path.reduce((so, step) => {
    if (/^\d+$/.test(step)) return `${so}[${step}]`;
    return so === "" ? step : `${so}.${step}`;
  }, "");
}

/**
 * Whether two values mean the same: equal except for the order of unordered lists, the spacing of a
 * text, and JSON formatting.
 */
export function isAlike(before: unknown, after: unknown, path: readonly string[] = []): boolean {
  return isDeepStrictEqual(plainest(before, path), plainest(after, path));
}

function plainest(value: unknown, path: readonly string[]): unknown {
  if (typeof value === "string") {
    const inside = jsonIn(value);
    return inside === undefined ? spaced(value) : plainest(inside, [...path, JSON_TEXT]);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => plainest(item, path));
    return hasNoOrder(path) ? items.map((item) => JSON.stringify(item)).sort() : items;
  }
  if (!isTree(value)) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, plainest(inner, [...path, key])] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

const JSON_TEXT = "(JSON)";

// The vendors' schemas declare these as sets: Terraform's registry says "Set of String" for each.
const SETS = new Set(
  `records allowedMethods allowedOrigins allowedHeaders exposeHeaders teams users tags aliases sourceAddresses
  destinationAddresses dropletIds securityGroups cidrBlocks events`.split(/\s+/),
);
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html: lists of
// alternatives.
const SETS_OF_POLICY = new Set(
  "Statement Action NotAction Resource NotResource AWS Service Federated".split(" "),
);

function hasNoOrder(path: readonly string[]): boolean {
  const last = path.at(-1) ?? "";
  return SETS.has(last) || (path.includes(JSON_TEXT) && SETS_OF_POLICY.has(last));
}

// Keeps spaces within a line, because code and YAML give indentation a meaning, and drops those at
// its end.
function spaced(text: string): string {
  return text.includes("\n") ? text.replace(/[ \t\r]+$/gm, "").replace(/\n+$/, "\n") : text;
}

// Returns a value's parts to compare one by one: those of a map, a list, or JSON in a string, such
// as a policy.
function partsOf(value: unknown): Tree | undefined {
  if (Array.isArray(value)) return { ...value };
  if (isTree(value)) return value;
  const inside = typeof value === "string" ? jsonIn(value) : undefined;
  return inside === undefined ? undefined : partsOf(inside);
}

function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
