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

// Reads only: changes neither the vendors nor the state.
const LOOK = "--preview-only";

/**
 * Finds the drift of a stack in its rehearsal cloud, and the resources that its program declares
 * and its state lacks although they exist.
 *
 * @throws EngineError if the engine fails, or if the stack was never deployed.
 */
export async function rehearsedDrift(rehearsal: Rehearsal, files: StackFiles): Promise<StackReview> {
  const { stack } = files;
  if (rehearsal.state.resources(rehearsal.project.name, stack).length === 0) {
    // A preview tells a stack that was never deployed from one whose state is lost.
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
 * Finds the drift of a stack at the vendors: runs the official CLI in the project's folder, with
 * the state backend and the credentials of this environment. Read access suffices.
 *
 * @throws EngineError with the CLI's message if it fails.
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

// In a review's terms: before is what was deployed, after is the result of manual changes.
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
