import path from "node:path";
import { Command } from "commander";
import pc from "picocolors";
import { costOfSpec } from "../../cost/cost";
import { nearestToBase } from "../../parity/differs";
import { isParallel, type ParityReport } from "../../parity/parity";
import { compareStacks } from "../../parity/run";
import { type Project, readProject, type StackFiles } from "../../project/project";
import { readSystem } from "../../project/system";
import { type Outcome, Rehearsal } from "../../rehearsal/run";
import { writeReport } from "../../report/write";
import type { Deployment } from "../../resources/deployment";
import { ExitCode } from "../exit";
import { cloudOption, dirOption } from "../options";
import { changeLine, summaryLine } from "../output/changes";
import { costLine } from "../output/cost";
import { parityText } from "../output/parity";
import { resourceTree } from "../output/tree";

interface Rehearsed {
  files: StackFiles;
  outcome: Outcome;
  seconds: number;
  deployment: Deployment;
}

/** `npm start`: rehearses every stack of the project and shows the results. */
export function startCommand(): Command {
  return new Command("start")
    .description("rehearse `up` of every stack of the project, then show them and what differs between them")
    .addOption(dirOption())
    .addOption(cloudOption())
    .action(start);
}

async function start({ dir, cloud }: { dir: string; cloud: string }): Promise<void> {
  const project = readProject(path.resolve(dir));
  const all = readSystem(project);
  const where = path.relative(".", cloud);
  console.log(
    `Rehearsing ${project.name}: ${project.stacks.join(" and ")}, in ${where}. No account, no secret.`,
  );
  const rehearsed = await Promise.all(all.map((files) => rehearse(project, files, cloud)));
  for (const each of rehearsed) show(each);
  if (rehearsed.some(({ outcome }) => !outcome.ok)) throw new ExitCode(3);
  const comparisons = await compare(project, all);
  const stacks = rehearsed.map(({ files, deployment }) => ({
    files,
    resources: deployment.deployment.resources ?? [],
  }));
  console.log(
    `\nThe report: ${writeReport(project, stacks, comparisons, path.join(path.dirname(cloud), "report"))}`,
  );
  if (!comparisons.every(({ parity }) => isParallel(parity))) throw new ExitCode(1);
}

async function rehearse(project: Project, files: StackFiles, cloud: string): Promise<Rehearsed> {
  const width = Math.max(...project.stacks.map(({ length }) => length));
  const rehearsal = new Rehearsal(project, {
    cloud,
    onProgress: (line) => console.log(line),
    onEvent: (event) => {
      const line = changeLine("up", event);
      if (line) console.log(`${pc.cyan(files.stack.padEnd(width))}${line}`);
    },
  });
  const started = performance.now();
  const outcome = await rehearsal.run(files, "up");
  const seconds = (performance.now() - started) / 1000;
  return { files, outcome, seconds, deployment: await rehearsal.exportStack(files) };
}

function show({ files, outcome, seconds, deployment }: Rehearsed): void {
  console.log(`\n${resourceTree(deployment.deployment.resources ?? []).join("\n")}`);
  for (const error of outcome.errors) console.error(error);
  console.log(summaryLine("up", outcome, seconds));
  console.log(`${files.stack} ${costLine(costOfSpec(files.spec), files.spec.budget)}`);
}

interface Compared {
  a: string;
  b: string;
  parity: ParityReport;
}

async function compare(project: Project, all: readonly StackFiles[]): Promise<Compared[]> {
  const { base, others } = nearestToBase(all);
  const comparisons: Compared[] = [];
  for (const other of others) {
    if (!base) break;
    const parity = await compareStacks(project, other, base);
    console.log(`\n${parityText(parity)}`);
    comparisons.push({ a: other.stack, b: base.stack, parity });
  }
  return comparisons;
}
