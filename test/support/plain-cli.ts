import path from "node:path";
import { findEngine } from "../../stagewright/engine/find";
import type { RunningCloud } from "../../stagewright/rehearsal/cloud";
import { type Ended, run } from "./process";

/**
 * The CLI as an operator with accounts types it, `pulumi … --stack STACK`, with the vendors' place
 * taken by a rehearsal cloud and nothing else. The vendors live in this process, so nothing here
 * may block it.
 *
 * @param dir the project's folder; its stack files are written to
 * @param state an empty folder for Pulumi's state and settings
 */
export async function plainCli(
  dir: string,
  state: string,
  stack: string,
  cloud: RunningCloud,
): Promise<(...args: string[]) => Promise<Ended>> {
  const engine = await findEngine();
  const env = { ...process.env, ...engine.env, ...accountsOf(state, cloud) };
  return (...args) => run(engine.pulumi, [...args, "--stack", stack, "--color", "never"], { cwd: dir, env });
}

/** What stands in an operator's environment: the state, and the vendors' place. */
export function accountsOf(state: string, cloud: RunningCloud): Record<string, string> {
  return {
    PULUMI_DEBUG_PROVIDERS: cloud.attach,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_HOME: path.join(state, "home"),
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
