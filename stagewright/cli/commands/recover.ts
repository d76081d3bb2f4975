import path from "node:path";
import { Command } from "commander";
import { logicalName } from "../../../providers/protocol/names";
import { readProject } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { recover } from "../../rehearsal/recover";
import { Rehearsal } from "../../rehearsal/run";
import { cloudOption, dirOption, stackOption } from "../options";
import { shortType } from "../output/names";

/** `stagewright recover --stack S` */
export function recoverCommand(): Command {
  return new Command("recover")
    .description("after a crash: find what was created but not recorded, and adopt it")
    .addOption(stackOption())
    .addOption(dirOption())
    .addOption(cloudOption())
    .action(async ({ stack, dir, cloud }: { stack: string; dir: string; cloud: string }) => {
      const project = readProject(path.resolve(dir));
      const files = readStackOfSystem(project, stack);
      const rehearsal = new Rehearsal(project, { cloud, onProgress: (line) => console.error(line) });
      const adopted = await recover(rehearsal, files);
      for (const { urn, type, id } of adopted)
        console.log(`adopted ${logicalName(urn)} (${shortType(type)} ${id})`);
      console.log(adopted.length === 0 ? "nothing was left unrecorded" : `${adopted.length} adopted`);
    });
}
