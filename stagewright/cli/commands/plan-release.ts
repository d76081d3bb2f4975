import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { Temporal } from "temporal-polyfill";
import { readProject } from "../../project/project";
import { readStackOfSystem, readSystem } from "../../project/system";
import { type Decision, decide } from "../../release/decision/decide";
import { decidePromotion } from "../../release/decision/promotion";
import type { Deployable } from "../../release/rules";
import { COMPONENTS, rulesOf } from "../../release/rules";
import { ExitCode } from "../exit";
import { readFacts } from "../facts";
import { dirOption, jsonOption, stackOption } from "../options";
import { decisionText } from "../output/decision";
import { UsageError } from "../usage";

interface Options {
  stack: string;
  commit: string;
  at: Temporal.Instant;
  facts?: string;
  component?: Deployable;
  promotion?: boolean;
  dir: string;
  json?: boolean;
}

/** `stagewright plan-release --stack S --commit SHA --at TIME` */
export function planReleaseCommand(): Command {
  return new Command("plan-release")
    .description(
      "say in words which rules allow or forbid the deploy of a commit at a time, from given facts",
    )
    .addOption(stackOption())
    .requiredOption("--commit <sha>", "the commit: 7 to 40 of 0-9 and a-f", commitArgument)
    .requiredOption(
      "--at <time>",
      "when, with an offset or zone: 2026-01-03T09:00Z, 2026-01-03T12:00[Africa/Nairobi]",
      timeArgument,
    )
    .option("--facts <file>", "JSON file with what is known of the commit (default: nothing is)")
    .addOption(
      new Option("--component <name>", "which of what the stack deploys (default: all)").choices(COMPONENTS),
    )
    .option("--promotion", "whether it may be promoted into the tracked branch, instead of deployed")
    .addOption(dirOption())
    .addOption(jsonOption())
    .action(planRelease);
}

function planRelease(options: Options): void {
  const { stack, commit, at, facts: file, component, promotion = false, dir, json } = options;
  const project = readProject(path.resolve(dir));
  const { spec } = readStackOfSystem(project, stack);
  const system = Object.fromEntries(readSystem(project).map((files) => [files.stack, files.spec]));
  const known = readFacts(file);
  const all = rulesOf(system, spec).filter(
    (rules) => component === undefined || rules.component === component,
  );
  if (all.length === 0)
    throw new UsageError(
      `the stack ${stack} deploys no ${component ?? "api and no gui"}; nothing can be planned`,
    );
  const asked = promotion ? all.filter((rules) => rules.promotion) : all;
  if (asked.length === 0)
    throw new UsageError(`the stack ${stack} promotes nothing; accepted with release.gui.promotion`);
  const plans = asked.map((rules) => ({
    rules,
    decision: promotion ? decidePromotion(rules, known) : decide(rules, known, at),
  }));
  if (json) {
    const result = plans.map(({ rules, decision }) => ({ component: rules.component, ...decision }));
    console.log(JSON.stringify({ system: project.name, stack, commit, at: at.toString(), plans: result }));
  } else {
    const verb = promotion ? "promoted" : "deployed";
    console.log(
      plans.map(({ rules, decision }) => decisionText(rules, commit, at, decision, verb)).join("\n\n"),
    );
  }
  if (!plans.every(({ decision }: { decision: Decision }) => decision.allowed)) throw new ExitCode(1);
}

function commitArgument(text: string): string {
  if (/^[0-9a-f]{7,40}$/.test(text)) return text;
  throw new InvalidArgumentError(`'${text}' is not a commit; accepted: 7 to 40 of 0-9 and a-f.`);
}

function timeArgument(text: string): Temporal.Instant {
  try {
    return /\[.+\]$/.test(text) ? Temporal.ZonedDateTime.from(text).toInstant() : Temporal.Instant.from(text);
  } catch {
    throw new InvalidArgumentError(
      `'${text}' is not a time; accepted: one with an offset or a zone such as 2026-01-03T09:00Z or 2026-01-03T12:00[Africa/Nairobi].`,
    );
  }
}
