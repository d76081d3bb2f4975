import { has, isTree, leaves, type Tree, valueAt } from "../environment/merge";
import type { StackFiles } from "../project/project";

/** One leaf of a stack's `differs`, as it is written. */
export interface Line {
  stack: string;
  /** `Pulumi.staging.yaml:16`, or without the line where it is not known. */
  place: string;
  /** Path into the environment. */
  path: readonly string[];
}

/** One leaf in which two stacks may differ: stated by one of them, or by both. */
export interface Leaf {
  path: readonly string[];
  lines: Line[];
}

/** Every leaf of a stack's `differs`, in the order of its file. */
export function linesOf({ stack, differs, place }: Pick<StackFiles, "stack" | "differs" | "place">): Line[] {
  return leaves(differs).map((path) => ({ stack, place: place(path).file, path }));
}

/**
 * The stack that is nearest to the base, because it states the fewest differences, and the others,
 * which are compared with it.
 */
export function nearestToBase(all: readonly StackFiles[]): {
  base: StackFiles | undefined;
  others: StackFiles[];
} {
  const [base, ...others] = [...all].sort((a, b) => leaves(a.differs).length - leaves(b.differs).length);
  return { base, others };
}

/** The leaves that either of two stacks states. */
export function leavesOf(lines: readonly Line[]): Leaf[] {
  const found = new Map<string, Leaf>();
  for (const line of lines) {
    const key = line.path.join(".");
    const leaf = found.get(key) ?? { path: line.path, lines: [] };
    found.set(key, { ...leaf, lines: [...leaf.lines, line] });
  }
  return [...found.values()];
}

/** `differs` with some leaves as `other` has them: stated the same way, or not at all. */
export function withLeavesOf(differs: Tree, other: Tree, paths: readonly (readonly string[])[]): Tree {
  return paths.reduce(
    (tree, path) => (has(other, path) ? withValue(tree, path, valueAt(other, path)) : without(tree, path)),
    structuredClone(differs),
  );
}

/** A tree without what stands at a path, and without maps that become empty by that. */
export function without(tree: Tree, [step = "", ...rest]: readonly string[]): Tree {
  const { [step]: here, ...others } = tree;
  if (rest.length === 0 || !isTree(here)) return others;
  const left = without(here, rest);
  return Object.keys(left).length === 0 ? others : { ...others, [step]: left };
}

// Not a merge: a `null` in `differs` is a statement of its own and must stay.
function withValue(tree: Tree, [step = "", ...rest]: readonly string[], value: unknown): Tree {
  const here = tree[step];
  return { ...tree, [step]: rest.length === 0 ? value : withValue(isTree(here) ? here : {}, rest, value) };
}
