import { isDeepStrictEqual } from "node:util";
import { type Tree, valueAt } from "../environment/merge";
import type { Graph } from "../resources/graph";
import { type Difference, differences, overlap, type Place, valueIn } from "./differences";
import type { Leaf, Line } from "./differs";
import type { Effects } from "./effects";
import { type Source, sourcesIn } from "./render/marks";

/** One of the two compared stacks. */
export interface Side {
  stack: string;
  /** Base and differences merged. */
  environment: Tree;
  /** The graph that the real engine made. */
  graph: Graph;
}

export interface ParityInput {
  a: Side;
  b: Side;
  /** The graph that the real engine makes of A with B's differences instead of its own. */
  exchanged: Graph;
  effects: Effects;
}

/**
 * A statement (one leaf, or several that only together explain something) and the differences that
 * it causes.
 */
export interface Stated {
  leaves: { path: string; places: string[]; a: unknown; b: unknown }[];
  differences: Difference[];
}

/** A value that differs because it derives from something that differs. */
interface Following extends Difference {
  /** Keys of the resources that it derives from. */
  from: string[];
  /** Places of the lines that make those resources differ. */
  places: string[];
}

export interface ParityReport {
  a: string;
  b: string;
  /** In file order. */
  stated: Stated[];
  following: Following[];
  /** Places where the stacks differ although both have the same differences: B's, or else A's. */
  untraced: Difference[];
  /** Lines of `differs` that have no effect. */
  dead: Line[];
  /**
   * The number of resources that differ or exist in one stack only, and the number of the others.
   */
  different: number;
  alike: number;
}

/** Whether two stacks are equal except for their stated differences. */
export function isParallel({ untraced, dead }: ParityReport): boolean {
  return untraced.length === 0 && dead.length === 0;
}

/**
 * Compares two stacks. The engine decides: it runs A with B's differences, and any remaining
 * difference from B comes from code or other config, not from a line of `differs`. The reverse, B
 * with A's differences, is only rendered. The effects of single leaves show which line makes which
 * difference.
 *
 * Each stack naturally has its own secrets and random values. They count as equal if both stacks
 * use the same one: the same key of the config, the same output of the same resource.
 */
export async function parity({ a, b, exchanged, effects }: ParityInput): Promise<ParityReport> {
  const withDiffersOfB = differences(exchanged, b.graph).filter(
    (place) => !sameSource(place, effects.exchanged, effects.b),
  );
  // If code affects one stack only while that stack has its own differences, only the reverse shows
  // it.
  const withDiffersOfA = differences(effects.a, effects.exchangedBack).filter(
    (place) => !withDiffersOfB.some((other) => overlap(place, other)),
  );
  const untraced = [...withDiffersOfB, ...withDiffersOfA];
  const traced = differences(a.graph, b.graph).filter(
    (place) => !untraced.some((other) => overlap(place, other)),
  );
  const passedOn = (place: Place) => sameSource(place, effects.a, effects.b);
  const causes = await explain(
    traced.filter((place) => !passedOn(place)),
    effects,
  );
  const different = new Set(
    [...causes.flatMap((cause) => cause.differences), ...untraced].map(({ resource }) => resource),
  );
  return {
    a: a.stack,
    b: b.stack,
    stated: causes.map(({ leaves, differences }) => ({
      leaves: leaves.map((leaf) => shown(leaf, a, b)),
      differences,
    })),
    following: traced.filter(passedOn).flatMap(follower(causes, effects)),
    untraced,
    dead: effects.dead,
    different: different.size,
    alike: [...b.graph.keys()].filter((key) => !different.has(key)).length,
  };
}

/**
 * Whether both programs put the same thing in one place although the vendors made different values
 * of it: the same output of the same resource, the same secret; or nothing at all, if a provider
 * fills in its default.
 */
function sameSource(place: Place, inA: Graph, inB: Graph): boolean {
  const [a, b] = [valueIn(inA, place), valueIn(inB, place)];
  if (!isDeepStrictEqual(a, b)) return false;
  const [half] = place.path;
  return a === undefined ? half === undefined || half === "inputs" : sourcesIn(a).length > 0;
}

interface Cause {
  leaves: Leaf[];
  differences: Difference[];
}

// Pairs every difference with the leaf that makes it, or, if no single leaf does, with the smallest
// group of leaves below one key that does.
async function explain(found: readonly Difference[], effects: Effects): Promise<Cause[]> {
  const caused = (places: readonly Place[]) => (difference: Difference) =>
    places.some((place) => overlap(place, difference));
  const causes: Cause[] = effects.leaves.map(({ leaf, places }) => ({
    leaves: [leaf],
    differences: found.filter(caused(places)),
  }));
  let left = found.filter(
    (difference) => !causes.some(({ differences }) => differences.includes(difference)),
  );
  const leaves = effects.leaves.map(({ leaf }) => leaf);
  for (const group of groupsOf(leaves)) {
    if (left.length === 0) break;
    const explains = caused(await effects.together(group));
    causes.push({ leaves: group, differences: left.filter(explains) });
    left = left.filter((difference) => !explains(difference));
  }
  // The engine has shown that all the lines together explain it.
  if (left.length > 0) causes.push({ leaves, differences: [...left] });
  return causes.filter(({ differences }) => differences.length > 0);
}

// Leaves below one key, the smallest groups first.
function groupsOf(leaves: readonly Leaf[]): Leaf[][] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    for (let length = 0; length < leaf.path.length; length++) {
      const key = JSON.stringify(leaf.path.slice(0, length));
      groups.set(key, [...(groups.get(key) ?? []), leaf]);
    }
  }
  return [...groups.values()].filter(({ length }) => length > 1).sort((x, y) => x.length - y.length);
}

// A difference that only passes on another one, with the lines behind that one. Without a line, it
// is a value generated for the stack.
function follower(causes: readonly Cause[], { a, b }: Effects): (difference: Difference) => Following[] {
  const linesBehind = ({ of, output }: Source, seen: ReadonlySet<string>): string[] => {
    if (seen.has(of)) return [];
    const inputs = causes.flatMap(({ leaves, differences }) =>
      differences
        .filter(({ resource, path: [half] }) => resource === of && half === "inputs")
        .map(({ path: [, input] }) => ({ input, leaves })),
    );
    // An output that is also an input is that input; for any other we do not know what the vendor
    // derives it from.
    const same = inputs.filter(({ input }) => input === output);
    const direct = (same.length > 0 ? same : inputs).flatMap(({ leaves }) =>
      leaves.flatMap(({ lines }) => lines),
    );
    if (direct.length > 0) return direct.map(({ place }) => place);
    const above = sourcesIn([a.get(of)?.inputs, b.get(of)?.inputs]);
    return above.flatMap((source) => linesBehind(source, new Set([...seen, of])));
  };
  return (difference) => {
    const sources = sourcesIn(valueIn(b, difference));
    const places = new Set(sources.flatMap((source) => linesBehind(source, new Set())));
    const from = new Set(sources.map(({ of }) => of));
    return places.size === 0 ? [] : [{ ...difference, from: [...from], places: [...places] }];
  };
}

function shown({ path, lines }: Leaf, a: Side, b: Side) {
  return {
    path: path.join("."),
    places: lines.map(({ place }) => place),
    a: valueAt(a.environment, path),
    b: valueAt(b.environment, path),
  };
}
