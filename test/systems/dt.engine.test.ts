import assert from "node:assert/strict";
import path from "node:path";
import { beforeAll, test } from "vitest";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { configVarsOf } from "../../stagewright/rehearsal/vendors/heroku/config-vars";
import { systemChecks } from "../../stagewright/release/checks/system";
import { commit } from "../release/deploys/checkout";
import type { Repository } from "../release/deploys/github-platform";
import { APP, DATABASE_URL, ended } from "../release/deploys/heroku-platform";
import { read } from "../release/deploys/runner";
import { deployed, type Seen, untouched, type Wish } from "../release/deploys/world";
import { systemOf } from "../release/rules/systems";
import { gitHubState } from "../release/workflows/github-on-git";
import { run } from "../release/workflows/run";
import { ROOT, scratch } from "../support/projects";
import { isSecret, type Resources, Stage } from "../support/rehearsed";
import { committed, committedNames } from "./committed";

// The rows of dt's table: each test is one, seen in all five stacks after one rehearsed `up` in one
// cloud, or in what their committed workflows do in real bash between stand-ins of the vendors.
const stage = new Stage(path.join(ROOT, "systems/dt"));
const CHAIN = ["sandbox-anton", "tests", "sandbox", "stage", "production"] as const;
type Name = (typeof CHAIN)[number];
const rehearsed = {} as Record<Name, Resources>;

beforeAll(async () => {
  for (const name of CHAIN) await stage.done(name, "up");
  for (const name of CHAIN) rehearsed[name] = await stage.resources(name);
});

const REPOSITORY = "dt-team/dt";
const folder = scratch();
const CODE = { Procfile: "release: dt migrate\nweb: gunicorn dt.wsgi\nclock: dt clock\n" };
const CHECKOUT = path.join(folder, "dt");
const SHA = commit(CHECKOUT, { ...CODE, "dt/prices.py": "def fetch(): pass\n" });
const WITH_TESTS = path.join(folder, "with-tests");
const TESTING = commit(WITH_TESTS, { ...CODE, "dt/prices.py": "def testPrices(): pass\n" });

/** All that a commit has done once it passed everything. */
const DONE = [
  ["sandbox-anton", "deploy:api"],
  ["tests", "deploy:api"],
  ["tests", "verify:api"],
  ["sandbox", "deploy:api"],
  ["stage", "deploy:api"],
] as const;

/** What GitHub knows of a commit that has passed these. */
function passed(steps: readonly (readonly [string, string])[], sha = SHA): Repository {
  return {
    branches: { master: sha },
    compared: { [`master...${sha}`]: { status: "identical" } },
    deployments: steps.map(([environment, task]) => ({ environment, task, sha, states: ["success"] })),
  };
}

const SATURDAY = "2026-01-03T10:00:00Z";
const BELL = { event: { workflow_run: { conclusion: "success" } } };
/** How a deploy starts by itself, environment by environment. */
const STARTS: Record<Name, Wish> = {
  "sandbox-anton": { event: "push" },
  tests: { event: "workflow_run", github: BELL },
  sandbox: { event: "workflow_run", github: BELL },
  stage: { event: "workflow_run", github: BELL },
  production: {
    event: "schedule",
    github: { event: { schedule: "0 9 * * 0,6" } },
    now: "2026-01-03T09:01:00Z",
  },
};

/** Runs a deploy workflow as it is committed. */
function deploy(name: Name, wish: Wish = {}, suffix = ""): Promise<Seen> {
  const { github, ...start } = STARTS[name];
  return deployed(committed(rehearsed[name], `deploy-api-${name}${suffix}`), {
    ...start,
    checkout: CHECKOUT,
    sha: SHA,
    repository: passed(DONE.slice(0, stepsBefore(name))),
    ...wish,
    github: { repository: REPOSITORY, ...github, ...wish.github },
    sentry: { organization: "dt", ...wish.sentry },
  });
}

/** How many of `DONE` come before an environment. */
function stepsBefore(name: Name): number {
  const index = DONE.findIndex(([environment]) => environment === name);
  return index < 0 ? DONE.length : index;
}

