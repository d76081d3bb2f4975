import assert from "node:assert/strict";
import { test } from "vitest";
import { read } from "../deploys/runner";
import { API, FIRST, Gui, guiSpec, workflowOf, writes } from "./promoting";

const NOW = "2026-05-04T12:00:00Z";
const AN_HOUR_AGO = "2026-05-04T11:00:00Z";

/** The GUI, and an API whose deploys to production ended so, the newest last. */
function released(...states: string[][]): Gui {
  const gui = new Gui();
  gui.state.deployments[API] = states.map((state) => ({
    environment: "production",
    task: "deploy:api",
    sha: "a".repeat(40),
    created_at: AN_HOUR_AGO,
    states: state,
  }));
  return gui;
}

const offer = (gui: Gui, options: Parameters<Gui["run"]>[1] = {}) =>
  gui.run("offer", { event: "schedule", now: NOW, ...options });

const OFFERED = [{ workflow: "promote-gui-production.yml", ref: "master", inputs: { offered: "1" } }];

test("a deploy of the API that went out offers the promotion: its run waits for the approval", async () => {
  const gui = released(["success", "in_progress"]);
  const { results, output } = await offer(gui);
  assert.deepEqual(results, { offer: "success" }, output);
  assert.deepEqual(gui.state.dispatched, OFFERED);

  const asked: string[] = [];
  const promotion = await gui.run("promote", {
    actor: "github-actions[bot]",
    inputs: { offered: "1" },
    beforeApproval: (environment) => asked.push(environment),
  });
  assert.equal(promotion.name, "Promote staging to master, offered after API deployment 1");
  assert.deepEqual(asked, ["production-promotion"]);
});

test("each deploy is offered once, whatever became of the offer", async () => {
  const gui = released(["success"]);
  const title = "Promote staging to master, offered after API deployment 1";
  gui.state.runs["promote-gui-production.yml"] = [
    { event: "workflow_dispatch", status: "completed", conclusion: "failure", display_title: title },
  ];
  const { output } = await offer(gui);
  assert.match(output, /No offer: the one after the API's deployment 1 was made/);
  assert.equal(gui.state.dispatched.length, 0);
  gui.state.deployments[API]?.push({
    environment: "production",
    task: "deploy:api",
    sha: "b".repeat(40),
    created_at: AN_HOUR_AGO,
    states: ["success"],
  });
  await offer(gui);
  const offered = gui.state.dispatched.map(({ inputs }) => inputs?.offered);
  assert.deepEqual(offered, ["2"]);
});

test("while a promotion waits for its approval, no other is offered", async () => {
  const gui = released(["success"]);
  gui.state.runs["promote-gui-production.yml"] = [
    { event: "workflow_dispatch", status: "waiting", display_title: "Promote staging to master" },
  ];
  assert.match((await offer(gui)).output, /No offer: a promotion waits for its approval already/);
  assert.deepEqual(gui.state.dispatched, []);
});

for (const [what, states] of Object.entries({
  "never ran": [],
  "still runs": [["in_progress"]],
  failed: [["failure", "in_progress"]],
  "went out before another that failed": [["success"], ["failure"]],
})) {
  test(`a deploy of the API that ${what} offers nothing`, async () => {
    const gui = released(...states);
    const { results, output } = await offer(gui);
    assert.deepEqual(results, { offer: "success" });
    assert.match(output, /No offer: no deploy of the API to production has gone out last/);
    assert.deepEqual(gui.state.dispatched, []);
  });
}

test("neither staging's deploys nor other records count", async () => {
  const gui = released(["success"], ["success"]);
  const [one, other] = gui.state.deployments[API] ?? [];
  if (one) one.environment = "staging";
  if (other) other.task = "verify:api";
  assert.match((await offer(gui)).output, /No offer: no deploy of the API/);
});

test("what went out more than a day ago is not offered any more", async () => {
  const gui = released(["success"]);
  const { output } = await offer(gui, { now: "2026-05-05T11:00:01Z" });
  assert.match(output, /No offer: the last deploy of the API, 1, is more than a day old/);
  await offer(gui, { now: "2026-05-05T11:00:00Z" });
  assert.deepEqual(gui.state.dispatched, OFFERED);
});

test("with nothing to promote there is no offer", async () => {
  const gui = released(["success"]);
  await gui.run("promote");
  gui.state.dispatched = [];
  assert.match((await offer(gui)).output, /No offer: master holds what staging holds/);
  assert.deepEqual(gui.state.dispatched, []);
});

test("red, pending or diverged: it is offered as soon as it may be promoted", async () => {
  const gui = released(["success"]);
  const pending = { sha: gui.head("staging"), name: "e2e", status: "in_progress" };
  gui.state.checks.push(pending);
  const first = await offer(gui);
  assert.deepEqual(first.results, { offer: "success" });
  assert.match(first.output, /::warning::Not offered yet: the checks on .* are not green: e2e is pending/);
  assert.deepEqual(writes(first.calls), []);
  Object.assign(pending, { status: "completed", conclusion: "success" });
  await offer(gui);
  assert.deepEqual(gui.state.dispatched, OFFERED);

  gui.state.dispatched = [];
  gui.direct({ ...FIRST, "web/hotfix.css": "now" });
  assert.match((await offer(gui)).output, /::warning::Not offered yet: master has what staging has not/);
  assert.deepEqual(gui.state.dispatched, []);
});

test("the API's repository is asked without any right there, and nothing is written to it", async () => {
  const { jobs } = read(workflowOf("offer", guiSpec()));
  assert.deepEqual(jobs.offer?.permissions, {
    contents: "read",
    checks: "read",
    statuses: "read",
    actions: "write",
  });
  const { calls } = await offer(released(["success"]));
  const there = calls.filter((call) => call.includes(API));
  assert.ok(there.length > 0);
  assert.deepEqual(writes(there), []);
});

test("where GitHub does not answer, there is no offer, and the run says so", async () => {
  const gui = released(["success"]);
  gui.state.down = /dandi-api\/deployments/;
  const { results, output } = await offer(gui);
  assert.deepEqual(results, { offer: "failure" });
  assert.match(output, /::error::.*deployments.* was refused with HTTP 500/);
  assert.deepEqual(gui.state.dispatched, []);
});

test("an offer needs an API", () => {
  const { api: _, ...spec } = guiSpec();
  assert.throws(() => workflowOf("offer", spec), {
    message:
      "release.gui.promotion: { from: staging, approval: { by: [ team dandidevs ], self: excluded }, offeredAfter: api }: there is no 'api' section whose deploys it could be offered after",
  });
});
