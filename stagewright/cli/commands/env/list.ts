import { Command } from "commander";
import { jsonOption } from "../../options";
import { environmentsText } from "../../output/environments";
import { openSystem, type SystemOptions, withSystem } from "./system";

/** `stagewright env list` */
export function listCommand(): Command {
  const command = new Command("list")
    .description("show all that there are: where, whose, what they cost and share, and until when")
    .addOption(jsonOption());
  return withSystem(command).action(async (options: SystemOptions & { json?: boolean }) => {
    const { environments } = openSystem(options);
    const views = await environments.list();
    console.log(
      options.json ? JSON.stringify({ environments: views }) : environmentsText(views, environments.now()),
    );
  });
}
