import { logicalName } from "../../providers/protocol/names";
import { isolation, type Occupant } from "../isolation/isolation";
import { occupant } from "../isolation/run";
import { pathText } from "../parity/differences";
import { nearestToBase } from "../parity/differs";
import { parity } from "../parity/parity";
import { type Renderer, simulationOf } from "../parity/render/renderer";
import { renderOf, side } from "../parity/run";
import type { Project, StackFiles } from "../project/project";
import type { Relation } from "./summary/model";

/** The relations of one side of a change to the other stacks: the violations, by kind and stack. */
export type Relations = ReadonlyMap<string, string[]>;

/**
 * Checks parity and isolation between a stack and those that it is compared with. It needs no
 * engine: it renders the programs, and for isolation lets the rehearsal cloud answer them.
 *
 * @throws EngineError if a program cannot be rendered
 */
export async function relationsOf(
  renderer: Renderer,
  project: Project,
  all: readonly StackFiles[],
  stack: string,
): Promise<Relations> {
  const found = new Map<string, string[]>();
  const own = all.find((files) => files.stack === stack);
  if (!own) return found;
  for (const other of comparedWith(all, stack)) {
    found.set(`parity ${other.stack}`, await unlike(project, renderer, own, other));
    found.set(`isolation ${other.stack}`, await shared(project, renderer, own, other));
  }
  return found;
}

/** Returns the relations that changed or do not hold. */
export function relationChanges(before: Relations | undefined, after: Relations | undefined): Relation[] {
  const keys = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...keys].flatMap((key): Relation[] => {
    const [kind = "", other = ""] = key.split(" ");
    const [old, now] = [before?.get(key), after?.get(key)];
    if ((old ?? []).length === 0 && (now ?? []).length === 0) return [];
    return [{ kind: kind === "parity" ? "parity" : "isolation", with: other, before: old, after: now ?? [] }];
  });
}

// Returns the stack that all others are compared with, or all others if it is that one.
function comparedWith(all: readonly StackFiles[], stack: string): StackFiles[] {
  const { base, others } = nearestToBase(all);
  if (!base) return [];
  return base.stack === stack ? others : [base];
}

// Says only whether they are alike; `stagewright parity` says which line of `differs` explains
// which difference.
async function unlike(project: Project, renderer: Renderer, a: StackFiles, b: StackFiles): Promise<string[]> {
  const render = renderOf(project, renderer, [a, b]);
  const [inA, inB, exchanged, exchangedBack] = await Promise.all([
    render(a.stack, a.differs),
    render(b.stack, b.differs),
    render(a.stack, b.differs),
    render(b.stack, a.differs),
  ]);
  const effects = {
    a: inA,
    b: inB,
    exchanged,
    exchangedBack,
    leaves: [],
    dead: [],
    together: async () => [],
  };
  const { untraced } = await parity({
    a: side(project, a, inA),
    b: side(project, b, inB),
    exchanged,
    effects,
  });
  return untraced.map(({ resource, path }) => {
    const name = logicalName(resource);
    const what = path.length === 0 ? "is in one of them alone" : `differs in ${pathText(path)}`;
    return `${name} ${what}, which no line of differs states`;
  });
}

async function shared(project: Project, renderer: Renderer, a: StackFiles, b: StackFiles): Promise<string[]> {
  const [mine, theirs] = await Promise.all([a, b].map((files) => simulated(project, renderer, files)));
  if (!mine || !theirs) return [];
  return isolation(mine, theirs).shared.map(({ what, kind }) => `${what} ${SHARED[kind]}`);
}

const SHARED = {
  made: "would be made by both",
  outside: "is used by both and not stated as common",
  secret: "is known to both",
  named: "is made by one and referred to by the other",
} as const;

async function simulated(project: Project, renderer: Renderer, files: StackFiles): Promise<Occupant> {
  const { resources, things } = await renderer.simulate(simulationOf(project, files), project);
  return occupant(project, files, { resources, things });
}
