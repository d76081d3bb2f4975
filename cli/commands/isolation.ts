import path from "node:path";
import { Command } from "commander";
import { sharedByStacks } from "../../review/isolation-run";
import { readProject } from "../../spec/project";
import { readStackOfSystem } from "../../spec/system";
import { ExitCode } from "../exit";
import { dirOption, jsonOption } from "../options";
import { isolationText } from "../output/isolation";
import { UsageError } from "../usage";

/** `stagewright isolation A B` */
export function isolationCommand(): Command {
  return new Command("isolation")
    .description("prove that two stacks share nothing but what both declare as common")
    .argument("<A>", "a stack, for example staging")
    .argument("<B>", "another one, for example production")
    .addOption(dirOption())
    .addOption(jsonOption())
    .action(async (a: string, b: string, { dir, json }: { dir: string; json?: boolean }) => {
      if (a === b) throw new UsageError(`${a} is named twice; accepted are two different stacks`);
      const project = readProject(path.resolve(dir));
      const stacks = [readStackOfSystem(project, a), readStackOfSystem(project, b)] as const;
      const report = await sharedByStacks(project, ...stacks, (line) => console.error(line));
      console.log(
        json
          ? JSON.stringify({ a, b, isolated: report.shared.length === 0, ...report })
          : isolationText(a, b, report),
      );
      if (report.shared.length > 0) throw new ExitCode(1);
    });
}
