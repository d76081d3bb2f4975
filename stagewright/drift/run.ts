import type { Project, StackFiles } from "../project/project";
import { EngineError } from "../rehearsal/errors";
import type { EngineEvent } from "../rehearsal/events";
import { unseenOf } from "../rehearsal/refusals";
import type { Rehearsal } from "../rehearsal/run";
import { environmentAsWritten } from "../review/base/written";
import { resourcesBefore } from "../review/change/resources";
import { runLive } from "../review/run-live";
import type { StackReview } from "../review/summary/model";
import { summarize } from "../review/summary/summarize";
import { asPreview } from "./events";
import { mendingOf } from "./mending";

// Looks and changes nothing, neither at the vendors nor in the state.
const LOOK = "--preview-only";

/** The drift of a stack in its rehearsal cloud. @throws EngineError where the engine fails, or where the stack was never there. */
export async function rehearsedDrift(rehearsal: Rehearsal, files: StackFiles): Promise<StackReview> {
  const { stack } = files;
  if (!rehearsal.state.knows(rehearsal.project.name, stack)) {
    throw new EngineError(
      `${stack} is not in the rehearsal cloud ${rehearsal.options.cloud}; \`stagewright rehearse up --stack ${stack}\` brings it there`,
    );
  }
  const { errors, ok, events } = await rehearsal.run(files, "refresh", [LOOK]);
  return driftOf(rehearsal.project, files, { events, errors: ok ? [] : errors });
}

/**
 * The drift of a stack at the vendors: the official CLI in the project's folder, with the state backend and the credentials of
 * this environment. They need to read only.
 *
 * @throws EngineError with what the CLI said where it fails.
 */
export async function liveDrift(
  project: Project,
  files: StackFiles,
  onProgress?: (line: string) => void,
): Promise<StackReview> {
  return driftOf(project, files, await runLive(project.dir, files.stack, ["refresh", LOOK], onProgress));
}

// As a review tells a change: before is what was deployed, after is what somebody has made of it.
function driftOf(
  project: Project,
  files: StackFiles,
  { events: found, errors }: { events: EngineEvent[]; errors: string[] },
): StackReview {
  const { stack } = files;
  if (errors.length > 0) throw new EngineError(`the drift of ${stack} is not known: ${errors.join("\n")}`);
  const events = asPreview(found);
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
    errors: [],
    baseErrors: [],
    notes: [],
  });
  const types = resourcesBefore(events).map(({ type }) => type);
  return { ...told, mending: mendingOf(told.changes, told.environment), unseen: unseenOf(types) };
}
