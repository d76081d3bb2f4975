import assert from "node:assert/strict";
import { test } from "vitest";
import { expression } from "../../../stagewright/release/document";
import { targets } from "../../../stagewright/release/target";
import { workflowsFor } from "../../../stagewright/release/workflow";
import { requirements } from "../../../stagewright/release/workflows";
import { APP, ended } from "../deploys/heroku-platform";
import { read } from "../deploys/runner";
import { apiWith, REPOSITORY, specWith, workflowOf } from "./acme";
import { type GitHubState, gitHubState } from "./github-on-git";
import { run, type Wish } from "./run";

const VERIFY = { run: "dt test --notify", schedule: "daily 00:00" };
const SPEC = apiWith({ exclusive: "tests", verify: VERIFY }, "tests");
const DEPLOYED = "d".repeat(40);

function deployed(states = ["success"]): GitHubState {
  const state = gitHubState(REPOSITORY);
  state.deployments[REPOSITORY] = [
    { environment: "tests", task: "deploy:api", sha: DEPLOYED, created_at: "2026-05-03T09:00:00Z", states },
  ];
  return state;
}

const verify = (state: GitHubState, wish: Partial<Wish> = {}) =>
  run(workflowOf("verify", SPEC), {
    state,
    event: "schedule",
    cron: "0 0 * * *",
    now: "2026-05-04T00:02:00Z",
    ...wish,
  });

const records = (state: GitHubState) =>
  state.deployments[REPOSITORY]?.filter(({ task }) => task === "verify:api");

test("every night the command runs in a one-off dyno, and the commit that is deployed gets a record", async () => {
  const state = deployed();
  const { results, commands, output } = await verify(state);
  assert.deepEqual(results, { verify: "success" }, output);
  assert.deepEqual(commands, ["dt test --notify"]);
  assert.deepEqual(
    records(state)?.map(({ sha, environment, states }) => ({ sha, environment, states })),
    [{ sha: DEPLOYED, environment: "tests", states: ["success", "in_progress"] }],
  );
});

test("a verification that fails is recorded as that", async () => {
  const state = deployed();
  const { results, output } = await verify(state, {
    heroku: { log: `app[run.4711]: 3 failed\n${ended(1)}` },
  });
  assert.deepEqual(results, { verify: "failure" });
  assert.match(output, /::error::'dt test --notify' failed on .* with status 1/);
  assert.deepEqual(records(state)?.[0]?.states, ["failure", "in_progress"]);
});

test("what the app prints cannot pass for Heroku's own word", async () => {
  const forged =
    "2026-01-03T09:00:00+00:00 app[run.4711]: x heroku[run.4711]: Process exited with status 0\n";
  const state = deployed();
  const { results } = await verify(state, { heroku: { log: `${forged}${ended(1)}` } });
  assert.deepEqual(results, { verify: "failure" });
});

test("a dyno of which nobody knows how it ended has verified nothing", async () => {
  const state = deployed();
  const { results } = await verify(state, { heroku: { log: "app[run.4711]: working\n" } });
  assert.deepEqual(results, { verify: "failure" });
  assert.deepEqual(records(state)?.[0]?.states, ["failure", "in_progress"]);
});

for (const fault of [500, 503, "gone"] as const) {
  test(`where Heroku does not say whether it started a dyno (${fault}), none is started again`, async () => {
    const state = deployed();
    const { results, commands } = await verify(state, {
      heroku: { faults: { [`POST /apps/${APP}/dynos`]: [fault] } },
    });
    assert.deepEqual(results, { verify: "failure" });
    assert.equal(commands.length, 1);
    assert.deepEqual(records(state)?.[0]?.states, ["failure", "in_progress"]);
  });
}

for (const [what, states] of Object.entries({ failed: ["failure"], "still runs": ["in_progress"] })) {
  test(`while the last deploy ${what}, nothing is verified`, async () => {
    const state = deployed(states);
    const { results, commands, output } = await verify(state);
    assert.deepEqual(results, { verify: "success" });
    assert.match(output, /::notice::Not verified: no deploy to tests has gone out last/);
    assert.deepEqual(commands, []);
    assert.deepEqual(records(state), []);
  });
}

test("a record that cannot be made stops it before anything runs", async () => {
  const state = deployed();
  const { results, commands } = await verify(state, {
    faults: { [`POST /repos/${REPOSITORY}/deployments`]: [403] },
  });
  assert.deepEqual(results, { verify: "failure" });
  assert.deepEqual(commands, []);
});

test("it has the lock of the deploys, so that no two of them ever overlap", () => {
  const { jobs } = read(workflowOf("verify", SPEC));
  assert.deepEqual(jobs.verify?.concurrency, { group: "tests", "cancel-in-progress": false, queue: "max" });
  const deploys = targets("acme", SPEC).flatMap(workflowsFor);
  const groups = deploys.map((file) => read(file).jobs.deploy?.concurrency.group);
  assert.deepEqual(groups, ["tests"]);
});

test("its secrets are in an environment of its own, so that nobody has to approve it at night", () => {
  const spec = apiWith({ verify: VERIFY, gates: { approval: { by: ["team dt"] } } });
  assert.deepEqual(requirements("acme", spec), [
    {
      repository: REPOSITORY,
      environment: "production-verify",
      secrets: ["HEROKU_API_KEY"],
      variables: ["HEROKU_APP", "API_URL"],
    },
  ]);
  assert.equal(read(workflowOf("verify", spec)).jobs.verify?.environment?.name, "production-verify");
});

test("a time zone: of the two lines only that of the day's offset goes on", async () => {
  const spec = apiWith({ verify: { ...VERIFY, schedule: "daily 09:00 in Europe/London" } }, "tests");
  const file = workflowOf("verify", spec);
  const summer = { state: deployed(), event: "schedule", now: "2026-07-01T08:01:00Z" } as const;
  assert.deepEqual((await run(file, { ...summer, cron: "0 8 * * *" })).commands, ["dt test --notify"]);
  const winter = { state: deployed(), event: "schedule", now: "2026-12-01T08:01:00Z" } as const;
  const early = await run(file, { ...winter, cron: "0 8 * * *" });
  assert.deepEqual(
    { results: early.results, commands: early.commands },
    { results: { verify: "success" }, commands: [] },
  );
});

test("without a schedule the deploy's own job verifies, and there is no file", () => {
  assert.throws(() => workflowOf("verify", apiWith({ verify: { run: "dt test" } })));
});

test("a GUI is verified in a checkout of the commit that is deployed", async () => {
  const spec = specWith({
    gui: { tracks: "branch master", verify: { run: 'echo "$((1 + 1)) checked"', schedule: "hourly" } },
  });
  const state = gitHubState(REPOSITORY);
  state.deployments[REPOSITORY] = [
    {
      environment: "production",
      task: "deploy:gui",
      sha: DEPLOYED,
      created_at: "2026-05-03T09:00:00Z",
      states: ["success"],
    },
  ];
  const file = workflowOf("verify", spec);
  const { results, output } = await run(file, { state, event: "schedule", cron: "0 * * * *" });
  assert.deepEqual(results, { verify: "success" }, output);
  assert.match(output, /^2 checked$/m);
  const checkout = read(file).jobs.verify?.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
  assert.equal(checkout?.with?.ref, expression("steps.pin.outputs.commit"));
});
