import path from "node:path";
import { Command } from "commander";
import { costOfSpec } from "../../cost/cost";
import { readProject } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { dirOption, jsonOption, stackOption } from "../options";
import { costTable, totalLine } from "../output/cost";

/** `stagewright cost --stack S` */
export function costCommand(): Command {
  return new Command("cost")
    .description("what the plans of a stack cost a month, line by line, and what is not counted")
    .addOption(stackOption())
    .addOption(dirOption())
    .addOption(jsonOption())
    .action(({ stack, dir, json }: { stack: string; dir: string; json?: boolean }) => {
      const project = readProject(path.resolve(dir));
      const { spec } = readStackOfSystem(project, stack);
      const cost = costOfSpec(spec);
      if (json) {
        console.log(JSON.stringify({ system: project.name, stack, budget: spec.budget?.monthly, ...cost }));
        return;
      }
      for (const line of costTable(cost)) console.log(line);
      console.log(`${project.name}/${stack} ${totalLine(cost, spec.budget)}`);
    });
}
