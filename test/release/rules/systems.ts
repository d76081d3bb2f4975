import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { merge, type Tree, valueAt } from "../../../stagewright/environment/merge";
import { environment } from "../../../stagewright/environment/schema/environment";
import { readProject, readStack } from "../../../stagewright/project/project";
import { type EnvironmentRules, type Rules, rulesOf, type System } from "../../../stagewright/release/rules";
import { ROOT } from "../../support/projects";

const FOLDER = path.join(__dirname, "systems");

/** Systems of which there are rules alone, in `systems/*.yaml`. */
const RULES = readdirSync(FOLDER).map((file) => path.basename(file, ".yaml"));

/** Those whose rules these tests are about: of most there are the projects themselves. */
export const SYSTEMS = [...RULES, "dt", "payslip", "release-train"];

interface Fixture {
  environment: Tree;
  differs: Record<string, Tree>;
}

/**
 * One of them, with more differences of a stack where a test wants them. Validated by the schema.
 */
export function systemOf(name: string, changes: Record<string, Tree> = {}): System {
  const fixture = RULES.includes(name) ? rulesAlone(name) : projectOf(name);
  return Object.fromEntries(
    Object.entries(fixture.differs).map(([stack, differs]): [string, EnvironmentRules] => {
      const whole = merge(merge(fixture.environment, differs), changes[stack] ?? {});
      return [stack, environment.parse(whole)];
    }),
  );
}

function rulesAlone(name: string): Fixture {
  return parse(readFileSync(path.join(FOLDER, `${name}.yaml`), "utf8")) as Fixture;
}

function projectOf(name: string): Fixture {
  const project = readProject(path.join(ROOT, "systems", name));
  return {
    environment: valueAt(project.settings, ["config", `${name}:environment`, "value"]) as Tree,
    differs: Object.fromEntries(project.stacks.map((stack) => [stack, readStack(project, stack).differs])),
  };
}

/** The rules of a component in one stack of a system. */
export function rulesIn(system: System, stack: string, component: "api" | "gui" = "api"): Rules {
  const rules = system[stack] && rulesOf(system, system[stack]).find((each) => each.component === component);
  if (!rules) throw new Error(`${stack} deploys no ${component}`);
  return rules;
}
