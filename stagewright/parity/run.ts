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
 * @throws EngineError if one of them does not come up
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
 * Does the same with an existing renderer: besides the engine, loading the program is most of a
 * comparison's cost.
 *
 * @param known the engine's results for A or B, if it has just run for them
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

/** Renders any of some stacks with other differences. */
export function renderOf(project: Project, renderer: Renderer, stacks: readonly StackFiles[]) {
  // A mixture of the stacks' differences needs the secrets of either.
  const secrets = [...new Set(stacks.flatMap(({ spec }) => requiredSecrets(spec)))].sort();
  return async (stack: string, differs: Tree) => {
    const files = stacks.find((files) => files.stack === stack);
    if (!files) throw new Error(`${stack} is none of the compared stacks`);
    return renderer.render(settingOf(project, files, differs, secrets), project);
  };
}

// Everything but the differences is A's: name, other config, secrets.
function exchange(project: Project, a: StackFiles, b: StackFiles): StackFiles {
  const config = isTree(a.settings.config) ? a.settings.config : {};
  const settings = { ...a.settings, config: { ...config, [`${project.name}:differs`]: b.differs } };
  return { ...b, stack: a.stack, settings };
}

/** Returns a stack's own statements in its file. */
export function statement(files: StackFiles): Statement {
  return { stack: files.stack, differs: files.differs, lines: linesOf(files) };
}

/** Returns one side of a comparison with its graph. */
export function side(project: Project, { stack, differs }: StackFiles, graph: Graph): Side {
  return { stack, environment: merge(baseOf(project), differs), graph };
}

function baseOf({ name, settings }: Project): Tree {
  const stated = isTree(settings.config) ? settings.config[`${name}:environment`] : undefined;
  return isTree(stated) && isTree(stated.value) ? stated.value : {};
}
