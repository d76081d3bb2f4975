import { findEngine } from "../engine/find";
import { run } from "../engine/run";
import { type EngineEvent, receiveEvents } from "../rehearsal/events";
import type { Rehearsal } from "../rehearsal/run";
import { EngineError } from "../rehearsal/workspace";
import type { Project, StackFiles } from "../spec/project";
import { type Drift, driftOf } from "./drift";

// Looks and changes nothing, neither at the vendors nor in the state.
const LOOK = "--preview-only";

/** The drift of a stack in its rehearsal cloud. @throws EngineError where the engine fails, or where the stack was never there. */
export async function rehearsedDrift(rehearsal: Rehearsal, files: StackFiles): Promise<Drift> {
  const { stack } = files;
  if (!rehearsal.state.knows(rehearsal.project.name, stack)) {
    throw new EngineError(
      `${stack} is not in the rehearsal cloud ${rehearsal.options.cloud}; \`stagewright rehearse up --stack ${stack}\` brings it there`,
    );
  }
  const { ok, errors, events } = await rehearsal.run(files, "refresh", [LOOK]);
  if (!ok) throw new EngineError(`the drift of ${stack} is not known: ${errors.join("\n")}`);
  return driftOf(events);
}

/**
 * The drift of a stack at the vendors: the official CLI in the project's folder, with the state backend and the credentials of
 * this environment. They need to read only.
 *
 * @throws EngineError with what the CLI said where it fails.
 */
export async function liveDrift(
  project: Project,
  stack: string,
  onProgress?: (line: string) => void,
): Promise<Drift> {
  const engine = await findEngine({ progress: onProgress });
  const events: EngineEvent[] = [];
  const sink = await receiveEvents((event) => events.push(event));
  try {
    const flags = [
      "--non-interactive",
      "--suppress-outputs",
      "--color",
      "never",
      "--event-log",
      sink.address,
    ];
    const { code, output } = await run(engine.pulumi, ["refresh", LOOK, "--stack", stack, ...flags], {
      cwd: project.dir,
      // The flag that gives events is for debugging, by its name.
      env: { ...process.env, ...engine.env, PULUMI_DEBUG_COMMANDS: "true" },
    });
    if (code !== 0) throw new EngineError(`the drift of ${stack} is not known: ${output.trim()}`);
  } finally {
    sink.stop();
  }
  return driftOf(events);
}
