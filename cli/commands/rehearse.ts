import { writeFileSync } from "node:fs";
import path from "node:path";
import { Argument, Command } from "commander";
import { costOfSpec } from "../../cost/cost";
import { findings } from "../../policy/findings";
import { circumstancesOf, todayOf } from "../../policy/stack";
import type { Failure } from "../../rehearsal/conditions";
import { type EngineOperation, type Outcome, Rehearsal } from "../../rehearsal/run";
import { readProject } from "../../spec/project";
import { readStackOfSystem } from "../../spec/system";
import { ExitCode } from "../exit";
import { cloudOption, dirOption, failOption, jsonOption, latencyOption, stackOption } from "../options";
import { changeLine, summaryLine } from "../output/changes";
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
  if (options.json) {
    const told = asJson(project.name, options.stack, operation, outcome, seconds);
    console.log(JSON.stringify({ ...told, cost: { ...cost, budget: files.spec.budget?.monthly } }));
  }
  for (const error of outcome.errors) console.error(error);
  say(summaryLine(operation, outcome, seconds));
  if (operation !== "destroy") say(`${options.stack} ${costLine(cost, files.spec.budget)}`);
  // Only then the state holds what the files say.
  if (operation === "up" && outcome.ok) {
    const { deployment } = await rehearsal.exportStack(files);
    const circumstances = circumstancesOf(project, files, todayOf());
    say(policyLine(options.stack, findings(deployment.resources ?? [], circumstances)));
  }
  if (!outcome.ok) throw new ExitCode(3);
}

function asJson(
  system: string,
  stack: string,
  operation: EngineOperation,
  outcome: Outcome,
  seconds: number,
) {
  return {
    system,
    stack,
    operation,
    ok: outcome.ok,
    changes: outcome.changes,
    errors: outcome.errors,
    seconds,
  };
}
