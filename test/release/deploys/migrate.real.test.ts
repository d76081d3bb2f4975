import assert from "node:assert/strict";
import { test } from "vitest";
import { workflowWith } from "./deployed";
import { deployed, OTHER, SHA, type Wish } from "./world";

const RULES = {
  tracks: "branch master",
  migrations: { when: "by hand", command: "python manage.py migrate" },
  onFailure: { tell: "ashwin" },
};
const DEPLOY = workflowWith("api", RULES);
const MIGRATE = workflowWith("api", RULES, { prefix: "migrate" });

function migrate(wish: Wish = {}) {
  return deployed(MIGRATE, {
    event: "workflow_dispatch",
    sha: OTHER,
    inputs: { confirm: "staging" },
    ...wish,
  });
}

test("a deploy whose code needs the migration says so, the migration runs, and both are done", async () => {
  const seen = await deployed(DEPLOY, { health: [500] });
  assert.deepEqual(seen.results, { deploy: "success", tell: "success" }, seen.output);
  assert.match(seen.summary, /\*\*Migrate now\*\*: .* start 'Migrate api of staging'/);
  assert.deepEqual(seen.repository.deployments?.[0]?.states, ["pending", "in_progress"]);
  assert.match(
    seen.repository.issues?.[0]?.comments[0] ?? "",
    /does not answer; if it has migrations, start 'Migrate api of staging' now/,
  );

  const after = await migrate({ repository: seen.repository });
  assert.equal(after.results.migrate, "success", after.output);
  const [deploy, migration] = after.repository.deployments ?? [];
  assert.deepEqual([deploy?.sha, deploy?.states[0]], [SHA, "success"]);
  assert.deepEqual([migration?.sha, migration?.task, migration?.states[0]], [SHA, "migrate:api", "success"]);
});

test("what the platform runs is migrated, whatever became of its deploy", async () => {
  const failed = { environment: "staging", task: "deploy:api", sha: SHA, states: ["failure"] };
  const seen = await migrate({ repository: { deployments: [failed] } });
  assert.equal(seen.results.migrate, "success", seen.output);
  assert.deepEqual(failed.states, ["failure"], "a deploy that failed stays one");
  assert.equal(seen.repository.deployments?.[1]?.sha, SHA);
});

test("a slug that no deploy of a commit made is not migrated", async () => {
  for (const heroku of [{ commit: undefined }, { before: null }]) {
    const seen = await migrate({ heroku });
    assert.equal(seen.results.migrate, "failure");
    assert.ok(!seen.calls.heroku.some((call) => call.endsWith("/dynos")), seen.output);
  }
});

test("where nobody migrates by hand, what does not answer has failed", async () => {
  const seen = await deployed(workflowWith("api", { tracks: "branch master" }), { health: [500] });
  assert.equal(seen.results.deploy, "failure");
});
