import { writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { driftMarkdown } from "../../drift/markdown";
import { liveDrift, rehearsedDrift } from "../../drift/run";
import { Rehearsal } from "../../rehearsal/run";
import { readProject } from "../../spec/project";
import { readStackOfSystem } from "../../spec/system";
import { ExitCode } from "../exit";
import { cloudOption, dirOption, jsonOption, stackOption } from "../options";
import { driftText } from "../output/drift";

interface Options {
  stack: string;
  dir: string;
  cloud: string;
  live?: boolean;
  markdown?: string;
  json?: boolean;
}

/** `stagewright drift --stack S` */
export function driftCommand(): Command {
  return new Command("drift")
    .description("tell what somebody changed by hand since a stack was deployed; nothing is changed by it")
    .addOption(stackOption())
    .addOption(dirOption())
    .addOption(cloudOption())
    .option(
      "--live",
      "look at the vendors, with the credentials of this environment, not at the rehearsal cloud",
    )
    .option("--markdown <file>", "write it as Markdown as well, for an issue")
    .addOption(jsonOption())
    .action(drift);
}

async function drift({ stack, dir, cloud, live, markdown, json }: Options): Promise<void> {
  const project = readProject(path.resolve(dir));
  const files = readStackOfSystem(project, stack);
  const onProgress = (line: string) => console.error(line);
  const found = live
    ? await liveDrift(project, stack, onProgress)
    : await rehearsedDrift(new Rehearsal(project, { cloud, onProgress }), files);
  if (markdown !== undefined) writeFileSync(markdown, driftMarkdown(stack, found));
  console.log(json ? JSON.stringify({ system: project.name, stack, ...found }) : driftText(stack, found));
  if (found.things.length > 0) throw new ExitCode(1);
}
