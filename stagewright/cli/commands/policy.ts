import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { counts, findings } from "../../policy/findings";
import { circumstancesOf, todayOf } from "../../policy/stack";
import { readProject } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { rehearsed } from "../../rehearsal/rehearsed";
import { ExitCode } from "../exit";
import { dirOption, jsonOption, stackOption } from "../options";
import { policyText } from "../output/policy";

interface Options {
  stack: string;
  dir: string;
  on: string;
  json?: boolean;
}

/** `stagewright policy --stack S` */
export function policyCommand(): Command {
  return new Command("policy")
    .description("rehearse a stack on its own and tell where it breaks the rules of the policy pack")
    .addOption(stackOption())
    .addOption(dirOption())
    .addOption(
      new Option("--on <day>", "the day by which exceptions end, as YYYY-MM-DD")
        .argParser(dayArgument)
        .default(todayOf(), "today, in UTC"),
    )
    .addOption(jsonOption())
    .action(policy);
}

async function policy({ stack, dir, on, json }: Options): Promise<void> {
  const project = readProject(path.resolve(dir));
  const files = readStackOfSystem(project, stack);
  const { resources } = await rehearsed(project, files, (line) => console.error(line));
  const all = findings(resources, circumstancesOf(project, files, on));
  const holds = !all.some(counts);
  console.log(
    json ? JSON.stringify({ system: project.name, stack, on, holds, findings: all }) : policyText(stack, all),
  );
  if (!holds) throw new ExitCode(1);
}

function dayArgument(text: string): string {
  if (z.iso.date().safeParse(text).success) return text;
  throw new InvalidArgumentError(`'${text}' is not a day; accepted: YYYY-MM-DD, for example 2027-01-31.`);
}
