import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { type EnvironmentRules, type Rules, rulesOf, type System } from "../../release/rules";
import { merge, type Tree } from "../../spec/merge";
import { environment } from "../../spec/schema/environment";

const FOLDER = path.join(__dirname, "systems");

/** The systems in `systems/*.yaml`: the rules of seeds whose stacks are not built yet. */
export const SYSTEMS = readdirSync(FOLDER).map((file) => path.basename(file, ".yaml"));

interface Fixture {
  environment: Tree;
  differs: Record<string, Tree>;
}

/** One of them, with more differences of a stack where a test wants them. Validated by the schema. */
export function systemOf(name: string, changes: Record<string, Tree> = {}): System {
  const fixture = parse(readFileSync(path.join(FOLDER, `${name}.yaml`), "utf8")) as Fixture;
  return Object.fromEntries(
    Object.entries(fixture.differs).map(([stack, differs]): [string, EnvironmentRules] => {
      const whole = merge(merge(fixture.environment, differs), changes[stack] ?? {});
      return [stack, environment.parse(whole)];
    }),
  );
}

/** The rules of a component in one stack of a system. */
export function rulesIn(system: System, stack: string, component: "api" | "gui" = "api"): Rules {
  const rules = system[stack] && rulesOf(system, system[stack]).find((each) => each.component === component);
  if (!rules) throw new Error(`${stack} deploys no ${component}`);
  return rules;
}
