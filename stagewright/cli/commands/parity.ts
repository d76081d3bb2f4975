import path from "node:path";
import { Command } from "commander";
import { isParallel } from "../../parity/parity";
import { compareStacks } from "../../parity/run";
import { readProject } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { ExitCode } from "../exit";
import { dirOption, jsonOption } from "../options";
import { parityJson, parityText } from "../output/parity";
import { UsageError } from "../usage";

/** `stagewright parity A B` */
export function parityCommand(): Command {
  return new Command("parity")
    .description("prove that two stacks are equal but for what their files state, and list it line by line")
    .argument("<A>", "a stack, for example staging")
    .argument("<B>", "another one, for example production")
    .addOption(dirOption())
    .addOption(jsonOption())
    .action(async (a: string, b: string, { dir, json }: { dir: string; json?: boolean }) => {
      if (a === b) throw new UsageError(`${a} is named twice; accepted are two different stacks`);
      const project = readProject(path.resolve(dir));
      const report = await compareStacks(
        project,
        readStackOfSystem(project, a),
        readStackOfSystem(project, b),
        (line) => console.error(line),
      );
      console.log(json ? JSON.stringify(parityJson(report)) : parityText(report));
      if (!isParallel(report)) throw new ExitCode(1);
    });
}
