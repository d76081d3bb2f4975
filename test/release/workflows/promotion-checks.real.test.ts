import assert from "node:assert/strict";
import { test } from "vitest";
import { ALL, Gui, guiSpec, REFUSED, writes } from "./promoting";

const CHECKS = {
  "a red check run": [{ name: "lint", conclusion: "failure" }, /lint is red/],
  "a check run that was cancelled": [{ name: "lint", conclusion: "cancelled" }, /lint is red/],
  "a check run that waits for an action": [{ name: "lint", conclusion: "action_required" }, /lint is red/],
  "a check run that still runs": [{ name: "lint", status: "in_progress" }, /lint is pending/],
} as const;
for (const [what, [check, says]] of Object.entries(CHECKS)) {
  test(`${what} on staging's commit refuses it`, async () => {
    const gui = new Gui();
    gui.state.checks.push({ sha: gui.head("staging"), ...check });
    const { results, output, calls } = await gui.run("promote");
    assert.deepEqual(results, REFUSED);
    assert.match(output, /::error::Not promoted: the checks on [0-9a-f]{40} of staging are not green: /);
    assert.match(output, says);
    assert.deepEqual(writes(calls), []);
  });
}

for (const [state, says] of [
  ["failure", /ci is red/],
  ["error", /ci is red/],
  ["pending", /ci is pending/],
] as const) {
  test(`a commit status of ${state} refuses it`, async () => {
    const gui = new Gui();
    gui.state.statuses.push({ sha: gui.head("staging"), context: "ci", state });
    const { results, output } = await gui.run("promote");
    assert.deepEqual(results, REFUSED);
    assert.match(output, says);
  });
}

test("of a commit status only the newest counts", async () => {
  const gui = new Gui();
  const sha = gui.head("staging");
  gui.state.statuses.push(
    { sha, context: "ci", state: "success", created_at: "2026-01-01T00:00:02Z" },
    { sha, context: "ci", state: "failure", created_at: "2026-01-01T00:00:01Z" },
  );
  assert.deepEqual((await gui.run("promote")).results, ALL);
});

test("skipped and neutral checks are no reason against it", async () => {
  const gui = new Gui();
  const sha = gui.head("staging");
  gui.state.checks.push({ sha, name: "a", conclusion: "skipped" }, { sha, name: "b", conclusion: "neutral" });
  assert.deepEqual((await gui.run("promote")).results, ALL);
});

test("a commit of which no check tells anything is refused", async () => {
  const gui = new Gui();
  gui.state.checks = gui.state.checks.filter(({ sha }) => sha !== gui.head("staging"));
  const { results, output } = await gui.run("promote");
  assert.deepEqual(results, REFUSED);
  assert.match(output, /no check has reported on it/);
});

test("a check that the spec asks for must be there, from whom it says", async () => {
  const spec = guiSpec({ gates: { checks: { build: "any", e2e: "circleci-checks" } } });
  const gui = new Gui();
  const missing = await gui.run("promote", { spec });
  assert.deepEqual(missing.results, REFUSED);
  assert.match(missing.output, /not green: e2e by circleci-checks is missing/);
  gui.state.checks.push({ sha: gui.head("staging"), name: "e2e", conclusion: "success" });
  assert.match((await gui.run("promote", { spec })).output, /e2e by circleci-checks is missing/);
  gui.state.checks.push({
    sha: gui.head("staging"),
    name: "e2e",
    conclusion: "success",
    app: "circleci-checks",
  });
  assert.deepEqual((await gui.run("promote", { spec })).results, ALL);
});

test("more checks than a page holds are all looked at", async () => {
  const gui = new Gui();
  const sha = gui.head("staging");
  for (let n = 0; n < 120; n++) gui.state.checks.push({ sha, name: `job ${n}`, conclusion: "success" });
  gui.state.checks.push({ sha, name: "the last", conclusion: "failure" });
  assert.match((await gui.run("promote")).output, /the last is red/);
});
