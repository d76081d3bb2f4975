import { logicalName } from "../../../providers/protocol/names";
import type { DeployedResource } from "../../resources/deployment";
import { EngineError } from "../errors";
import { Recorded } from "../existing/recorded";
import { kindOf } from "../lookup";
import type { Outcome, Rehearsal } from "../run";
import type { RehearsedStack } from "../workspace";
import { type Adoption, adopting } from "./adopting";
import { Clues } from "./clues";
import { createdBy, type Harm, harmsOf, without } from "./plan";
import { removeSurplus, type Surplus } from "./surplus";
import { Trial } from "./trial";

/** A resource that existed but was not recorded, and is now managed. */
interface Adopted {
  urn: string;
  type: string;
  id: string;
}

/** A resource that exists and could not be recorded. */
interface Unfit {
  urn: string;
  type: string;
  /** The matching resources. */
  ids: string[];
  why: "unclear" | "secret lost";
}

/** The outcome of a recovery. */
export interface Recovered {
  adopted: Adopted[];
  /** URNs of values that only the lost state held: generated anew. */
  drawn: string[];
  /**
   * Existing resources that were not recorded, because several match or one of their secrets is
   * lost.
   */
  unfit: Unfit[];
  /** Live credentials that nobody can use and that have a successor: deleted at the vendor. */
  removed: Surplus[];
  /** Resources at the vendor that belong to nothing: a person has to decide. */
  left: Surplus[];
}

/**
 * Nothing was recorded because of what the next `up` would do. The sentences describe that and the
 * remedy.
 */
export class RecoverRefused extends EngineError {}

/**
 * Recovers after a crash or a lost state: finds the resources that the program declares and the
 * cloud already holds although the state lacks them, and records them. The engine itself does so,
 * in an `up` on a copy of the state while the vendors create nothing and answer with the existing
 * resources. The copy replaces the state only after a preview shows that it would replace or delete
 * none of them.
 *
 * @throws RecoverRefused if it would.
 * @throws EngineError if another engine is running on the stack, or if the engine fails.
 */
export async function recover(rehearsal: Rehearsal, files: RehearsedStack): Promise<Recovered> {
  await rehearsal.workspace(files).prepare();
  await letGo(rehearsal, files);
  const trial = new Trial(rehearsal, files);
  try {
    const adoption = await adoptAll(trial);
    if (adoption.found.size + adoption.drawn.size > 0) {
      if (!trial.isCurrent)
        throw new EngineError(`somebody else changed the state of ${files.stack} meanwhile; run it again`);
      await trial.accept();
    }
    const surplus = await removeSurplus(rehearsal, files.stack, adoption);
    const adopted = [...adoption.found].map(
      ([
        urn,
        {
          type,
          ids: [id = ""],
        },
      ]) => ({ urn, type, id }),
    );
    const removed = new Set(surplus.removed.map(({ id }) => id));
    const unfit = [...adoption.unfit].flatMap(([urn, { type, ids, why }]): Unfit[] =>
      why === "absent" || ids.every((id) => removed.has(id)) ? [] : [{ urn, type, ids, why }],
    );
    return { adopted, drawn: [...adoption.drawn.keys()], unfit, ...surplus };
  } finally {
    trial.close();
  }
}

/**
 * After a crash: removes a killed engine's lock and pending operations, so that another engine can
 * run on the stack.
 */
export async function letGo(rehearsal: Rehearsal, files: RehearsedStack): Promise<void> {
  releaseLock(rehearsal, files);
  await forgetPending(rehearsal, files);
}

// A killed engine leaves its lock behind. The CLI's own `cancel` reads the state, which may be
// damaged.
function releaseLock({ state, project }: Rehearsal, { stack }: RehearsedStack): void {
  if (state.lockHolder(project.name, stack)?.alive === false) state.unlock(project.name, stack);
}

// Pending operations are looked up like every other resource that the state lacks.
async function forgetPending(rehearsal: Rehearsal, files: RehearsedStack): Promise<void> {
  const workspace = rehearsal.workspace(files);
  const { version, deployment } = await workspace.export("encrypted");
  if (!deployment.pending_operations?.length) return;
  await workspace.import({ version, deployment: { ...deployment, pending_operations: [] } });
}