function refused(seen: Seen, says: RegExp): void {
  assert.match(seen.output, says);
  assert.ok(untouched(seen), seen.output);
}

/** The config vars that an environment's app has in the cloud. */
function configVars(name: Name): Record<string, unknown> {
  const cloud = new CloudStore(stage.cloud);
  try {
    return configVarsOf(cloud, String(rehearsed[name].one("App").id));
  } finally {
    cloud.close();
  }
}

for (const name of CHAIN) {
  test(`1 ${name}: a commit that passed everything before it is deployed`, async () => {
    const seen = await deploy(name);
    assert.equal(seen.results.deploy, "success", seen.output);
    const record = seen.repository.deployments?.find(
      ({ environment, task }) => environment === name && task === "deploy:api",
    );
    assert.deepEqual(record && [record.sha, record.states[0]], [SHA, "success"]);
  });
}

for (const name of CHAIN.slice(1)) {
  test(`1 ${name}: without any one step before it, or with one that failed, nothing is deployed`, async () => {
    const steps = DONE.slice(0, stepsBefore(name));
    assert.ok(steps.length > 0);
    for (const missing of steps) {
      const others = steps.filter((step) => step !== missing);
      const gone = await deploy(name, { repository: passed(others) });
      assert.ok(untouched(gone), `${name} without ${missing}`);
      const failed = passed(steps);
      for (const record of failed.deployments ?? [])
        if (record.environment === missing[0] && record.task === missing[1]) record.states = ["failure"];
      assert.ok(untouched(await deploy(name, { repository: failed })), `${name} after a failed ${missing}`);
    }
  });
}

test("1: the environments start one after the other, and each has its own app, database and errors", () => {
  const starts = CHAIN.map((name) => {
    const { on } = read(committed(rehearsed[name], `deploy-api-${name}`));
    const { workflow_run: after, push, schedule } = on as Record<string, { workflows?: string[] }>;
    return after?.workflows?.[0] ?? (push ? "push" : schedule ? "schedule" : "");
  });
  assert.deepEqual(starts, [
    "push",
    "Deploy api to sandbox-anton",
    "Deploy api to tests",
    "Deploy api to sandbox",
    "schedule",
  ]);
  for (const type of ["App", "Addon", "SentryProject"]) {
    const ids = CHAIN.map((name) => rehearsed[name].one(type).id);
    assert.equal(new Set(ids).size, CHAIN.length, type);
  }
  for (const name of CHAIN) assert.equal(configVars(name).DT_ENVIRONMENT, name);
});

test("2: only Anton deploys to sandbox-anton by hand", async () => {
  // What is merged to master is nobody's work here, and starts the chain.
  const pushed = await deploy("sandbox-anton", { actor: "bea" });
  assert.equal(pushed.results.deploy, "success", pushed.output);
  const asked = { event: "workflow_dispatch", actor: "bea" };
  refused(await deploy("sandbox-anton", asked, "-by-hand"), /::error::Only anton deploys here, not bea/);
  const seen = await deploy("sandbox-anton", { event: "workflow_dispatch", actor: "anton" }, "-by-hand");
  assert.equal(seen.results.deploy, "success", seen.output);
});

test("2: the data of sandbox-anton is restored from any other environment, production included, by Anton alone", async () => {
  const file = {
    ...committed(rehearsed["sandbox-anton"], "restore-data-sandbox-anton"),
    repository: REPOSITORY,
  };
  for (const source of ["tests", "sandbox", "stage", "production"]) {
    const url = `postgres://reader:geheim@${source}.example.org:5432/${source}`;
    const state = gitHubState(REPOSITORY);
    const asked: string[] = [];
    const wish = {
      state,
      inputs: { source, confirm: "sandbox-anton" },
      secrets: { [`RESTORE_FROM_${source.toUpperCase()}`]: url },
      beforeApproval: (environment: string) => asked.push(environment),
    };
    const { results, copies, output } = await run(file, { ...wish, actor: "anton" });
    assert.deepEqual(results, { confirm: "success", restore: "success" }, output);
    assert.deepEqual(asked, ["sandbox-anton-restore"]);
    assert.deepEqual(copies, [{ from_name: source, from_url: url, to_name: APP, to_url: DATABASE_URL }]);
    const { copies: none } = await run(file, { ...wish, actor: "bea" });
    assert.deepEqual(none, []);
  }
  const { inputs } = rehearsed["sandbox-anton"].one("RepositoryEnvironment", {
    environment: "sandbox-anton-restore",
  });
  const [{ users = [], ...others } = {}] = inputs.reviewers as { users?: number[] }[];
  assert.deepEqual([users.length, others], [1, {}]);
});

