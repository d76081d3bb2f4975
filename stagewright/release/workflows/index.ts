import type { EnvironmentSpec } from "../../environment/schema/environment";
import { targets } from "../target";
import type { WorkflowFile } from "../workflow-file";
import type { Further, Requirement } from "./further";
import { logWatch } from "./log-watch";
import { operations } from "./operations";
import { previews } from "./previews";
import { promotion } from "./promotion";
import { reaping } from "./reaping";
import { restoration } from "./restore";
import { verification } from "./verify";

export type { Requirement } from "./further";

/**
 * The workflow files of an environment beside those that deploy.
 * @param system the Pulumi project
 */
export function furtherWorkflows(system: string, spec: EnvironmentSpec): WorkflowFile[] {
  return further(system, spec).map(({ file }) => file);
}

/**
 * The GitHub environments that they run in, with what they read there.
 * @param system the Pulumi project
 */
export function requirements(system: string, spec: EnvironmentSpec): Requirement[] {
  return further(system, spec).flatMap(({ requires }) => requires);
}

function further(system: string, spec: EnvironmentSpec): Further[] {
  return targets(system, spec).flatMap((target) => [
    ...promotion(target, spec.api?.repository),
    ...verification(target),
    ...logWatch(target),
    ...operations(target),
    ...restoration(target),
    ...previews(target, spec),
    ...reaping(target, spec),
  ]);
}
