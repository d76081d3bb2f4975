import assert from "node:assert/strict";
import { test } from "vitest";
import { workflowWith } from "./deployed";
import type { Repository } from "./github-platform";
import { deployed, OTHER, SHA, untouched, type Wish } from "./world";

const TRACKS = { tracks: "branch master" };

function refused(seen: Awaited<ReturnType<typeof deployed>>, sentence: RegExp): void {
  assert.match(seen.output, sentence);
  assert.notEqual(seen.results.deploy, "success");
  assert.ok(untouched(seen), JSON.stringify(seen.calls));
}

test("a push without rules deploys its commit, and records it", async () => {
  const seen = await deployed(workflowWith("api", TRACKS));
  assert.deepEqual(seen.results, { deploy: "success" }, seen.output);
  assert.deepEqual(seen.repository.deployments, [
    { sha: SHA, task: "deploy:api", environment: "staging", states: ["success", "in_progress"] },
  ]);
});

const CHECKS = { ...TRACKS, gates: { checks: { "ci/circleci: build": "any", scan: "scanner" } } };
const status = { sha: SHA, context: "ci/circleci: build", state: "success" };
const scan = { sha: SHA, name: "scan", status: "completed", conclusion: "success", app: "scanner" };
const green: Repository = { statuses: [status], checkRuns: [scan] };

test("checks: green ones let the deploy pass", async () => {
  const seen = await deployed(workflowWith("api", CHECKS), { repository: green });
  assert.deepEqual(seen.results, { rules: "success", deploy: "success" }, seen.output);
});