test("2: nothing flows the other way", () => {
  for (const name of CHAIN) {
    const restores = committedNames(rehearsed[name]).filter((file) => file.startsWith("restore-data-"));
    assert.deepEqual(restores, name === "sandbox-anton" ? ["restore-data-sandbox-anton"] : []);
    const secrets = rehearsed[name]
      .of("ActionsEnvironmentSecret")
      .map(({ inputs }) => String(inputs?.secretName));
    assert.equal(
      secrets.some((secret) => secret.startsWith("RESTORE_FROM_")),
      name === "sandbox-anton",
    );
    assert.ok(!secrets.includes("RESTORE_FROM_SANDBOX_ANTON"));
  }
  for (const name of CHAIN.slice(1)) {
    const found = systemChecks(systemOf("dt", { [name]: { data: { restoredFrom: ["sandbox-anton"] } } }));
    assert.ok(found.length > 0, name);
    for (const { path: key } of found) assert.deepEqual(key.slice(0, 2), ["data", "restoredFrom"]);
  }
});

test("3: a deploy to tests is verified by `dt test --notify`, and a commit that fails it goes no further", async () => {
  const well = await deploy("tests");
  const commands = (seen: Seen) =>
    seen.received.heroku
      .filter(({ method, url }) => method === "POST" && url.endsWith("/dynos"))
      .map(({ body }) => JSON.parse(body.toString()).command as string);
  assert.deepEqual(commands(well), ["dt test --notify"]);
  const verified = (seen: Seen) => seen.repository.deployments?.find(({ task }) => task === "verify:api");
  assert.equal(verified(well)?.states[0], "success");

  const badly = await deploy("tests", { heroku: { log: ended(1) } });
  assert.equal(badly.results.deploy, "failure");
  assert.equal(verified(badly)?.states[0], "failure");
  const after = { ...passed([]), deployments: badly.repository.deployments };
  assert.ok(untouched(await deploy("sandbox", { repository: after })));
});

test("3: the tests run daily from 00:00 GMT, and never twice at once", async () => {
  const file = { ...committed(rehearsed.tests, "verify-api-tests"), repository: REPOSITORY };
  const { on, jobs } = read(file);
  assert.deepEqual(on, {
    schedule: ["7,22,52 0 * * *", "52 1 * * *", "52 3 * * *"].map((cron) => ({ cron })),
  });
  for (const now of ["2026-01-03T00:00:20Z", "2026-07-03T00:40:00Z"]) {
    const state = gitHubState(REPOSITORY);
    state.deployments[REPOSITORY] = [
      {
        environment: "tests",
        task: "deploy:api",
        sha: SHA,
        created_at: "2026-01-02T00:00:00Z",
        states: ["success"],
      },
    ];
    const seen = await run(file, { state, event: "schedule", cron: "0 0 * * *", now });
    assert.deepEqual(seen.commands, ["dt test --notify"], seen.output);
  }
  const lock = { group: "tests", "cancel-in-progress": false, queue: "max" };
  assert.deepEqual(jobs.verify?.concurrency, lock);
  for (const name of ["deploy-api-tests", "deploy-api-tests-by-hand"])
    if (committedNames(rehearsed.tests).includes(name))
      assert.deepEqual(read(committed(rehearsed.tests, name)).jobs.deploy?.concurrency, lock);
});

