import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../../stagewright/host/run";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { scratch } from "../../support/projects";
import { linters } from "../../support/tools";
import { git } from "./checkout";

export type File = Pick<WorkflowFile, "path" | "content">;

// GitHub has it since May 2026, actionlint 1.7.12 does not; GitHub's own parser below does.
const NEWER = 'unexpected key "queue" for "concurrency" section';

/**
 * Lints the files in a repository of their own, and reads them as GitHub does. Gives what was
 * found.
 */
export async function findings(files: File[]): Promise<string> {
  const bin = await linters();
  const repository = scratch();
  git(repository, "init", "--quiet");
  for (const file of files) {
    mkdirSync(path.dirname(path.join(repository, file.path)), { recursive: true });
    writeFileSync(path.join(repository, file.path), file.content);
  }
  const options = { cwd: repository, env: { PATH: `${bin}:${process.env.PATH}`, HOME: repository } };
  const action = await run("actionlint", ["-no-color", "-ignore", NEWER], options);
  const zizmor = ["--offline", "--persona", "pedantic", "--no-progress", "--quiet", "--color", "never", "."];
  const audit = await run("zizmor", zizmor, options);
  const linted = [action, audit].map(({ code, output }) => (code === 0 ? "" : output || `exit ${code}`));
  return [...linted, ...(await Promise.all(files.map(misread)))].join("");
}

// GitHub's own parser, with its schema of a workflow. It is an ES module that imports JSON as Node
// alone refuses to.
const parser = import("tsx/esm/api").then(({ register }) => {
  register();
  return import("@actions/workflow-parser");
});

/** What GitHub would refuse the file for. */
async function misread({ path: name, content }: File): Promise<string> {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await parser;
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors
    .getErrors()
    .map(({ message }) => `${message}\n`)
    .join("");
}
