import { Command } from "commander";

/**
 * In the order of the help. Each has a file of its own, which exports what makes it and nothing
 * else.
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
 * @param name the one command that is called; any other word: all that there are
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

// Only where it is called: all of them together take longer to load than most of what they do.
function load(name: string): Command {
  const [make] = Object.values<() => Command>(require(`./commands/${name}`));
  if (!make) throw new Error(`stagewright/cli/commands/${name}.ts exports no command`);
  return make();
}
