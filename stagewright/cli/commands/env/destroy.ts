import { Command } from "commander";
import { jsonOption } from "../../options";
import { openSystem, refusing, type SystemOptions, withSystem } from "./system";

/** `stagewright env destroy NAME` */
export function destroyCommand(): Command {
  const command = new Command("destroy")
    .description(
      "destroy one, whether or not its branch, its stack or the program that made it are still there",
    )
    .argument("<NAME>", "its name")
    .addOption(jsonOption());
  return withSystem(command).action(async (name: string, options: SystemOptions & { json?: boolean }) => {
    const { environments } = openSystem(options);
    const destroyed = await refusing(() => environments.destroy(name));
    if (options.json) console.log(JSON.stringify({ name, destroyed }));
    else console.log(destroyed ? `${name} is gone` : `there is no ephemeral environment ${name}`);
  });
}
