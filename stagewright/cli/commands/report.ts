import { mkdirSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { readProject } from "../../project/project";
import { readSystem } from "../../project/system";
import { gather } from "../../report/gather";
import { writeReport } from "../../report/write";
import { dirOption } from "../options";
import { UsageError } from "../usage";

interface Options {
  out: string;
  dir: string;
  cloud?: string;
}

/** `stagewright report --out DIR` */
export function reportCommand(): Command {
  return new Command("report")
    .description(
      "rehearse every stack and write a page with pictures of the environments and how they compare",
    )
    .requiredOption(
      "--out <folder>",
      "where index.html, topology.svg, promotion.svg and calendar.svg are written",
    )
    .addOption(dirOption())
    .option(
      "--cloud <file>",
      "file of a rehearsal cloud: stacks that are up in it are shown as they are there",
      (file: string) => path.resolve(file),
    )
    .action(report);
}

async function report({ out, dir, cloud }: Options): Promise<void> {
  const project = readProject(path.resolve(dir));
  if (project.stacks.length === 0)
    throw new UsageError(`${project.name} has no stack; accepted is a folder with a Pulumi.<stack>.yaml`);
  mkdirSync(out, { recursive: true }); // reports an unwritable folder before the rehearsal runs
  const all = readSystem(project);
  const { stacks, comparisons } = await gather(project, all, cloud, (line) => console.error(line));
  console.log(writeReport(project, stacks, comparisons, path.resolve(out)));
}
