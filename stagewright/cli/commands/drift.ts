import { writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { liveDrift, rehearsedDrift } from "../../drift/run";
import { readProject } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { Rehearsal } from "../../rehearsal/run";
import { driftJson } from "../../review/print/json";
import { driftMarkdown } from "../../review/print/markdown";
import { driftText } from "../../review/print/text";
import { ExitCode } from "../exit";
import { cloudOption, dirOption, jsonOption, stackOption } from "../options";
import { colored } from "../output/colored";

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
    ? await liveDrift(project, files, onProgress)
    : await rehearsedDrift(new Rehearsal(project, { cloud, onProgress }), files);
  if (markdown !== undefined) writeFileSync(markdown, `${driftMarkdown(found)}\n`);
  console.log(json ? driftJson(project.name, found) : driftText(found, colored()));
  if (found.verdict.level !== "nothing") throw new ExitCode(1);
}
