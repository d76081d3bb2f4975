import { findEngine } from "../engine/find";
import type { Progress } from "../host/progress";
import { run } from "../host/run";
import { type EngineEvent, receiveEvents } from "../rehearsal/events";

/**
 * Runs the official CLI in a project's folder, with the state backend and the credentials of this
 * environment, and collects the engine's events.
 *
 * @param command the command with its own flags: `["preview"]`
 * @returns the events, and the errors if it failed
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
      env: { ...process.env, ...engine.env, PULUMI_DEBUG_COMMANDS: "true" }, // enables the flag --event-log
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
