import type { ApprovalSpec } from "../../environment/schema/release/gates";
import { type Node, noted, render } from "../document";
import { header } from "../header";
import type { Target } from "../target";
import type { KINDS, WorkflowFile } from "../workflow-file";

/**
 * A GitHub environment that a workflow runs in, apart from those of the deploys: its secrets and
 * reviewers are its own. Only workflows of the default branch use it.
 */
export interface Requirement {
  /** `owner/name`. */
  repository: string;
  /** Name of the GitHub environment. */
  environment: string;
  /** Who must approve each job in it. Default: nobody. */
  approval?: ApprovalSpec;
  /** Names of the secrets that the workflow reads. */
  secrets: string[];
  /** Names of the variables that it reads. */
  variables: string[];
}

/** A workflow beside those that deploy, and what it needs at GitHub. */
export interface Further {
  file: WorkflowFile;
  requires: Requirement[];
}

/** What such a workflow does. */
export type Kind = Exclude<(typeof KINDS)[number], "deploy" | "migrate" | "restore-data">;

/** The name of a workflow's file, without its ending. */
export function nameOf(kind: Kind, { component, environment }: Target): string {
  return `${kind}-${component}-${environment}`;
}

/** Its file, of a section of the component's rules. @param section of `release.<component>` */
export function fileOf(
  kind: Kind,
  target: Target,
  section: string,
  parts: { [key: string]: Node },
): WorkflowFile {
  return fileAt(nameOf(kind, target), `release.${target.component}.${section}`, target, parts);
}

/**
 * A file by its name, without its ending. It starts by hand or by the clock, for which GitHub asks
 * the default branch alone.
 * @param section path in the environment
 */
export function fileAt(
  name: string,
  section: string,
  target: Target,
  parts: { [key: string]: Node },
): WorkflowFile {
  const { repository } = target;
  const { jobs = {}, ...head } = parts;
  return {
    path: `.github/workflows/${name}.yml`,
    repository,
    branch: undefined,
    content: render(header(section, target), {
      ...head,
      permissions: noted("Nothing, but for what a job asks for.", {}),
      jobs,
    }),
  };
}

/** An environment for the runs of a target's workflow. */
export function requirement(
  { repository }: Target,
  environment: string,
  needs: Partial<Pick<Requirement, "approval" | "secrets" | "variables">>,
): Requirement {
  return { repository, environment, secrets: [], variables: [], ...needs };
}
