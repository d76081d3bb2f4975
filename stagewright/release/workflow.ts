import type { EnvironmentSpec } from "../environment/schema/environment";
import { type Node, noted, render } from "./document";
import { header } from "./header";
import { deploy } from "./jobs/deploy";
import { preliminaries } from "./jobs/rules";
import { tell } from "./jobs/tell";
import { migration } from "./migrate";
import { type Target, targets } from "./target";
import { triggers, workflowName } from "./triggers";
import { type Way, waysOf } from "./ways";
import type { WorkflowFile } from "./workflow-file";
import { furtherWorkflows } from "./workflows";

/**
 * The workflows of a target: one for each way in which its deploys start, and what belongs to them.
 * The same target gives the same text.
 */
export function workflowsFor(target: Target): WorkflowFile[] {
  return [...waysOf(target).map((way) => deployWorkflow(target, way)), ...migration(target)];
}

function deployWorkflow(target: Target, way: Way): WorkflowFile {
  const { environment, component, repository } = target;
  const name = `deploy-${component}-${environment}`;
  const title = workflowName(component, environment);
  const before = preliminaries(target, way, name);
  const told = tell(target, way, before, { name, title });
  return {
    path: `.github/workflows/${name}${way.suffix}.yml`,
    repository,
    branch: way.branch,
    content: render(header(`release.${component}`, target), {
      name: way.suffix === "" ? title : `${title} by hand`,
      on: triggers(target, way),
      permissions: noted("Nothing, but for what a job asks for.", {}),
      jobs: {
        ...before.jobs,
        deploy: deploy(target, way, before),
        ...(told !== undefined && { tell: told }),
      } satisfies Node,
    }),
  };
}

/** All workflow files of an environment. @param system the Pulumi project */
export function workflows(system: string, spec: EnvironmentSpec): WorkflowFile[] {
  return [...targets(system, spec).flatMap(workflowsFor), ...furtherWorkflows(system, spec)];
}
