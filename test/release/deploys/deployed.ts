import path from "node:path";
import type { Tree } from "../../../stagewright/environment/merge";
import { type EnvironmentSpec, environment } from "../../../stagewright/environment/schema/environment";
import { type Target, targets } from "../../../stagewright/release/target";
import { workflowsFor } from "../../../stagewright/release/workflow";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { systemOf } from "../rules/systems";

const REPOSITORY = "team/app";

/** Where the rules of a fixture are without the things that they are about. */
const THINGS = {
  api: { via: "heroku", repository: REPOSITORY },
  gui: { repository: REPOSITORY },
  errors: { organization: "acme", environment: "prod" },
};

/** A spec with these rules alone. */
export function specWith(release: Tree, name = "staging"): EnvironmentSpec {
  const rules = environment.parse({ name, data: { protected: false }, release });
  return { ...rules, ...THINGS } as EnvironmentSpec;
}

/** What one component deploys under these rules. */
export function targetWith(component: "api" | "gui", rules: Tree, timezone = "UTC"): Target {
  const token = component === "api" ? { token: "deployToken" } : {};
  const [target] = targets("acme", specWith({ timezone, [component]: { ...token, ...rules } }));
  if (!target) throw new Error(`${JSON.stringify(rules)} is no target`);
  return target;
}

/**
 * The workflow file `PREFIX-COMPONENT-stagingSUFFIX` under these rules. Default: the one that
 * deploys by itself.
 */
export function workflowWith(
  component: "api" | "gui",
  rules: Tree,
  options: { timezone?: string; prefix?: string; suffix?: string } = {},
): WorkflowFile {
  const { timezone, prefix = "deploy", suffix = "" } = options;
  const files = workflowsFor(targetWith(component, rules, timezone));
  const name = `${prefix}-${component}-staging${suffix}.yml`;
  const file = files.find((each) => path.basename(each.path) === name);
  if (!file) throw new Error(`there is no ${name} among ${files.map(({ path }) => path)}`);
  return file;
}

/** The workflows of every stack of a system in `test/release-rules/systems/`. */
export function workflowsOfSystem(name: string): WorkflowFile[] {
  return Object.values(systemOf(name)).flatMap((rules) =>
    targets(name, { ...rules, ...THINGS } as unknown as EnvironmentSpec).flatMap(workflowsFor),
  );
}
