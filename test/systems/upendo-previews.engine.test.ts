import assert from "node:assert/strict";
import path from "node:path";
import { beforeAll, test } from "vitest";
import { CloudStore } from "../../stagewright/rehearsal/store";
import type { WorkflowFile } from "../../stagewright/release/workflow-file";
import { Previewing } from "../release/workflows/previewing";
import { ROOT } from "../support/projects";
import { type Resources, Stage } from "../support/rehearsed";
import { committed } from "./committed";

// Row 2 of upendo's table: every pull request gets a review environment after CI, linked on it,
// gone when it closes, on staging's database. The workflow is the one that a rehearsed staging
// commits; its steps run in bash, with the real command and the real engine.
const FOLDER = path.join(ROOT, "systems/upendo");
const REPOSITORY = "csc301-summer-2020/team-project-3-upendo-honey";
const stage = new Stage(FOLDER);
const REAL = `#!/usr/bin/env bash
cd ${JSON.stringify(FOLDER)}
shift 2
HOME=${JSON.stringify(process.env.HOME)} exec ${JSON.stringify(process.execPath)} ${JSON.stringify(path.join(ROOT, "stagewright/cli/stagewright.js"))} \\
  "$@" --rehearse --cloud ${JSON.stringify(stage.cloud)}
`;
const CI = "ci/circleci: build";
let all: Resources;
let preview: WorkflowFile;
let reap: WorkflowFile;
const play = new Previewing(REPOSITORY, REAL, {
  ".python-version": "3.12\n",
  "package.json": JSON.stringify({ scripts: { "heroku-postbuild": "npm test && npm run build" } }),
});
const pull = play.pull(7);

beforeAll(async () => {
  await stage.done("staging", "up");
  all = await stage.resources("staging");
  preview = committed(all, "preview-api-staging");
  reap = committed(all, "reap-api-staging");
});

const APP = "upendo-eph-pr-7";

/** The names of what the cloud holds of a type, in order. */
function held(type: string): string[] {
  const store = new CloudStore(stage.cloud);
  try {
    return store
      .list(type)
      .map(({ name }) => name)
      .sort();
  } finally {
    store.close();
  }
}

test("2: it waits for CI", async () => {
  play.state.statuses.push({ sha: play.sha, context: CI, state: "pending" });
  const { results } = await play.run(preview, { pull, action: "opened", env: { CHECKS_SECONDS: "0" } });
  assert.deepEqual(results, { environment: "failure", deploy: "skipped" });
  assert.deepEqual(held("heroku:app/app:App"), ["staging-upendo"]);
});

test("2: after CI it is there, on staging's database, with the commit, linked on the pull request", async () => {
  play.state.statuses = [{ sha: play.sha, context: CI, state: "success" }];
  const { results, output, heroku } = await play.run(preview, { pull, heroku: { app: APP } });
  assert.equal(results.environment, "success", output);
  assert.equal(results.deploy, "success", output);
  assert.deepEqual(held("heroku:app/app:App"), ["staging-upendo", APP]);
  assert.deepEqual(held("heroku:addon/addon:Addon").length, 1, "staging's database, and no other");
  assert.ok(heroku.includes(`POST /apps/${APP}/builds`));
  const [comment, ...more] = pull.comments;
  assert.deepEqual(more, []);
  assert.match(comment?.body ?? "", /\| API \| https:\/\/upendo-eph-pr-7[\w-]*\.herokuapp\.com \|/);
  assert.match(comment?.body ?? "", /\| Cost \| \$7 a month \|/);
  assert.match(comment?.body ?? "", /\| Shared \| .*database.*staging.* \|/i);
});

test("2: the reaper leaves it while it lives", async () => {
  const { results, output } = await play.run(reap);
  assert.deepEqual(results, { reap: "success" }, output);
  assert.deepEqual(held("heroku:app/app:App"), ["staging-upendo", APP]);
});

test("2: it is gone when the pull request closes, and staging has lost nothing", async () => {
  pull.state = "closed";
  const { results, output } = await play.run(preview, { pull, action: "closed" });
  assert.equal(results.environment, "success", output);
  assert.deepEqual(held("heroku:app/app:App"), ["staging-upendo"]);
  assert.equal(held("heroku:addon/addon:Addon").length, 1);
  assert.match(pull.comments[0]?.body ?? "", /is gone/);
  assert.equal((await stage.resources("staging")).all.length, all.all.length);
});
