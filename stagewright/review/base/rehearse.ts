import { existsSync } from "node:fs";
import path from "node:path";
import { run } from "../../host/run";

/** How the base's own rehearsal ended. */
export interface BaseRehearsed {
  ok: boolean;
  /** Why it did not come up. */
  errors: string[];
}

// Where a repository has the command: it is Stagewright itself, today's or that of before its tool
// had a folder of its own, or it depends on it.
const COMMANDS = [
  "stagewright/cli/stagewright.js",
  "cli/stagewright.js",
  "node_modules/stagewright/stagewright/cli/stagewright.js",
];

/**
 * Brings a stack up as the base has it, from nothing, by the base's own code: its command is called
 * as a person calls it, which is the one thing that stays the same from version to version.
 *
 * @param tree the base's checkout, with its packages
 * @param dir folder of the project in it
 * @param cloud file of the rehearsal cloud that is made
 */
export async function rehearseBase(
  tree: string,
  dir: string,
  stack: string,
  cloud: string,
): Promise<BaseRehearsed> {
  const command = COMMANDS.map((file) => path.join(tree, file)).find((file) => existsSync(file));
  if (command === undefined) {
    const says =
      "the base is older than the command stagewright, so it cannot be rehearsed; name a later one by --base";
    return { ok: false, errors: [says] };
  }
  const args = [command, "rehearse", "up", "--stack", stack, "--dir", dir || ".", "--cloud", cloud, "--json"];
  const { code, stdout, output } = await run(process.execPath, args, { cwd: tree, env: plainEnv() });
  const told = resultIn(stdout);
  if (told) return { ok: told.ok && code === 0, errors: told.errors };
  return {
    ok: false,
    errors: [reasonIn(output) ?? `the base's rehearsal ended with ${code} and without a word`],
  };
}

// What a program that crashes prints goes on for pages: its error is one line of it.
function reasonIn(output: string): string | undefined {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const reason = lines.find((line) => /^\w*Error\b[^:]*: /.test(line)) ?? lines.at(-1);
  return reason?.slice(0, 500);
}

function plainEnv(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...env } = process.env;
  return { ...env, NO_COLOR: "1" };
}

function resultIn(stdout: string): BaseRehearsed | undefined {
  const line = stdout.split("\n").findLast((candidate) => candidate.startsWith("{"));
  if (line === undefined) return undefined;
  try {
    const { ok, errors } = JSON.parse(line) as Partial<BaseRehearsed>;
    return { ok: ok === true, errors: Array.isArray(errors) ? errors : [] };
  } catch {
    return undefined;
  }
}
