import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import type { WorkflowFile } from "../../stagewright/release/workflow-file";
import type { Ended, Workflow } from "../release/deploys/runner";
import { type Happening, Previewing } from "../release/workflows/previewing";
import { ROOT } from "../support/projects";
import { identities, identityOf } from "./identities";

const REPOSITORY = "dandi/dandi-infrastructure";
const ROLE = "arn:aws:iam::278212569472:role/dandi-ephemeral-github";

/**
 * A workflow of this project. Its steps are single commands, for which GitHub's default shell does
 * what `bash` does.
 */
export function ownWorkflow(name: string): WorkflowFile {
  const file = `.github/workflows/${name}.yml`;
  const workflow = parse(readFileSync(path.join(ROOT, file), "utf8")) as Workflow;
  for (const { steps } of Object.values(workflow.jobs))
    for (const step of steps) if (step.run !== undefined) step.shell = "bash";
  return { path: file, repository: REPOSITORY, branch: undefined, content: stringify(workflow) };
}

/** This project's repository at GitHub, with its scripts in the checkout. */
export function ownRepository(): Previewing {
  const play = new Previewing(REPOSITORY);
  symlinkSync(path.join(ROOT, "stagewright"), path.join(play.checkout, "stagewright"));
  return play;
}

/** Runs a workflow of this project, whose jobs have an identity. */
export async function runOwn(
  play: Previewing,
  file: WorkflowFile,
  happening: Happening = {},
): Promise<Ended> {
  const vendors = await identities();
  try {
    return await play.run(file, {
      ...(happening.pull && { event: "pull_request" }),
      ...happening,
      vars: { AWS_EPHEMERAL_ROLE: ROLE, REAP_PERSON: "bea", ...happening.vars },
      env: identityOf(vendors),
    });
  } finally {
    await vendors.close();
  }
}
