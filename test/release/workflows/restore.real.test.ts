import assert from "node:assert/strict";
import { test } from "vitest";
import type { EnvironmentSpec } from "../../../stagewright/environment/schema/environment";
import { environment } from "../../../stagewright/environment/schema/environment";
import { requirements } from "../../../stagewright/release/workflows";
import { APP, DATABASE_URL } from "../deploys/heroku-platform";
import { read } from "../deploys/runner";
import { apiWith, REPOSITORY, workflowOf } from "./acme";
import { type GitHubState, gitHubState } from "./github-on-git";
import { run, type Wish } from "./run";

const SOURCE = "postgres://reader:streng-geheim@ec2-9.compute-1.amazonaws.com:5432/d9";

const SPEC: EnvironmentSpec = {
  ...apiWith({ owner: "anton" }, "sandbox"),
  data: environment.shape.data.parse({
    protected: false,
    restoredFrom: ["tests", "production"],
    restore: { by: "anton", sources: { tests: "testsDatabase", production: "productionDatabase" } },
  }),
};
const FILE = workflowOf("restore", SPEC);
const NOTHING = { confirm: "failure", restore: "skipped" };

function restore(state: GitHubState, wish: Partial<Wish> = {}) {
  return run(FILE, {
    state,
    actor: "anton",
    inputs: { source: "production", confirm: "sandbox" },
    secrets: { RESTORE_FROM_PRODUCTION: SOURCE, RESTORE_FROM_TESTS: "postgres://t:t@tests.example.org/t" },
    ...wish,
  });
}

test("typed and approved, production's data takes the place of the sandbox's, and it is written down", async () => {
  const state = gitHubState(REPOSITORY);
  const asked: string[] = [];
  const { results, copies, output } = await restore(state, {
    beforeApproval: (environment) => asked.push(environment),
  });
  assert.deepEqual(results, { confirm: "success", restore: "success" }, output);
  assert.deepEqual(asked, ["sandbox-restore"]);
  assert.deepEqual(copies, [
    { from_name: "production", from_url: SOURCE, to_name: APP, to_url: DATABASE_URL },
  ]);
  assert.match(output, new RegExp(`::notice::${APP} holds the data of production`));
  const [issue] = state.issues;
  assert.equal(issue?.title, "Restored data in sandbox");
  assert.deepEqual(
    issue?.comments.map((comment) => comment.replace(/ \(.*/, "")),
    ["anton: `restore from production` starts", "anton: `restore from production` ended: success"],
  );
});

test("nothing but the target's app is called, and no URL of a database is printed", async () => {
  const state = gitHubState(REPOSITORY);
  const { heroku, output, summary } = await restore(state);
  assert.ok(heroku.length > 0);
  for (const call of heroku)
    assert.match(
      call,
      new RegExp(`^(GET /apps/${APP}/|POST /client/v11/databases/a1/|GET /client/v11/apps/${APP}/)`),
    );
  const shown = output.replaceAll(`::add-mask::${DATABASE_URL}`, "") + summary + JSON.stringify(state.issues);
  assert.doesNotMatch(shown, /geheim|postgres:/);
});

test("anybody else is refused, who started it or ran it again", async () => {
  for (const who of [{ actor: "bea" }, { triggeringActor: "bea" }]) {
    const state = gitHubState(REPOSITORY);
    const { results, heroku, output } = await restore(state, who);
    assert.deepEqual(results, NOTHING);
    assert.match(output, /::error::Only anton .* not bea/);
    assert.deepEqual(heroku, []);
  }
});

test("a wrong confirmation is refused", async () => {
  const inputs = { source: "production", confirm: "production" };
  const { results, heroku, output } = await restore(gitHubState(REPOSITORY), { inputs });
  assert.deepEqual(results, NOTHING);
  assert.match(output, /::error::Not confirmed: 'sandbox' must be typed, not 'production'/);
  assert.deepEqual(heroku, []);
});

for (const [what, wish, says] of [
  [
    "an environment that is no source",
    { inputs: { source: "stage", confirm: "sandbox" } },
    /::error::Data of 'stage' may not be put here/,
  ],
  [
    "a secret that is no URL of a database",
    { secrets: { RESTORE_FROM_PRODUCTION: "https://example.org/backup" } },
    /::error::The secret for production is no URL of a Postgres database/,
  ],
  [
    "the app's own database as its source",
    {
      secrets: {
        RESTORE_FROM_PRODUCTION: `${DATABASE_URL.replace("own:geheim", "reader:x")}?sslmode=require`,
      },
    },
    /::error::The secret for production is the URL of .*'s own database/,
  ],
  [
    "a database of another app that is attached to this one",
    { heroku: { databaseOf: "dt-production" } },
    /::error::The database of .* belongs to dt-production, so nothing is put there/,
  ],
] as const satisfies [string, Partial<Wish>, RegExp][]) {
  test(`${what}: nothing is copied`, async () => {
    const state = gitHubState(REPOSITORY);
    const { results, copies, output } = await restore(state, wish);
    assert.deepEqual(results, { confirm: "success", restore: "failure" });
    assert.match(output, says);
    assert.deepEqual(copies, []);
    assert.match(state.issues[0]?.comments.at(-1) ?? "", /ended: failure/);
  });
}

test("a copy that fails is told as that", async () => {
  const state = gitHubState(REPOSITORY);
  const { results, output } = await restore(state, { heroku: { copy: "failed" } });
  assert.equal(results.restore, "failure");
  assert.match(output, /::error::The copy of production to .* failed/);
  assert.match(state.issues[0]?.comments.at(-1) ?? "", /ended: failure/);
});

for (const fault of [500, "gone"] as const) {
  test(`where Heroku does not say whether it copies (${fault}), it is not told twice`, async () => {
    const faults = { "POST /client/v11/databases/a1/transfers": [fault] };
    const { results, copies } = await restore(gitHubState(REPOSITORY), { heroku: { faults } });
    assert.equal(results.restore, "failure");
    assert.equal(copies.length, 1);
  });
}

test("what cannot be written down does not happen", async () => {
  const state = gitHubState(REPOSITORY);
  state.down = /POST .*\/issues$/;
  const { results, heroku } = await restore(state);
  assert.equal(results.restore, "failure");
  assert.deepEqual(heroku, []);
});

test("the choice is of the stated sources, and the one person alone approves", () => {
  const { on, jobs } = read(FILE);
  const { inputs } = on.workflow_dispatch as { inputs: Record<string, { options?: string[] }> };
  assert.deepEqual(inputs.source?.options, ["tests", "production"]);
  assert.deepEqual(jobs.restore?.concurrency, {
    group: "deploy-api-sandbox",
    "cancel-in-progress": false,
    queue: "max",
  });
  assert.deepEqual(requirements("acme", SPEC), [
    {
      repository: REPOSITORY,
      environment: "sandbox-restore",
      approval: { by: ["user anton"], self: "allowed" },
      secrets: ["HEROKU_API_KEY", "RESTORE_FROM_TESTS", "RESTORE_FROM_PRODUCTION"],
      variables: ["HEROKU_APP"],
    },
  ]);
});

test("without data.restore there is no such workflow, whatever the sources are", () => {
  const { restore: _, ...data } = SPEC.data;
  assert.throws(() => workflowOf("restore", { ...SPEC, data }));
});
