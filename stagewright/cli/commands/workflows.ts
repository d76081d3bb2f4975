import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { readProject } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { workflows } from "../../release/workflow";
import { dirOption, stackOption } from "../options";

/** `stagewright workflows --stack S --out DIR` */
export function workflowsCommand(): Command {
  return new Command("workflows")
    .description("write the workflow files that the stack would commit, by repository and branch")
    .addOption(stackOption())
    .addOption(dirOption())
    .requiredOption("--out <folder>", "folder to write into: <owner>/<repository>/.github/workflows/…")
    .action(({ stack, dir, out }: { stack: string; dir: string; out: string }) => {
      const project = readProject(path.resolve(dir));
      for (const { repository, path: file, branch, content } of workflows(
        project.name,
        readStackOfSystem(project, stack).spec,
      )) {
        const target = path.join(out, repository, file);
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(target, content);
        console.log(`${target}  (${repository}, ${branch ? `branch ${branch}` : "default branch"})`);
      }
    });
}
