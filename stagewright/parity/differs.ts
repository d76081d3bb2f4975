import { has, isTree, leaves, type Tree, valueAt } from "../environment/merge";
import type { StackFiles } from "../project/project";

/** One leaf of a stack's `differs`, as written. */
export interface Line {
  stack: string;
  /** `Pulumi.staging.yaml:16`, or without the line if unknown. */
  place: string;
  /** Path into the environment. */
  path: readonly string[];
}

/** One leaf in which two stacks may differ, stated by one or both. */
export interface Leaf {
  path: readonly string[];
  lines: Line[];
}

/** Returns every leaf of a stack's `differs`, in file order. */
export function linesOf({ stack, differs, place }: Pick<StackFiles, "stack" | "differs" | "place">): Line[] {
  return leaves(differs).map((path) => ({ stack, place: place(path).file, path }));
}

/**
 * Returns the stack nearest to the base (the one with the fewest stated differences), and the
 * others, which are compared with it.
 */
export function nearestToBase(all: readonly StackFiles[]): {
  base: StackFiles | undefined;
  others: StackFiles[];
} {
  const [base, ...others] = [...all].sort((a, b) => leaves(a.differs).length - leaves(b.differs).length);
  return { base, others };
}

/** Returns the leaves that either of two stacks states. */
export function leavesOf(lines: readonly Line[]): Leaf[] {
  const found = new Map<string, Leaf>();
  for (const line of lines) {
    const key = line.path.join(".");
    const leaf = found.get(key) ?? { path: line.path, lines: [] };
    found.set(key, { ...leaf, lines: [...leaf.lines, line] });
  }
  return [...found.values()];
}

/** Returns `differs` with some leaves as in `other`: stated the same way, or not at all. */
export function withLeavesOf(differs: Tree, other: Tree, paths: readonly (readonly string[])[]): Tree {
  return paths.reduce(
    (tree, path) => (has(other, path) ? withValue(tree, path, valueAt(other, path)) : without(tree, path)),
    structuredClone(differs),
  );
}

/** Returns a tree without the value at a path, and without maps that this leaves empty. */
export function without(tree: Tree, [step = "", ...rest]: readonly string[]): Tree {
  const { [step]: here, ...others } = tree;
  if (rest.length === 0 || !isTree(here)) return others;
  const left = without(here, rest);
  return Object.keys(left).length === 0 ? others : { ...others, [step]: left };
}

// This is not a merge: a `null` in `differs` is itself a statement and must stay.
function withValue(tree: Tree, [step = "", ...rest]: readonly string[], value: unknown): Tree {
  const here = tree[step];
  return { ...tree, [step]: rest.length === 0 ? value : withValue(isTree(here) ? here : {}, rest, value) };
}
