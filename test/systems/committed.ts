import assert from "node:assert/strict";
import type { WorkflowFile } from "../../stagewright/release/workflow-file";
import type { Resources } from "../support/rehearsed";

/** A workflow file as a rehearsed stack commits it. @param name for example `deploy-api-staging` */
export function committed(all: Resources, name: string): WorkflowFile {
  const file = `.github/workflows/${name}.yml`;
  const { inputs } = all.one("RepositoryFile", { file });
  return {
    path: file,
    repository: String(inputs.repository),
    branch: inputs.branch === undefined ? undefined : String(inputs.branch),
    content: String(inputs.content),
  };
}

/** The names of all workflow files that a rehearsed stack commits. */
export function committedNames(all: Resources): string[] {
  return all
    .of("RepositoryFile")
    .map(({ inputs }) => /^\.github\/workflows\/(.+)\.yml$/.exec(String(inputs?.file))?.[1])
    .map((name) => name ?? assert.fail("a file that is no workflow"))
    .sort();
}
