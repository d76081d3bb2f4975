import type { Project, StackFiles } from "../project/project";
import { EngineError } from "../rehearsal/errors";
import type { EngineEvent } from "../rehearsal/events";
import { type Existing, forbids } from "../rehearsal/existing/existing";
import { unseenOf } from "../rehearsal/refusals";
import type { Rehearsal } from "../rehearsal/run";
import { environmentAsWritten } from "../review/base/written";
import { resourcesBefore } from "../review/change/resources";
import { isEmptyState } from "../review/empty-state";
import { runLive } from "../review/run-live";
import type { StackReview } from "../review/summary/model";
import { summarize } from "../review/summary/summarize";
import { asPreview } from "./events";
import { mendingOf } from "./mending";

// Looks and changes nothing, neither at the vendors nor in the state.
const LOOK = "--preview-only";

/**
 * The drift of a stack in its rehearsal cloud, with what its program declares and its state does
 * not know although it exists.
 *
 * @throws EngineError where the engine fails, or where the stack was never there.
 */
export async function rehearsedDrift(rehearsal: Rehearsal, files: StackFiles): Promise<StackReview> {
  const { stack } = files;
  if (rehearsal.state.resources(rehearsal.project.name, stack).length === 0) {
    // Never there, or there and its state is lost: a preview tells which.
    const { existing } = await rehearsal.run(files, "preview");
    if (existing.some(forbids)) return driftOf(rehearsal.project, files, { events: [], existing });
    throw new EngineError(
      `${stack} is not in the rehearsal cloud ${rehearsal.options.cloud}; \`stagewright rehearse up --stack ${stack}\` brings it there`,
    );
  }
  const { errors, ok, events, existing } = await rehearsal.run(files, "refresh", [LOOK]);
  if (!ok) throw unknown(stack, errors);
  return driftOf(rehearsal.project, files, { events, existing });
}

/**
 * The drift of a stack at the vendors: the official CLI in the project's folder, with the state
 * backend and the credentials of this environment. They need to read only.
 *
 * @throws EngineError with what the CLI said where it fails.
 */
export async function liveDrift(
  project: Project,
  files: StackFiles,
  onProgress?: (line: string) => void,
): Promise<StackReview> {
  const { events, errors } = await runLive(project.dir, files.stack, ["refresh", LOOK], onProgress);
  if (errors.length > 0) throw unknown(files.stack, errors);
  return driftOf(project, files, { events, lost: isEmptyState(events) });
}

function unknown(stack: string, errors: readonly string[]): EngineError {
  return new EngineError(`the drift of ${stack} is not known: ${errors.join("\n")}`);
}

// As a review tells a change: before is what was deployed, after is what somebody has made of it.
function driftOf(
  project: Project,
  files: StackFiles,
  found: { events: EngineEvent[]; existing?: readonly Existing[]; lost?: boolean },
): StackReview {
  const { stack } = files;
  const events = asPreview(found.events);
  const written = environmentAsWritten(project, stack);
  const told = summarize({
    system: project.name,
    stack,
    stands: "both",
    byHand: true,
    written: { before: written, after: written },
    files: { before: files, after: files },
    resources: resourcesBefore(events),
    events,
    existing: found.existing,
    lost: found.lost,
    errors: [],
    baseErrors: [],
    notes: [],
  });
  const types = resourcesBefore(events).map(({ type }) => type);
  return { ...told, mending: mendingOf(told.changes, told.environment), unseen: unseenOf(types) };
}
