import { existsSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { didYouMean } from "../../environment/problems";
import { sharedByStacks } from "../../isolation/run";
import { type Project, readProject, type StackFiles } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { ExitCode } from "../exit";
import { cloudOption, dirOption, jsonOption } from "../options";
import { isolationText } from "../output/isolation";
import { UsageError } from "../usage";
import { openSystem, refusing } from "./env/system";

interface Options {
  dir: string;
  cloud: string;
  json?: boolean;
}

/** `stagewright isolation A B` */
export function isolationCommand(): Command {
  return new Command("isolation")
    .description("prove that two environments share nothing but what they state to share")
    .argument("<A>", "a stack, or an ephemeral environment of the rehearsal cloud: staging, or pr-12")
    .argument("<B>", "another one, for example production")
    .addOption(dirOption())
    .addOption(cloudOption())
    .addOption(jsonOption())
    .action(isolation);
}

async function isolation(a: string, b: string, { dir, cloud, json }: Options): Promise<void> {
  const project = readProject(path.resolve(dir));
  const sides = [await sideOf(project, a, cloud), await sideOf(project, b, cloud)] as const;
  if (sides[0].stack === sides[1].stack)
    throw new UsageError(`${a} is named twice; accepted are two different stacks`);
  const report = await sharedByStacks(project, ...sides, (line) => console.error(line));
  console.log(
    json
      ? JSON.stringify({ a, b, isolated: report.shared.length === 0, ...report })
      : isolationText(a, b, report),
  );
  if (report.shared.length > 0) throw new ExitCode(1);
}

/** Reads a stack from its files, or an ephemeral environment of the rehearsal from its state. */
async function sideOf(project: Project, name: string, cloud: string): Promise<StackFiles> {
  if (project.stacks.includes(name)) return readStackOfSystem(project, name);
  const found = existsSync(cloud) ? await ephemeralIn(project, name, cloud) : undefined;
  if (found) return found;
  throw new UsageError(
    `${name} is neither a stack of ${project.name} nor an ephemeral environment in ${path.relative("", cloud)}; accepted: ${project.stacks.join(", ")}, or a name that \`stagewright env list --rehearse\` shows${didYouMean(name, project.stacks)}`,
  );
}

async function ephemeralIn({ dir }: Project, name: string, cloud: string): Promise<StackFiles | undefined> {
  const { project, environments } = openSystem({ dir, cloud, rehearse: true, latency: "none", fail: [] });
  return refusing(() => environments.files(project, name));
}
