import { Command } from "commander";

/**
 * The commands in the order of the help. Each file exports its command's factory and nothing else.
 */
const NAMES = [
  "start",
  "rehearse",
  "parity",
  "isolation",
  "policy",
  "drift",
  "recover",
  "env",
  "report",
  "review",
  "workflows",
  "calendar",
  "cost",
  "compose",
  "plan-release",
  "new-system",
  "schema",
  "doctor",
];

/**
 * The `stagewright` command.
 *
 * @param name the command to run; any other word loads all of them
 */
export function command(name = ""): Command {
  const program = new Command("stagewright")
    .description("Environments as code, rehearsed before they reach a cloud.")
    .showHelpAfterError("(stagewright --help shows what there is)")
    .exitOverride();
  const called = NAMES.includes(name) ? [name] : NAMES;
  for (const each of called) program.addCommand(load(each).copyInheritedSettings(program));
  return program;
}

// Loads only the command that runs: loading all of them takes longer than most of them run.
function load(name: string): Command {
  const [make] = Object.values<() => Command>(require(`./commands/${name}`));
  if (!make) throw new Error(`stagewright/cli/commands/${name}.ts exports no command`);
  return make();
}
