import type { Tree } from "../environment/merge";
import type { Graph } from "../resources/graph";
import { differences, type Place } from "./differences";
import { type Leaf, type Line, leavesOf, withLeavesOf, without } from "./differs";

/** A stack's own statements. */
export interface Statement {
  stack: string;
  /** The stack's differences as written. */
  differs: Tree;
  /** Its leaves and their places. */
  lines: readonly Line[];
}

/**
 * Renders a stack's program with other differences; every vendor value is a mark. Throws if the
 * spec or the program refuses.
 */
export type Render = (stack: string, differs: Tree) => Promise<Graph>;

/** The registrations of two stacks' programs, and the places that each stated leaf affects. */
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
  /** Lines whose removal leaves their stack unchanged. */
  dead: Line[];
  /** The places that change when several leaves get the other stack's value at once. */
  together(leaves: readonly Leaf[]): Promise<Place[]>;
}

/**
 * Measures the effects by rendering: for each leaf, it renders the program and its vendors' values
 * again with that leaf changed.
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

// `common` lists paths that may be shared and makes nothing: isolation reads it.
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

// A mixture of two stacks' differences, or one with a line removed, may not be a valid environment;
// it then shows nothing.
async function attempt(render: Render, stack: string, differs: Tree): Promise<Graph | undefined> {
  try {
    return await render(stack, differs);
  } catch {
    return undefined;
  }
}