test("3: a run may erase the data of tests, whose market data is IEX's sandbox's", () => {
  const { data } = stage.files("tests").spec;
  assert.deepEqual([data.erasedBy, data.protected], ["verify", false]);
  const { protect, retainOnDelete } = rehearsed.tests.one("Addon");
  assert.ok(!protect && !retainOnDelete);
  assert.equal(configVars("tests").IEX_API_URL, "https://sandbox.iexapis.com/v1");
});

test("4: no testXXX function is deployed to sandbox, while it may be in tests", async () => {
  const testing = { checkout: WITH_TESTS, sha: TESTING };
  refused(
    await deploy("sandbox", { ...testing, repository: passed(DONE.slice(0, 3), TESTING) }),
    /::error::.* has test functions, which may not be in it/,
  );
  const seen = await deploy("tests", { ...testing, repository: passed(DONE.slice(0, 1), TESTING) });
  assert.equal(seen.results.deploy, "success", seen.output);
});

test("4: the market data of sandbox is production's, in less volume", () => {
  const [sandbox, production] = [configVars("sandbox"), configVars("production")];
  assert.equal(sandbox.IEX_API_URL, "https://cloud.iexapis.com/v1");
  assert.equal(production.IEX_API_URL, sandbox.IEX_API_URL);
  assert.deepEqual([sandbox.IEX_MAX_SYMBOLS, production.IEX_MAX_SYMBOLS], ["50", undefined]);
  const tokens = CHAIN.map((name) => configVars(name).IEX_TOKEN);
  assert.equal(new Set(tokens).size, CHAIN.length, "each environment has its own");
  for (const name of CHAIN)
    assert.ok(
      isSecret(rehearsed[name].all.find(({ type }) => type.endsWith(":App"))?.inputs?.sensitiveConfigVars),
    );
});

for (const name of CHAIN) {
  test(`5: an error in ${name} stops the release to production and the deploy to stage`, async () => {
    const issues = [
      { shortId: "DT-1", title: "KeyError", environment: name, firstSeen: "2026-01-01T12:00:00Z" },
    ];
    for (const to of ["stage", "production"] as const) {
      const wish = { now: to === "stage" ? SATURDAY : STARTS.production.now, sentry: { issues } };
      refused(
        await deploy(to, wish),
        /::error::Sentry has new unresolved errors \(last 7 days\) in all: DT-1/,
      );
    }
  });
}

test("6: migrations are part of the release, tested in stage before production", async () => {
  for (const name of CHAIN) {
    const missing = path.join(scratch(), "without");
    const sha = commit(missing, { Procfile: "web: gunicorn dt.wsgi\n" });
    const seen = await deploy(name, {
      checkout: missing,
      sha,
      repository: passed(DONE.slice(0, stepsBefore(name)), sha),
    });
    assert.match(seen.output, /::error::The Procfile of .* needs 'release: dt migrate'/, name);
    assert.deepEqual(seen.calls.heroku, []);
  }
  const failed = await deploy("stage", { heroku: { release: "failed" } });
  assert.match(failed.output, /::error::The release phase of .* failed/);
  refused(
    await deploy("production", {
      repository: {
        ...passed([]),
        deployments: [
          ...(passed(DONE.slice(0, 4)).deployments ?? []),
          ...(failed.repository.deployments ?? []).filter(({ environment }) => environment === "stage"),
        ],
      },
    }),
    /Not deployed: no commit of master has passed yet what is required/,
  );
});

const asked = (now: string, inputs: object = {}, wish: Wish = {}) =>
  deploy("production", {
    event: "workflow_dispatch",
    now,
    inputs: { hotfix: false, reason: "", ...inputs },
    ...wish,
  });

test("7: production releases on weekends from 09:00 to 12:00 GMT only", async () => {
  for (const open of ["2026-01-03T09:00:00Z", "2026-01-04T11:57:00Z", "2026-07-04T09:00:00Z"])
    assert.equal((await asked(open)).results.deploy, "success", open);
  for (const shut of [
    "2026-01-03T08:59:59Z",
    "2026-01-03T12:00:00Z",
    "2026-01-02T10:00:00Z",
    "2026-07-04T08:30:00Z",
  ])
    refused(await asked(shut), /::error::The window is closed/);
});

