import { isDeepStrictEqual } from "node:util";
import { isTree, type Tree } from "../environment/merge";
import { type Graph, type GraphResource, SECRET } from "../resources/graph";

/**
 * The steps to a value inside a resource: `["inputs", "tags", "environment"]`. Empty for the
 * resource as a whole.
 */
export type Path = readonly string[];

/** A place in a graph. */
export interface Place {
  /** Key of the resource. */
  resource: string;
  path: Path;
}

/** One place where two graphs differ. */
export interface Difference extends Place {
  /** The two values; `undefined` if absent. For a whole resource, `true` if present. */
  a: unknown;
  b: unknown;
  /** Whether the values are secrets, which must not be shown. */
  secret: boolean;
}

/** Returns every place where two graphs differ, as deep as possible, in a stable order. */
export function differences(a: Graph, b: Graph): Difference[] {
  const keys = [...new Set([...a.keys(), ...b.keys()])].sort();
  return keys.flatMap((resource) => {
    const [inA, inB] = [a.get(resource), b.get(resource)];
    if (!inA || !inB) return [{ resource, path: [], a: inA && true, b: inB && true, secret: false }];
    return inside(facts(inA), facts(inB)).map((difference) => ({ resource, ...difference }));
  });
}

/**
 * Whether two places are the same, or one is part of the other. A resource as a whole is a separate
 * place.
 */
export function overlap(x: Place, y: Place): boolean {
  const length = Math.min(x.path.length, y.path.length);
  if (x.resource !== y.resource || (length === 0 && x.path.length !== y.path.length)) return false;
  return isDeepStrictEqual(x.path.slice(0, length), y.path.slice(0, length));
}

/** Returns the value at a place of a graph; `undefined` if absent. */
export function valueIn(graph: Graph, { resource, path }: Place): unknown {
  const found = graph.get(resource);
  return found && path.reduce<unknown>((here, step) => mapOf(open(here))?.[step], facts(found));
}

/**
 * Formats a path for reading: `tags.environment`, `policy.Statement[0].Resource`, `option protect`.
 */
export function pathText([half, ...steps]: Path): string {
  const text = steps.reduce((so, step) => {
    if (/^\d+$/.test(step)) return `${so}[${step}]`;
    return so === "" ? step : `${so}.${step}`;
  }, "");
  return half === "options" ? `option ${text}` : half === "outputs" ? `output ${text}` : text;
}

function facts({ inputs, options, outputs }: GraphResource): Tree {
  return { inputs, options, outputs };
}

function inside(a: unknown, b: unknown, path: Path = [], secret = false): Omit<Difference, "resource">[] {
  if (isDeepStrictEqual(a, b)) return [];
  const [openA, openB] = [open(a), open(b)];
  if (openA !== a && openB !== b) return inside(openA, openB, path, true);
  const [mapA, mapB] = [mapOf(a), mapOf(b)];
  // A value that is secret on one side only is a single difference, whatever its content.
  if (!mapA || !mapB || openA !== a || openB !== b)
    return [{ path, a: openA, b: openB, secret: secret || openA !== a || openB !== b }];
  const steps = [...new Set([...Object.keys(mapA), ...Object.keys(mapB)])].sort();
  return steps.flatMap((step) => inside(mapA[step], mapB[step], [...path, step], secret));
}

function open(value: unknown): unknown {
  return isTree(value) && SECRET in value ? value[SECRET] : value;
}

// Returns the parts of a map, a list (by index) or JSON in a string, such as a policy.
function mapOf(value: unknown): Tree | undefined {
  if (Array.isArray(value)) return { ...value };
  if (isTree(value)) return value;
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return mapOf(JSON.parse(value));
  } catch {
    return undefined;
  }
}
