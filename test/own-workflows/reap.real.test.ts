import assert from "node:assert/strict";
import { test } from "vitest";
import { limitsOf } from "../../stagewright/ephemeral/limits";
import { readProject } from "../../stagewright/project/project";
import { readSystem } from "../../stagewright/project/system";
import { partsOf } from "../../stagewright/release/workflows/reaping";
import { read } from "../release/deploys/runner";
import { SECRETS } from "../release/workflows/previewing";
import { ROOT } from "../support/projects";
import { ownRepository, ownWorkflow, runOwn } from "./own";

const FILE = ownWorkflow("reap");

test("it runs every hour, in as many parts as the spec allows environments, in an environment that nobody need approve", () => {
  const { on, jobs } = read(FILE);
  assert.match(JSON.stringify(on.schedule), /^\[\{"cron":"\d+ \* \* \* \*"\}\]$/);
  const limits = readSystem(readProject(ROOT)).map(({ spec }) => limitsOf(spec));
  const max = Math.max(...limits.map((each) => each.max));
  assert.deepEqual(jobs.reap?.strategy?.matrix, { part: partsOf(max) });
  assert.equal(jobs.reap?.environment, "reap");
  assert.equal(jobs.reap?.concurrency["cancel-in-progress"], false);
  const kept = jobs.reap?.steps.flatMap(({ env }) => env?.KEPT ?? []);
  assert.deepEqual(kept, [limits[0]?.maxTtl]);
});

test("it tells the pull request of the end, destroys what is left of closed ones, and keeps one issue; again it changes nothing", async () => {
  const play = ownRepository();
  const pulls = [play.pull(7), play.pull(8, { state: "closed" })];
  for (const name of ["pr-7", "pr-8"]) play.made(name);
  const orphan = { environment: "eph-pr-4", type: "heroku:app/app:App", name: "dandi-api-eph-pr-4", id: "1" };
  const soon = { name: "pr-7", expires: "2026-01-08T08:00:00.000Z" };
  play.plays({
    code: 3,
    reaped: { soon: [soon], failed: [{ name: "pr-3", reason: "503" }], orphans: [orphan] },
  });
  const { results, output } = await runOwn(play, FILE);
  assert.deepEqual(results, { reap: "success" }, output);
  assert.deepEqual(play.environments, ["pr-7"]);
  assert.match(
    pulls[0]?.comments[0]?.body ?? "",
    /The preview ends at 2026-01-08 08:00 UTC\. A push, or the label `keep-environment` for 14d, keeps it\./,
  );
  assert.match(pulls[1]?.comments[0]?.body ?? "", /is gone/);
  const [issue, ...more] = play.state.issues;
  assert.deepEqual([issue?.labels, issue?.assignees, more], [["reap-1/1"], ["bea"], []]);
  assert.match(issue?.body ?? "", /- `pr-3`: `503`[\s\S]*`dandi-api-eph-pr-4`/);
  assert.equal(play.calls[0]?.env.GITHUB_TOKEN, SECRETS.STAGEWRIGHT_GITHUB_TOKEN);
  assert.equal(play.calls[0]?.env.AWS_SESSION_TOKEN, "session");

  const before = JSON.stringify([pulls, play.state.issues]);
  await runOwn(play, FILE);
  assert.equal(JSON.stringify([pulls, play.state.issues]), before);
  play.plays({});
  await runOwn(play, FILE);
  assert.equal(issue?.state, "closed");
});

test("without accounts there is nothing to reap", async () => {
  const play = ownRepository();
  const { results } = await runOwn(play, FILE, { vars: { PULUMI_BACKEND_URL: "" } });
  assert.deepEqual([results, play.calls], [{ reap: "skipped" }, []]);
});