test("7: a hotfix is freed from the window and from nothing else", async () => {
  const monday = "2026-01-05T15:00:00Z";
  const fix = { hotfix: true, reason: "orders are lost" };
  const seen = await asked(monday, fix, { actor: "bea" });
  assert.equal(seen.results.deploy, "success", seen.output);
  assert.match(seen.summary, /\*\*Hotfix\*\* by bea: orders are lost/);
  refused(await asked(monday, { ...fix, reason: "" }), /A hotfix needs a reason/);
  for (const missing of DONE) {
    const repository = passed(DONE.filter((step) => step !== missing));
    assert.ok(untouched(await asked(monday, fix, { repository })), String(missing));
  }
  const issues = [{ shortId: "DT-2", title: "x", environment: "stage", firstSeen: "2026-01-04T12:00:00Z" }];
  refused(await asked(monday, fix, { sentry: { issues } }), /Sentry has new unresolved errors/);
  const { inputs } = rehearsed.production.one("RepositoryEnvironment", { environment: "production" });
  assert.equal((inputs.reviewers as { teams: number[] }[])[0]?.teams.length, 1, "approved all the same");
});

test("8: production's errors are watched hourly, and Anton is told", async () => {
  const file = { ...committed(rehearsed.production, "watch-api-production"), repository: REPOSITORY };
  assert.deepEqual(read(file).on, { schedule: [{ cron: "7 * * * *" }] });
  const state = gitHubState(REPOSITORY);
  const error = { id: "7", title: "KeyError", firstSeen: "2026-01-03T09:30:00Z", project: "dt-production" };
  const seen = await run(file, {
    state,
    event: "schedule",
    cron: "0 * * * *",
    now: SATURDAY,
    sentry: { errors: [error], organization: "dt" },
  });
  assert.deepEqual(seen.results, { watch: "success" }, seen.output);
  assert.deepEqual(
    state.issues.map(({ assignees }) => assignees),
    [["anton"]],
  );
});

test("8: data operations run through dt, by Anton alone, who confirms and confirms again", async () => {
  const file = { ...committed(rehearsed.production, "operate-api-production"), repository: REPOSITORY };
  const typed = { arguments: "fix prices", again: "fix prices", confirm: "production" };
  const approvals: string[] = [];
  const state = gitHubState(REPOSITORY);
  const wish = { state, inputs: typed, beforeApproval: (environment: string) => approvals.push(environment) };
  const seen = await run(file, { ...wish, actor: "anton" });
  assert.deepEqual(seen.commands, ["dt fix prices"], seen.output);
  assert.deepEqual(approvals, ["production-operations", "production-operations-again"]);
  for (const environment of approvals) {
    const { inputs } = rehearsed.production.one("RepositoryEnvironment", { environment });
    const [{ users = [], ...others } = {}] = inputs.reviewers as { users?: number[] }[];
    assert.deepEqual([users.length, others], [1, {}], environment);
  }
  for (const wrong of [
    { ...wish, actor: "bea" },
    { ...wish, actor: "anton", triggeringActor: "bea" },
    { ...wish, actor: "anton", inputs: { ...typed, again: "fix price" } },
    { ...wish, actor: "anton", inputs: { ...typed, confirm: "yes" } },
  ])
    assert.deepEqual((await run(file, wrong)).commands, []);
  for (const name of CHAIN.slice(0, -1))
    assert.ok(!committedNames(rehearsed[name]).some((other) => other.startsWith("operate-")), name);
});

test("production's data is protected and kept, and that of the others needs no unprotecting", () => {
  for (const name of CHAIN) {
    const { protect, retainOnDelete } = rehearsed[name].one("Addon");
    assert.deepEqual([protect === true, retainOnDelete === true], Array(2).fill(name === "production"), name);
  }
});
