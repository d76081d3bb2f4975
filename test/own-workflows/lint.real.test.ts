import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { run } from "../../stagewright/host/run";
import { type File, findings } from "../release/deploys/findings";
import { read } from "../release/deploys/runner";
import { ROOT } from "../support/projects";
import { linters } from "../support/tools";

const FOLDER = ".github/workflows";
const FILES: File[] = readdirSync(path.join(ROOT, FOLDER)).map((name) => ({
  path: `${FOLDER}/${name}`,
  content: readFileSync(path.join(ROOT, FOLDER, name), "utf8"),
}));

test("this project's own workflows have no finding", async () => {
  assert.ok(FILES.length >= 4);
  assert.equal(await findings(FILES), "");
});

test("what runs for a fork has no secret, no identity and no right to write", () => {
  for (const file of FILES) {
    const workflow = read(file);
    assert.ok(!("pull_request_target" in workflow.on) && !("workflow_run" in workflow.on), file.path);
    if (!("pull_request" in workflow.on)) continue;
    for (const [id, job] of Object.entries(workflow.jobs)) {
      const ofFork = !`${job.if}`.includes("head.repo.full_name == github.repository");
      const writes = Object.values(job.permissions).some((access) => access !== "read");
      const secret = /secrets\.|github\.token/.test(JSON.stringify(job));
      assert.ok(!ofFork || !(writes || secret || job.environment), `${file.path} ${id}`);
    }
  }
});

test("what brings up a stack is never cut off, checks the review first, and takes the commit that was pushed", () => {
  const up = FILES.find(({ path: name }) => name.endsWith("/up.yml"));
  const { jobs } = read(up as File);
  assert.deepEqual(Object.keys(jobs), ["staging", "production"]);
  assert.deepEqual(jobs.production?.needs, ["staging"]);
  for (const [stack, job] of Object.entries(jobs)) {
    assert.equal(job.environment, stack);
    assert.equal(job.concurrency["cancel-in-progress"], false);
    assert.equal(job.steps[0]?.with?.ref, "${{ github.sha }}");
    const runs = job.steps.map((step) => step.run).filter(Boolean);
    assert.deepEqual(runs, [
      "npm ci --ignore-scripts",
      ".github/scripts/reviewed.sh",
      ".github/scripts/aws-role.sh",
      ".github/scripts/up.sh",
    ]);
  }
});

test("their scripts are clean", async () => {
  const bin = await linters();
  const scripts = readdirSync(path.join(ROOT, ".github/scripts")).map((name) => `.github/scripts/${name}`);
  const args = ["--external-sources", "--exclude", "SC2153", ...scripts];
  const { code, output } = await run(path.join(bin, "shellcheck"), args, { cwd: ROOT });
  assert.equal(code, 0, output);
});
