import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { type GitHubState, gitHub, gitHubState, tokenFor } from "../release/workflows/github-on-git";
import { type Ended, run } from "../support/process";
import { ROOT, scratch } from "../support/projects";

const REPOSITORY = "acme/infrastructure";

/** Runs the step after `stagewright drift`, with a token that may write issues and nothing else. */
async function step(state: GitHubState, drift: string, report = ""): Promise<Ended> {
  const file = path.join(scratch(), "drift.md");
  writeFileSync(file, report);
  const server = await gitHub(state);
  try {
    const ended = await run("bash", [path.join(ROOT, "stagewright/release/workflows/steps/drift.sh")], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        GITHUB_API_URL: server.address,
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_TOKEN: tokenFor({ issues: "write" }),
        RETRY_SECONDS: "0",
        DRIFT: drift,
        REPORT: file,
        LABEL: "drift-production",
        TITLE: "Drift in production",
        PERSON: "anton",
      },
    });
    assert.deepEqual(server.problems, []);
    return ended;
  } finally {
    await server.close();
  }
}

const LIST = "- `api` was changed\n  - `quantity`: `3` → `9`\n";

test("drift opens one issue, assigned and labelled; the same drift again says nothing new", async () => {
  const state = gitHubState(REPOSITORY);
  const { status, output } = await step(state, "1", LIST);
  assert.equal(status, 0, output);
  assert.match(output, /::warning::There is drift, see issue #1/);
  await step(state, "1", LIST);
  const [issue, ...more] = state.issues;
  assert.deepEqual(more, []);
  assert.deepEqual(
    [issue?.title, issue?.body?.trim(), issue?.assignees, issue?.labels, issue?.comments],
    ["Drift in production", LIST.trim(), ["anton"], ["drift-production"], []],
  );
});

test("other drift brings the issue up to date, with a word for whoever follows it", async () => {
  const state = gitHubState(REPOSITORY);
  await step(state, "1", LIST);
  const { output } = await step(state, "1", "- `dns` was deleted\n");
  assert.match(output, /::warning::The drift has changed, see issue #1/);
  assert.equal(state.issues[0]?.body?.trim(), "- `dns` was deleted");
  assert.deepEqual(state.issues[0]?.comments, ["The list has changed."]);
});

test("mended drift closes the issue, and the next one opens another", async () => {
  const state = gitHubState(REPOSITORY);
  assert.match((await step(state, "0")).output, /Everything is as it was deployed/);
  assert.equal(state.issues.length, 0);
  await step(state, "1", LIST);
  const { output } = await step(state, "0");
  assert.match(output, /::notice::The drift is mended: issue #1 is closed/);
  assert.equal(state.issues[0]?.state, "closed");
  await step(state, "1", LIST);
  assert.deepEqual(
    state.issues.map((issue) => issue.state),
    ["closed", "open"],
  );
});

test("a look that failed is a failure, and leaves the issue as it is", async () => {
  const state = gitHubState(REPOSITORY);
  await step(state, "1", LIST);
  const { status, output } = await step(state, "3");
  assert.equal(status, 1);
  assert.match(output, /::error::Whether anything drifted is not known: stagewright drift ended with 3/);
  assert.equal(state.issues[0]?.state, "open");
});
