import { findEngine } from "../engine/find";
import type { Progress } from "../host/progress";
import { run } from "../host/run";
import { type EngineEvent, receiveEvents } from "../rehearsal/events";

/**
 * Runs the official CLI in a project's folder, with the state backend and the credentials of this
 * environment, and says what the engine told.
 *
 * @param command what to run, with its own flags: `["preview"]`
 * @returns with why it failed; without errors it has not
 */
export async function runLive(
  dir: string,
  stack: string,
  command: readonly string[],
  progress?: Progress,
): Promise<{ events: EngineEvent[]; errors: string[] }> {
  const engine = await findEngine({ progress });
  const events: EngineEvent[] = [];
  const sink = await receiveEvents((event) => events.push(event));
  const flags = ["--non-interactive", "--suppress-outputs", "--color", "never", "--event-log", sink.address];
  try {
    const { code, output } = await run(engine.pulumi, [...command, "--stack", stack, ...flags], {
      cwd: dir,
      env: { ...process.env, ...engine.env, PULUMI_DEBUG_COMMANDS: "true" }, // which knows the flag --event-log
    });
    if (code === 0) return { events, errors: [] };
    const told = events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [],
    );
    return { events, errors: told.length > 0 ? [...new Set(told)] : [output.trim()] };
  } finally {
    sink.stop();
  }
}
