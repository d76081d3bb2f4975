import type { Tree } from "../environment/merge";
import type { Graph } from "../resources/graph";
import { differences, type Place } from "./differences";
import { type Leaf, type Line, leavesOf, withLeavesOf, without } from "./differs";

/** What a stack states of itself. */
export interface Statement {
  stack: string;
  /** The stack's differences as they are written. */
  differs: Tree;
  /** Its leaves and where each stands. */
  lines: readonly Line[];
}

/**
 * The graph of a stack's program with other differences, every vendor's value a mark. Throws where
 * the spec or the program refuses.
 */
export type Render = (stack: string, differs: Tree) => Promise<Graph>;

/** What two stacks' programs register, and what in it each stated leaf is the cause of. */
export interface Effects {
  a: Graph;
  b: Graph;
  /** A with the differences of B. */
  exchanged: Graph;
  /** B with the differences of A. */
  exchangedBack: Graph;
  /**
   * The places that change when a leaf gets the other stack's value, starting from either stack.
   */
  leaves: { leaf: Leaf; places: Place[] }[];
  /** Lines without which their stack is the same. */
  dead: Line[];
  /** The places that change when several leaves get the other stack's value at once. */
  together(leaves: readonly Leaf[]): Promise<Place[]>;
}

/**
 * Finds out by rendering: a program and its vendors' values are asked for again with one leaf
 * changed, for each leaf.
 */
export async function effectsOf(a: Statement, b: Statement, render: Render): Promise<Effects> {
  const [inA, inB, exchanged, exchangedBack] = await Promise.all([
    render(a.stack, a.differs),
    render(b.stack, b.differs),
    render(a.stack, b.differs),
    render(b.stack, a.differs),
  ]);
  const change = async (from: Statement, to: Statement, graph: Graph, paths: (readonly string[])[]) => {
    const mixed = await attempt(render, from.stack, withLeavesOf(from.differs, to.differs, paths));
    return mixed ? differences(graph, mixed) : [];
  };
  const together = async (leaves: readonly Leaf[]) => {
    const paths = leaves.map(({ path }) => path);
    return [...(await change(a, b, inA, paths)), ...(await change(b, a, inB, paths))];
  };
  const single = leavesOf([...a.lines, ...b.lines]).map(async (leaf) => ({
    leaf,
    places: await together([leaf]),
  }));
  return {
    a: inA,
    b: inB,
    exchanged,
    exchangedBack,
    leaves: await Promise.all(single),
    dead: [...(await deadLines(a, inA, render)), ...(await deadLines(b, inB, render))],
    together,
  };
}

// `common` says what may be shared and makes nothing: isolation reads it.
async function deadLines(
  { stack, differs, lines }: Statement,
  graph: Graph,
  render: Render,
): Promise<Line[]> {
  const less = lines
    .filter(({ path }) => path[0] !== "common")
    .map(async (line) => ({ line, graph: await attempt(render, stack, without(differs, line.path)) }));
  return (await Promise.all(less)).flatMap(({ line, graph: left }) =>
    left && differences(graph, left).length === 0 ? [line] : [],
  );
}

// A mixture of two stacks' differences, or one with a line less, may be no valid environment: then
// it shows nothing.
async function attempt(render: Render, stack: string, differs: Tree): Promise<Graph | undefined> {
  try {
    return await render(stack, differs);
  } catch {
    return undefined;
  }
}