async function adoptAll(trial: Trial): Promise<Adoption> {
  const nothing: Adoption = { found: new Map(), unfit: new Map(), drawn: new Map() };
  const before = await preview(trial);
  const created = createdBy(before.events);
  if (created.length === 0) return nothing;
  const clues = new Clues();
  let adoption = await adopt(trial, created, clues);
  if ([...adoption.unfit.keys(), ...adoption.drawn.keys()].some((urn) => clues.knows(urn))) {
    // Runs again: some values were needed before they were learned.
    trial.reset();
    adoption = await adopt(trial, created, clues);
  }
  if (adoption.found.size === 0) return { ...nothing, unfit: adoption.unfit };
  await readAll(trial, [...adoption.found.keys()]);
  trial.resources = without(trial.resources, (urn) => adoption.unfit.has(urn));
  await settle(trial, adoption, new Set(harmsOf(before.events).map(({ urn }) => urn)));
  return adoption;
}

async function adopt(trial: Trial, urns: readonly string[], clues: Clues): Promise<Adoption> {
  const adoption: Adoption = { found: new Map(), unfit: new Map(), drawn: new Map() };
  const recorded = new Recorded(trial.rehearsal.state);
  const adopted = await trial.run(
    "up",
    // The resources to adopt are not in the state yet and cannot be read.
    ["--refresh=false", ...urns.flatMap((urn) => ["--target", urn])],
    (provider, store) => adopting(provider, store, clues, adoption, recorded),
  );
  if (!adopted.ok) throw new EngineError(adopted.errors.join("\n"));
  return adoption;
}

// The state holds only the program's inputs so far; a refresh reads the vendor's.
async function readAll(trial: Trial, urns: readonly string[]): Promise<void> {
  const nothing: Adoption = { found: new Map(), unfit: new Map(), drawn: new Map() };
  const refreshed = await trial.run(
    "refresh",
    urns.flatMap((urn) => ["--target", urn]),
    (provider, store) => adopting(provider, store, new Clues(), nothing, new Recorded(trial.rehearsal.state)),
  );
  if (!refreshed.ok) throw new EngineError(refreshed.errors.join("\n"));
}

// Previews the next `up` until it would not replace or delete an adopted resource. A credential
// whose secret half is lost gets a successor beside it.
async function settle(trial: Trial, adoption: Adoption, planned: ReadonlySet<string>): Promise<void> {
  for (;;) {
    const recorded = trial.resources;
    // A protected resource ends a preview before it has shown all other steps.
    trial.resources = recorded.map((resource) => ({ ...resource, protect: false }));
    const { events } = await preview(trial);
    const protectedOnes = new Set(recorded.filter(({ protect }) => protect).map(({ urn }) => urn));
    const harms = harmsOf(events).filter(
      ({ urn }) => adoption.found.has(urn) || protectedOnes.has(urn) || !planned.has(urn),
    );
    const lost = new Set([...adoption.drawn.keys(), ...adoption.unfit.keys()]);
    const halves = harms.filter((harm) => isHalfOf(harm, recorded, lost));
    trial.resources = recorded;
    if (harms.length === 0) return;
    if (halves.length === 0) throw new RecoverRefused(refusal(harms, recorded));
    for (const { urn } of halves) {
      const { type, ids, providerConfig } = adoption.found.get(urn) ?? {
        type: "",
        ids: [],
        providerConfig: {},
      };
      adoption.found.delete(urn);
      adoption.unfit.set(urn, { type, ids, providerConfig, why: "secret lost" });
    }
    trial.resources = without(recorded, (urn) => adoption.unfit.has(urn));
  }
}

function isHalfOf(
  { urn, type, because }: Harm,
  resources: readonly DeployedResource[],
  lost: ReadonlySet<string>,
): boolean {
  if (!kindOf(type)?.credential) return false;
  const { propertyDependencies = {} } = (resources.find((resource) => resource.urn === urn) ?? {}) as {
    propertyDependencies?: Record<string, string[] | null>;
  };
  return because.some((property) => propertyDependencies[property]?.some((other) => lost.has(other)));
}

function refusal(harms: readonly Harm[], resources: readonly DeployedResource[]): string {
  const lines = harms.map(({ urn, op, because }) => {
    const id = resources.find((resource) => resource.urn === urn)?.id;
    const why = because.length > 0 ? `, because of ${because.join(", ")}` : "";
    return `  ${op} ${logicalName(urn)} (${urn.split("::")[2]?.split("$").at(-1)} ${id ?? ""})${why}`;
  });
  return [
    "Nothing was recorded: the program does not declare what exists, and the next up would",
    ...lines,
    "Let the stack declare what there is, run recover again, and make the change after that.",
  ].join("\n");
}

async function preview(trial: Trial): Promise<Outcome> {
  const outcome = await trial.run("preview");
  if (!outcome.ok) throw new EngineError(outcome.errors.join("\n"));
  return outcome;
}
