import { Command } from "commander";
import { jsonOption } from "../../options";
import { environmentText } from "../../output/environments";
import { openSystem, refusing, type SystemOptions, ttlOption, withSystem } from "./system";

/** `stagewright env extend NAME --ttl 48h` */
export function extendCommand(): Command {
  const command = new Command("extend")
    .description("let one live that long from now on, without touching anything else")
    .argument("<NAME>", "its name")
    .addOption(ttlOption().makeOptionMandatory())
    .addOption(jsonOption());
  return withSystem(command).action(
    async (name: string, options: SystemOptions & { ttl: string; json?: boolean }) => {
      const { environments } = openSystem(options);
      const view = await refusing(() => environments.extend(name, options.ttl));
      console.log(options.json ? JSON.stringify(view) : environmentText(view, environments.now()));
    },
  );
}
