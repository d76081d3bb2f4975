import { writeFileSync } from "node:fs";
import path from "node:path";
import { Argument, Command } from "commander";
import { costOfSpec } from "../../cost/cost";
import { counts, type Finding, findings } from "../../policy/findings";
import { circumstancesOf, todayOf } from "../../policy/stack";
import { type Project, readProject, type StackFiles } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import type { Failure } from "../../rehearsal/conditions";
import { condensed } from "../../rehearsal/errors";
import { forbids } from "../../rehearsal/existing/existing";
import { existingText } from "../../rehearsal/existing/words";
import { type EngineOperation, type Outcome, Rehearsal } from "../../rehearsal/run";
import { dataAtRisk } from "../../review/at-risk";
import { resourcesAfter } from "../../review/change/resources";
import { ExitCode } from "../exit";
import { cloudOption, dirOption, failOption, jsonOption, latencyOption, stackOption } from "../options";
import { changeLine, riskLine, summaryLine } from "../output/changes";
import { costLine } from "../output/cost";
import { policyLine } from "../output/policy";

const OPERATIONS = ["up", "preview", "refresh", "destroy"] as const satisfies EngineOperation[];

interface Options {
  stack: string;
  dir: string;
  cloud: string;
  export?: string;
  json?: boolean;
  latency: "none" | "realistic";
  fail: Failure[];
}

/** `stagewright rehearse up|preview|refresh|destroy --stack S` */
export function rehearseCommand(): Command {
  return new Command("rehearse")
    .description("run the Pulumi engine for a stack against the rehearsal cloud")
    .addArgument(new Argument("<operation>", "what the engine does").choices(OPERATIONS))
    .addOption(stackOption())
    .addOption(dirOption())
    .addOption(cloudOption())
    .option(
      "--export <file>",
      "write the stack's deployment as JSON afterwards, with its (placeholder) secrets in plain text",
    )
    .addOption(jsonOption())
    .addOption(latencyOption())
    .addOption(failOption())
    .action(rehearse);
}

async function rehearse(operation: EngineOperation, options: Options): Promise<void> {
  const project = readProject(path.resolve(options.dir));
  const files = readStackOfSystem(project, options.stack);
  const say = options.json ? () => {} : (line: string) => console.log(line);
  const rehearsal = new Rehearsal(project, {
    cloud: options.cloud,
    latency: options.latency,
    failures: options.fail,
    onProgress: (line) => console.error(line),
    onEvent: (event) => {
      const line = changeLine(operation, event);
      if (line) say(line);
    },
  });
  say(
    `${operation} of ${project.name}/${options.stack} in the rehearsal cloud ${path.relative(".", options.cloud)}`,
  );
  const started = performance.now();
  const outcome = await rehearsal.run(files, operation);
  const seconds = (performance.now() - started) / 1000;
  if (options.export) {
    writeFileSync(options.export, `${JSON.stringify(await rehearsal.exportStack(files), null, 2)}\n`);
  }
  const cost = costOfSpec(files.spec);
  const policy = policyOf(project, files, operation, outcome);
  if (options.json) {
    const { ok, changes, errors, existing } = outcome;
    const told = {
      system: project.name,
      stack: options.stack,
      operation,
      ok,
      changes,
      errors,
      seconds,
      existing,
    };
    const verdict = policy && { holds: !policy.some(counts), findings: policy };
    const bill = { ...cost, budget: files.spec.budget?.monthly };
    console.log(JSON.stringify({ ...told, cost: bill, policy: verdict }));
  }
  for (const error of condensed(outcome.errors)) console.error(error);
  for (const { type, operation: which, nth } of outcome.unmet) {
    console.error(`--fail ${type}:${which}:${nth} met nothing: this run had no such operation`);
  }
  for (const risk of operation === "preview" ? await risksIn(rehearsal, files, outcome) : [])
    say(riskLine(risk));
  say(summaryLine(operation, outcome, seconds));
  if (operation !== "destroy") say(`${options.stack} ${costLine(cost, files.spec.budget)}`);
  if (policy) say(policyLine(options.stack, policy));
  if (outcome.ok) for (const line of existingText(options.stack, outcome.existing)) console.error(line);
  if (outcome.existing.some(forbids)) throw new ExitCode(1);
  if (!outcome.ok) throw new ExitCode(3);
}

function risksIn(rehearsal: Rehearsal, files: StackFiles, { events, existing }: Outcome): Promise<string[]> {
  const standing = async () => (await rehearsal.exportStack(files)).deployment.resources ?? [];
  return dataAtRisk(files.spec.name, events, existing, standing);
}

// Only these operations register everything in the files, and only if they succeed: a refresh sees
// the vendors' side alone.
function policyOf(
  project: Project,
  files: StackFiles,
  operation: EngineOperation,
  { ok, events, references }: Outcome,
): Finding[] | undefined {
  if (!ok || (operation !== "up" && operation !== "preview")) return undefined;
  return findings(resourcesAfter(events, references), circumstancesOf(project, files, todayOf()));
}
