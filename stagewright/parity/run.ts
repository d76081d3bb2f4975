import { isTree, merge, type Tree } from "../environment/merge";
import { requiredSecrets } from "../environment/references";
import type { Project, StackFiles } from "../project/project";
import { type Rehearsed, rehearsed } from "../rehearsal/rehearsed";
import { type Graph, graphOf } from "../resources/graph";
import { linesOf } from "./differs";
import { effectsOf, type Statement } from "./effects";
import { type ParityReport, parity, type Side } from "./parity";
import { Renderer, settingOf } from "./render/renderer";

/**
 * Compares two stacks of a project by running the engine three times at once: for A, for B, and for
 * A with B's differences.
 * @throws EngineError where one of them does not come up
 */
export async function compareStacks(
  project: Project,
  a: StackFiles,
  b: StackFiles,
  onProgress?: (line: string) => void,
): Promise<ParityReport> {
  const renderer = new Renderer(project);
  try {
    return await compareBy(renderer, a, b, onProgress);
  } finally {
    renderer.close();
  }
}

/**
 * The same by a renderer that is there: most of what a comparison costs besides the engine is to
 * load the program.
 *
 * @param known what the engine made of A or B, where it has just been run for them
 */
export async function compareBy(
  renderer: Renderer,
  a: StackFiles,
  b: StackFiles,
  onProgress?: (line: string) => void,
  known: ReadonlyMap<StackFiles, Rehearsed> = new Map(),
): Promise<ParityReport> {
  const { project } = renderer;
  const fromNothing = async (files: StackFiles) =>
    graphOf((known.get(files) ?? (await rehearsed(project, files, onProgress))).resources);
  const [graphA, graphB, exchanged, effects] = await Promise.all([
    fromNothing(a),
    fromNothing(b),
    fromNothing(exchange(project, a, b)),
    effectsOf(statement(a), statement(b), renderOf(project, renderer, [a, b])),
  ]);
  return parity({ a: side(project, a, graphA), b: side(project, b, graphB), exchanged, effects });
}

/** Renders either of some stacks with other differences. */
export function renderOf(project: Project, renderer: Renderer, stacks: readonly StackFiles[]) {
  // A mixture of the stacks' differences needs the secrets of the one or of the other.
  const secrets = [...new Set(stacks.flatMap(({ spec }) => requiredSecrets(spec)))].sort();
  return async (stack: string, differs: Tree) => {
    const files = stacks.find((files) => files.stack === stack);
    if (!files) throw new Error(`${stack} is none of the compared stacks`);
    return renderer.render(settingOf(project, files, differs, secrets), project);
  };
}

// A in everything but its differences: its name, its other config, its secrets.
function exchange(project: Project, a: StackFiles, b: StackFiles): StackFiles {
  const config = isTree(a.settings.config) ? a.settings.config : {};
  const settings = { ...a.settings, config: { ...config, [`${project.name}:differs`]: b.differs } };
  return { ...b, stack: a.stack, settings };
}

/** What a stack states of itself in its file. */
export function statement(files: StackFiles): Statement {
  return { stack: files.stack, differs: files.differs, lines: linesOf(files) };
}

/** One side of a comparison with the graph that it makes. */
export function side(project: Project, { stack, differs }: StackFiles, graph: Graph): Side {
  return { stack, environment: merge(baseOf(project), differs), graph };
}

function baseOf({ name, settings }: Project): Tree {
  const stated = isTree(settings.config) ? settings.config[`${name}:environment`] : undefined;
  return isTree(stated) && isTree(stated.value) ? stated.value : {};
}
