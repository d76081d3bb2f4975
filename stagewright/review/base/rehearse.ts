import { existsSync } from "node:fs";
import path from "node:path";
import { run } from "../../host/run";

/** The outcome of the base's own rehearsal. */
export interface BaseRehearsed {
  ok: boolean;
  /** Why the base failed to come up. */
  errors: string[];
}

// The places of the command in a repository: in Stagewright itself, in Stagewright before its tool
// had a folder of its own, or in a project that depends on it.
const COMMANDS = [
  "stagewright/cli/stagewright.js",
  "cli/stagewright.js",
  "node_modules/stagewright/stagewright/cli/stagewright.js",
];

/**
 * Brings a stack up from nothing with the base's own code. It calls the base's command as a person
 * would, because only the command line is stable between versions.
 *
 * @param tree the base's checkout, with its packages
 * @param dir folder of the project in it
 * @param cloud file of the rehearsal cloud to create
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

// A crash prints pages of output, and one line of it is the error.
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