const RED: [string, Repository, RegExp][] = [
  [
    "a red status",
    { ...green, statuses: [{ ...status, state: "failure" }] },
    /'ci\/circleci: build' is red \(failure\)/,
  ],
  [
    "a red run",
    { ...green, checkRuns: [{ ...scan, conclusion: "cancelled" }] },
    /'scan' is red \(cancelled\)/,
  ],
  ["a missing check", { statuses: [status] }, /Not green on \w+ after 1 seconds: 'scan' \(missing\)/],
  [
    "one that never ends",
    { ...green, checkRuns: [{ ...scan, status: "queued", conclusion: undefined }] },
    /'scan' \(pending\)/,
  ],
  ["one of another commit", { ...green, statuses: [{ ...status, sha: OTHER }] }, /build' \(missing\)/],
  [
    "a run that claims another commit",
    { ...green, checkRuns: [{ ...scan, head_sha: OTHER }] },
    /'scan' \(missing\)/,
  ],
  ["one of somebody else", { ...green, checkRuns: [{ ...scan, app: "impostor" }] }, /'scan' \(missing\)/],
  [
    "a newer red one after a green one",
    {
      ...green,
      statuses: [
        { ...status, state: "error", created_at: "2026-01-02T00:00:00Z" },
        { ...status, created_at: "2026-01-01T00:00:00Z" },
      ],
    },
    /red \(error\)/,
  ],
  [
    "a red one of two reporters",
    { ...green, statuses: [status, { ...status, state: "failure", login: "b" }] },
    /red/,
  ],
];
for (const [what, repository, sentence] of RED) {
  test(`checks: ${what} refuses the deploy`, async () => {
    refused(await deployed(workflowWith("api", CHECKS), { repository }), sentence);
  });
}

test("checks: one that runs is waited for", async () => {
  const runs = [{ ...scan, status: "in_progress", conclusion: undefined as string | undefined }];
  let asked = 0;
  const repository: Repository = {
    ...green,
    checkRuns: runs,
    before(call) {
      if (call.endsWith("/check-runs") && ++asked === 3) runs[0] = { ...scan };
    },
  };
  const seen = await deployed(workflowWith("api", CHECKS), { repository, env: { CHECKS_SECONDS: "20" } });
  assert.equal(seen.results.deploy, "success", seen.output);
  assert.ok(asked > 3);
});

test("checks: the hundred and first status counts too", async () => {
  const noise = Array.from({ length: 120 }, (_, index) => ({ ...status, context: `noise ${index}` }));
  const seen = await deployed(workflowWith("api", CHECKS), {
    repository: { ...green, statuses: [...noise, status] },
  });
  assert.equal(seen.results.deploy, "success", seen.output);
});

const FROM = { ...TRACKS, gates: { environments: { tests: "verified", stage: "deployed" } } };
const record = (environment: string, task: string, states: string[], sha = SHA) => ({
  environment,
  task,
  states,
  sha,
});
const passed = [
  record("tests", "deploy:api", ["success"]),
  record("tests", "verify:api", ["success"]),
  record("stage", "deploy:api", ["inactive", "success", "in_progress"]),
];

test("environments: the same commit passed them", async () => {
  const seen = await deployed(workflowWith("api", FROM), { repository: { deployments: [...passed] } });
  assert.equal(seen.results.deploy, "success", seen.output);
});

const NOT_PASSED: [string, ReturnType<typeof record>[], RegExp][] = [
  ["nothing", [], /has no successful deploy:api in tests/],
  [
    "a deploy that is not verified",
    [passed[0], passed[2]] as typeof passed,
    /no successful verify:api in tests/,
  ],
  ["another commit", passed.map((one) => ({ ...one, sha: OTHER })), /no successful deploy:api in tests/],
  [
    "a later verification that failed",
    [...passed, record("tests", "verify:api", ["failure"])],
    /verify:api in tests/,
  ],
  [
    "a deploy that failed",
    [...passed.slice(0, 2), record("stage", "deploy:api", ["failure"])],
    /deploy:api in stage/,
  ],
];
for (const [what, deployments, sentence] of NOT_PASSED) {
  test(`environments: ${what} is not enough`, async () => {
    refused(await deployed(workflowWith("api", FROM), { repository: { deployments } }), sentence);
  });
}

test("migrations testedIn: the deploy there counts, by hand the migration", async () => {
  const inRelease = {
    ...TRACKS,
    migrations: { when: "in release", command: "python manage.py migrate", testedIn: "stage" },
  };
  refused(await deployed(workflowWith("api", inRelease)), /has no successful deploy:api in stage/);
  const byHand = {
    ...TRACKS,
    migrations: { when: "by hand", command: "python manage.py migrate", testedIn: "stage" },
  };
  const repository = { deployments: [record("stage", "deploy:api", ["success"])] };
  refused(
    await deployed(workflowWith("api", byHand), { repository }),
    /has no successful migrate:api in stage/,
  );
});

test("pull request: merged, or not", async () => {
  const rules = { ...TRACKS, gates: { pullRequest: "merged" } };
  const merged = await deployed(workflowWith("api", rules), { repository: { pulls: { [SHA]: true } } });
  assert.equal(merged.results.deploy, "success", merged.output);
  for (const pulls of [{ [SHA]: false }, {}])
    refused(
      await deployed(workflowWith("api", rules), { repository: { pulls } }),
      /did not come through a merged/,
    );
});

test("after every merged pull request: another push is left alone, without an error", async () => {
  const rules = { ...TRACKS, schedule: "after every merged pull request" };
  const seen = await deployed(workflowWith("api", rules), { repository: { pulls: {} } });
  assert.deepEqual(seen.results, { rules: "success", deploy: "skipped" }, seen.output);
  assert.ok(untouched(seen));
  const merged = await deployed(workflowWith("api", rules), { repository: { pulls: { [SHA]: true } } });
  assert.equal(merged.results.deploy, "success", merged.output);
});

test("absent: code that may not be there stops the deploy, and only it", async () => {
  const rules = (pattern: string, paths?: string[]) => ({
    ...TRACKS,
    gates: { absent: { "test functions": { pattern, ...(paths && { paths }) } } },
  });
  const clean = await deployed(
    workflowWith("api", rules(String.raw`\btest[A-Z][A-Za-z0-9_]*[[:space:]]*\(`)),
  );
  assert.equal(clean.results.deploy, "success", clean.output);
  refused(
    await deployed(workflowWith("api", rules("testimony\\("))),
    /has test functions, which may not be in it/,
  );
  const elsewhere = await deployed(workflowWith("api", rules("testimony\\(", ["docs/**"])));
  assert.equal(elsewhere.results.deploy, "success", elsewhere.output);
  refused(await deployed(workflowWith("api", rules("["))), /could not be looked up/);
});

test("commands: each must succeed, in a job without secrets", async () => {
  const rules = (command: string) => ({ ...TRACKS, gates: { commands: { "the types": command } } });
  const well = await deployed(
    workflowWith("api", rules("grep -q gunicorn Procfile && ! printenv HEROKU_API_KEY GITHUB_TOKEN")),
  );
  assert.deepEqual(well.results, { rules: "success", commands: "success", deploy: "success" }, well.output);
  const seen = await deployed(workflowWith("api", rules("false | cat")));
  assert.deepEqual(seen.results, { rules: "success", commands: "failure", deploy: "skipped" });
  assert.ok(untouched(seen));
});

test("owner: only that person deploys by hand, whoever runs it again; a merge deploys whoever merges", async () => {
  const rules = { ...TRACKS, owner: "Anton", onRequest: true };
  assert.equal((await deployed(workflowWith("api", rules), { actor: "bea" })).results.deploy, "success");
  const byHand = workflowWith("api", rules, { suffix: "-by-hand" });
  const event = "workflow_dispatch";
  assert.equal((await deployed(byHand, { event })).results.deploy, "success");
  refused(await deployed(byHand, { event, actor: "bea" }), /Only Anton deploys here, not bea/);
  refused(await deployed(byHand, { event, triggeringActor: "bea" }), /Only Anton deploys here, not bea/);
});

test("confirm: the text must be typed, exactly", async () => {
  const file = workflowWith("api", { ...TRACKS, gates: { confirm: "production" } });
  const event = "workflow_dispatch";
  const seen = await deployed(file, { event, inputs: { confirm: "production" } });
  assert.equal(seen.results.deploy, "success", seen.output);
  for (const confirm of ["", "Production", "production\n::add-mask::x"])
    refused(
      await deployed(file, { event, inputs: { confirm } }),
      /Not confirmed: 'production' must be typed/,
    );
});

const WINDOW = { ...TRACKS, window: "weekends 09:00-12:00 in Europe/London", hotfix: {} };
const OPEN = "2026-07-04T08:30:00Z"; // Saturday, 09:30 in summer
const at = (now: string, wish: Wish = {}) => deployed(workflowWith("api", WINDOW), { now, ...wish });

test("window: open, closed, about to close, and its own time zone", async () => {
  assert.equal((await at(OPEN)).results.deploy, "success");
  assert.equal((await at("2026-07-04T08:00:00Z")).results.deploy, "success");
  refused(await at("2026-07-04T07:59:00Z"), /The window is closed: it is Saturday 08:59 in Europe\/London/);
  refused(await at("2026-07-04T11:00:00Z"), /is closed: it is Saturday 12:00/);
  refused(await at("2026-07-04T10:58:30Z"), /about to close: it is Saturday 11:58/);
  refused(await at("2026-07-03T09:00:00Z"), /is closed: it is Friday 10:00/);
  assert.equal((await at("2026-01-03T09:00:00Z")).results.deploy, "success");
});

test("window over midnight", async () => {
  const file = workflowWith("api", { ...TRACKS, window: "friday 22:00-02:00" });
  for (const now of ["2026-07-03T22:00:00Z", "2026-07-04T01:00:00Z"])
    assert.equal((await deployed(file, { now })).results.deploy, "success", now);
  for (const now of ["2026-07-03T01:00:00Z", "2026-07-04T02:00:00Z", "2026-07-04T22:30:00Z"])
    refused(await deployed(file, { now }), /The window is closed/);
});

test("window: it is asked again right before the deploy, since an approval may take hours", async () => {
  const later = `${Date.parse("2026-07-04T15:00:00Z") / 1000}`;
  const seen = await at(OPEN, { jobEnv: { deploy: { STAGEWRIGHT_NOW: later } } });
  assert.equal(seen.results.rules, "success");
  refused(seen, /The window is closed: it is Saturday 16:00/);
});

const hotfix = (inputs: object, more: Wish = {}, rules: object = WINDOW) =>
  deployed(workflowWith("api", { ...rules }, { suffix: "-by-hand" }), {
    event: "workflow_dispatch",
    now: "2026-07-03T09:00:00Z",
    inputs: { hotfix: true, reason: "payments fail", ...inputs },
    ...more,
  });

test("hotfix: lifts the window, and leaves a trace of who and why", async () => {
  const seen = await hotfix({}, { actor: "bea" });
  assert.equal(seen.results.deploy, "success", seen.output);
  assert.match(seen.summary, /\*\*Hotfix\*\* by bea: payments fail/);
  const [record] = seen.written;
  assert.equal(record?.call, "POST /deployments");
  assert.deepEqual(record?.body, {
    ref: SHA,
    task: "deploy:api",
    environment: "staging",
    description: "Hotfix, deploy:api by bea: payments fail",
    auto_merge: false,
    required_contexts: [],
    payload: { hotfix: { by: "bea", reason: "payments fail" } },
  });
});

test("hotfix: without a reason, or without being one, it is refused", async () => {
  refused(await hotfix({ reason: " " }), /A hotfix needs a reason/);
  refused(await hotfix({ hotfix: false }), /Only a hotfix may be started by hand here/);
  refused(await hotfix({ hotfix: false }, {}, { ...WINDOW, onRequest: true }), /The window is closed/);
});

test("hotfix: lifts nothing else", async () => {
  refused(
    await hotfix({}, {}, { ...WINDOW, gates: { environments: { stage: "deployed" } } }),
    /No commit of master has passed yet what is required: stage deploy:api/,
  );
  refused(await hotfix({}, {}, { ...WINDOW, ...CHECKS }), /'scan' \(missing\)/);
});

test("hotfix: stated people agree to it in an environment of their own", async () => {
  const rules = { ...WINDOW, onRequest: true, hotfix: { by: ["user bea"] } };
  const seen = await hotfix({}, {}, rules);
  assert.deepEqual(seen.results, { rules: "success", agreement: "success", deploy: "success" }, seen.output);
  const normal = await hotfix({ hotfix: false }, { now: OPEN }, rules);
  assert.deepEqual(
    normal.results,
    { rules: "success", agreement: "skipped", deploy: "success" },
    normal.output,
  );
});

const ERRORS = { ...TRACKS, gates: { errors: { all: "last 7 days" } } };
const issue = {
  shortId: "APP-1",
  title: "ValueError [x](http://evil)",
  environment: "stage",
  firstSeen: "2026-07-01T00:00:00Z",
};

test("errors: a new one anywhere stops the release, an old one does not", async () => {
  const now = "2026-07-04T09:00:00Z";
  const well = await deployed(workflowWith("api", ERRORS), { now });
  assert.equal(well.results.deploy, "success", well.output);
  assert.equal(
    new URL(well.received.sentry[0]?.url ?? "", "http://s").searchParams.get("query"),
    "is:unresolved firstSeen:>=2026-06-27T09:00:00",
  );
  const seen = await deployed(workflowWith("api", ERRORS), { now, sentry: { issues: [issue] } });
  refused(seen, /Sentry has new unresolved errors \(last 7 days\) in all: APP-1/);
  assert.match(
    seen.summary,
    /^- \[APP-1\]\(https:\/\/sentry\.example\.org\/issues\/0\/\): ValueError {2}x \(http/,
  );
  const old = { ...issue, firstSeen: "2026-06-01T00:00:00Z" };
  assert.equal(
    (await deployed(workflowWith("api", ERRORS), { now, sentry: { issues: [old] } })).results.deploy,
    "success",
  );
});

test("errors: in one environment, by its name at Sentry, since this commit came there", async () => {
  const file = workflowWith("api", {
    ...TRACKS,
    gates: { errors: { stage: "since its deploy", staging: "last 2 hours" } },
  });
  refused(await deployed(file), /was never deployed to stage/);
  const deployments = [{ ...record("stage", "deploy:api", ["success"]), created_at: "2026-07-02T00:00:00Z" }];
  const wish = (firstSeen: string): Wish => ({
    repository: { deployments: [...deployments] },
    sentry: { issues: [{ ...issue, firstSeen }] },
  });
  assert.equal((await deployed(file, wish("2026-07-01T00:00:00Z"))).results.deploy, "success");
  const seen = await deployed(file, wish("2026-07-03T00:00:00Z"));
  refused(seen, /in stage: APP-1/);
  const asked = (await deployed(file, wish("2026-07-01T00:00:00Z"))).received.sentry;
  assert.deepEqual(
    asked.map(({ url }) => new URL(url, "http://s").searchParams.get("environment")),
    ["stage", "prod"],
  );
});

for (const fault of [500, 429, "gone"] as const) {
  test(`what passes (${fault}) at GitHub and Sentry is tried again, what stays ends the run`, async () => {
    const rules = { ...ERRORS, gates: { ...ERRORS.gates, ...CHECKS.gates } };
    const path = `GET /repos/team/app/commits/${SHA}/statuses`;
    const sentry = "GET /organizations/acme/issues/";
    const times = (count: number) => Array.from({ length: count }, () => fault);
    const once = {
      repository: green,
      githubFaults: { [path]: times(1) },
      sentry: { faults: { [sentry]: times(1) } },
    };
    const seen = await deployed(workflowWith("api", rules), once);
    assert.equal(seen.results.deploy, "success", seen.output);
    const word = fault === "gone" ? "no answer" : `was refused with HTTP ${fault}`;
    refused(
      await deployed(workflowWith("api", rules), { ...once, githubFaults: { [path]: times(5) } }),
      new RegExp(word),
    );
    refused(
      await deployed(workflowWith("api", rules), { ...once, sentry: { faults: { [sentry]: times(5) } } }),
      new RegExp(`Sentry:? ${word}`),
    );
  });
}

test("a network that is gone refuses", async () => {
  refused(await deployed(workflowWith("api", CHECKS), { gone: ["github"] }), /at GitHub: no answer/);
  refused(await deployed(workflowWith("api", ERRORS), { gone: ["sentry"] }), /at Sentry: no answer/);
});
