import { existsSync } from "node:fs";
import { isolation } from "../isolation/isolation";
import { occupant } from "../isolation/run";
import { nearestToBase } from "../parity/differs";
import { Renderer } from "../parity/render/renderer";
import { compareBy } from "../parity/run";
import type { Project, StackFiles } from "../project/project";
import { type Rehearsed, rehearsed } from "../rehearsal/rehearsed";
import { Rehearsal } from "../rehearsal/run";
import type { Comparison } from "./section";
import type { StackReported } from "./write";

type Progress = (line: string) => void;

/**
 * Rehearses every stack of a project alone, and compares each with the base: the one that states
 * the fewest differences.
 *
 * @param cloud a rehearsal cloud; the stacks that are up in it are shown as they are there
 * @throws EngineError where a stack does not come up
 */
export async function gather(
  project: Project,
  all: readonly StackFiles[],
  cloud: string | undefined,
  onProgress?: Progress,
): Promise<{ stacks: StackReported[]; comparisons: Comparison[] }> {
  const alone = new Map(
    await Promise.all(
      all.map(async (files) => [files, await rehearsed(project, files, onProgress)] as const),
    ),
  );
  const stacks: StackReported[] = [];
  for (const [files, { resources }] of alone) {
    stacks.push({ files, resources: (cloud && (await upIn(cloud, project, files))) || resources });
  }
  return { stacks, comparisons: await compared(project, alone, onProgress) };
}

/** The resources of a stack that is up in a rehearsal cloud; `undefined` where it is not. */
async function upIn(cloud: string, project: Project, files: StackFiles) {
  if (!existsSync(cloud)) return undefined;
  const rehearsal = new Rehearsal(project, { cloud });
  if (!rehearsal.state.knows(project.name, files.stack)) return undefined;
  const { resources = [] } = (await rehearsal.exportStack(files)).deployment;
  return resources.length > 0 ? resources : undefined;
}

async function compared(
  project: Project,
  alone: ReadonlyMap<StackFiles, Rehearsed>,
  onProgress?: Progress,
): Promise<Comparison[]> {
  const { base, others } = nearestToBase([...alone.keys()]);
  if (!base || others.length === 0) return [];
  const occupantOf = (files: StackFiles) => occupant(project, files, alone.get(files) as Rehearsed);
  const renderer = new Renderer(project);
  try {
    const comparisons: Comparison[] = [];
    for (const other of others) {
      comparisons.push({
        a: other.stack,
        b: base.stack,
        parity: await compareBy(renderer, other, base, onProgress, alone),
        isolation: isolation(occupantOf(other), occupantOf(base)),
      });
    }
    return comparisons;
  } finally {
    renderer.close();
  }
}
