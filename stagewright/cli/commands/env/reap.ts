import { Command } from "commander";
import { reap, type Shard } from "../../../ephemeral/reap";
import { readSystem } from "../../../project/system";
import { ExitCode } from "../../exit";
import { jsonOption } from "../../options";
import { reapedText } from "../../output/environments";
import { openSystem, parseShard, type SystemOptions, withSystem } from "./system";

interface Options extends SystemOptions {
  dryRun?: boolean;
  shard?: Shard;
  json?: boolean;
}

/** `stagewright env reap` */
export function reapCommand(): Command {
  const command = new Command("reap")
    .description("destroy those whose time is over; find what nobody owns")
    .option("--dry-run", "only say what would be done")
    .option("--shard <part/of>", "look after a part of them, for example 1/4", parseShard)
    .addOption(jsonOption());
  return withSystem(command).action(async (options: Options) => {
    const { project, environments } = openSystem(options);
    const { dryRun = false, shard, json } = options;
    const likes = readSystem(project).map(({ spec }) => spec);
    const onProgress = (line: string) => console.error(line);
    const reaped = await reap(environments, { dryRun, shard, likes, onProgress });
    console.log(json ? JSON.stringify(reaped) : reapedText(reaped, dryRun));
    if (reaped.failed.length > 0) throw new ExitCode(3);
  });
}
