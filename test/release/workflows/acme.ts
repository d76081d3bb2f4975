import type { EnvironmentSpec } from "../../../stagewright/environment/schema/environment";
import { environment } from "../../../stagewright/environment/schema/environment";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { furtherWorkflows } from "../../../stagewright/release/workflows";
import { SYSTEMS, systemOf } from "../rules/systems";

export const REPOSITORY = "team/app";

/** What the rules of a test are about. */
const THINGS = {
  api: { via: "heroku", repository: REPOSITORY },
  gui: { repository: REPOSITORY },
  errors: { organization: "acme", environment: "production", project: "app" },
};

/** An environment with these rules alone. */
export function specWith(release: object, name = "production"): EnvironmentSpec {
  return {
    ...environment.parse({ name, data: { protected: false }, release }),
    ...THINGS,
  } as EnvironmentSpec;
}

/** The rules of the API alone, which tracks master. */
export function apiWith(rules: object, name?: string): EnvironmentSpec {
  return specWith({ api: { tracks: "branch master", token: "deployToken", ...rules } }, name);
}

/** The one workflow of a kind (`verify`, `watch`, `operate`). */
export function workflowOf(kind: string, spec: EnvironmentSpec): WorkflowFile {
  const [file, ...more] = furtherWorkflows("acme", spec).filter(({ path }) => path.includes(`/${kind}-`));
  if (!file || more.length > 0) throw new Error(`${more.length} more of ${kind}`);
  return file;
}

/** Every environment of every system in `test/release-rules/systems/`. */
export function everyEnvironment(): { system: string; spec: EnvironmentSpec }[] {
  return SYSTEMS.flatMap((system) =>
    Object.values(systemOf(system)).map((rules) => ({
      system,
      spec: { ...rules, ...THINGS } as unknown as EnvironmentSpec,
    })),
  );
}
