import { Command } from "commander";
import { createCommand } from "./env/create";
import { destroyCommand } from "./env/destroy";
import { extendCommand } from "./env/extend";
import { listCommand } from "./env/list";
import { openCommand } from "./env/open";
import { reapCommand } from "./env/reap";

/** `stagewright env create|list|extend|open|destroy|reap` */
export function envCommand(): Command {
  const env = new Command("env").description("ephemeral environments: one command, gone in time");
  for (const command of [
    createCommand(),
    listCommand(),
    extendCommand(),
    openCommand(),
    destroyCommand(),
    reapCommand(),
  ])
    env.addCommand(command);
  return env;
}
