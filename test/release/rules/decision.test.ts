import assert from "node:assert/strict";
import { Temporal } from "temporal-polyfill";
import { test } from "vitest";
import type { Tree } from "../../../stagewright/environment/merge";
import { decide } from "../../../stagewright/release/decision/decide";
import { type Facts, facts } from "../../../stagewright/release/decision/facts";
import type { Rules } from "../../../stagewright/release/rules";
import { rulesIn, systemOf } from "./systems";

type Known = Partial<Facts>;

/** Everything that forbids, as `rule: says`; empty where the deploy is allowed. */
function against(rules: Rules, known: Known, at: string): string[] {
  const { allowed, reasons } = decide(rules, facts.parse(known), Temporal.Instant.from(at));
  const found = reasons.filter(({ verdict }) => verdict !== "allows");
  assert.equal(allowed, found.length === 0);
  return found.map(({ verdict, rule, says }) => `${verdict}: ${rule}: ${says}`);
}

const rules = (system: string, stack: string, changes: Tree = {}) =>
  rulesIn(systemOf(system, { [stack]: { release: { api: changes } } }), stack);

const SATURDAY = "2026-01-03T10:00Z";
const MONDAY = "2026-01-05T10:00Z";

// Everything is well: the commit climbed the chain, nobody saw an error, bea approved what anton
// asked for.
const CLIMBED: Known = {
  start: { how: "request", by: "anton" },
  branches: ["master"],
  environments: {
    "sandbox-anton": { deployed: "2026-01-01T08:00Z" },
    tests: { deployed: "2026-01-01T09:00Z", verified: "2026-01-02T00:10Z" },
    sandbox: { deployed: "2026-01-02T08:00Z" },
    stage: { deployed: "2026-01-02T12:00Z", migrated: "2026-01-02T12:00Z" },
  },
  errors: { "sandbox-anton": [], tests: [], sandbox: [], stage: [], production: ["2025-12-01T00:00Z"] },
  teams: { dt: ["anton", "bea"] },
  approvals: ["bea"],
};

test("dt's production takes a commit that climbed the chain, in the window", () => {
  assert.deepEqual(against(rules("dt", "production"), CLIMBED, SATURDAY), []);
});

test("outside the window nothing goes, and it is said when it opens", () => {
  assert.deepEqual(against(rules("dt", "production"), CLIMBED, MONDAY), [
    "forbids: release.api.window: weekends 09:00-12:00: closed until Sat 2026-01-10 09:00 GMT",
  ]);
  const [, ...others] = against(rules("dt", "production"), CLIMBED, "2026-01-03T12:00Z");
  assert.deepEqual(others, []);
});

test("a hotfix lifts the window and nothing else, and says who and why", () => {
  const production = rules("dt", "production");
  const hotfix: Known = { ...CLIMBED, start: { how: "request", by: "anton", hotfix: "orders are lost" } };
  assert.deepEqual(against(production, hotfix, MONDAY), []);
  const { reasons } = decide(production, facts.parse(hotfix), Temporal.Instant.from(MONDAY));
  assert.ok(
    reasons.some(({ says }) => says === "anton lifts the window, and nothing else, because: orders are lost"),
  );
  assert.deepEqual(against(production, { ...hotfix, approvals: [] }, MONDAY), [
    "forbids: release.api.gates.approval: { by: [ team dt ], self: excluded }: not approved by team dt",
  ]);
  const skipped = { ...CLIMBED.environments, sandbox: {} };
  assert.deepEqual(against(production, { ...hotfix, environments: skipped }, MONDAY), [
    "forbids: release.api.gates.environments.sandbox: deployed: the commit was not deployed to sandbox successfully",
  ]);
});

test("a hotfix needs a reason, a person, leave, and rules that know of hotfixes", () => {
  const production = rules("dt", "production");
  const by = (start: Facts["start"]) => ({ ...CLIMBED, start });
  const reason = { how: "request", by: "anton", hotfix: "orders are lost" } as const;
  assert.match(
    against(production, by({ ...reason, hotfix: " " }), MONDAY).join(),
    /hotfix: \{\}: a hotfix needs a reason/,
  );
  assert.match(
    against(production, by({ ...reason, by: undefined }), MONDAY).join(),
    /unknown: .*whose hotfix/,
  );
  const restricted = rules("dt", "production", { hotfix: { by: ["user bea"] } });
  assert.match(against(restricted, by(reason), MONDAY).join(), /anton may not lift the window; user bea may/);
  assert.deepEqual(
    against(restricted, { ...by({ ...reason, by: "bea" }), approvals: ["anton"] }, MONDAY),
    [],
  );
  const none = rules("dt", "production", { hotfix: null });
  assert.match(against(none, by(reason), MONDAY).join(), /closed until .*, and there is no hotfix here/);
});

test("each gate forbids by itself", () => {
  const production = rules("dt", "production");
  const without = (change: Known) => against(production, { ...CLIMBED, ...change }, SATURDAY);
  assert.match(without({ branches: ["feature"] }).join(), /^forbids: release\.api\.tracks: .*not on master$/);
  assert.match(
    without({ errors: { ...CLIMBED.errors, stage: ["2026-01-03T01:00Z"] } }).join(),
    /^forbids: release\.api\.gates\.errors\.all: last 7 days: 1 new error in stage since Sat 2025-12-27 10:00 GMT$/,
  );
  const unverified = { ...CLIMBED.environments, tests: { deployed: "2026-01-01T09:00Z" } };
  assert.match(
    without({ environments: unverified }).join(),
    /^forbids: .*tests: verified: .*not verified in tests/,
  );
  const unmigrated = { ...CLIMBED.environments, stage: { deployed: "2026-01-02T12:00Z" } };
  assert.match(
    without({ environments: unmigrated }).join(),
    /^forbids: .*testedIn: stage: the migrations .* did not succeed in stage/,
  );
  const tomorrow = {
    ...CLIMBED.environments,
    stage: { deployed: "2026-01-04T12:00Z", migrated: "2026-01-02T12:00Z" },
  };
  assert.match(
    without({ environments: tomorrow }).join(),
    /not deployed to stage/,
    "what is yet to come is not",
  );
  assert.match(
    without({ running: { "deploy-api-production": "the deploy of 1234567" } }).join(),
    /^forbids: release\.api: one deploy at a time: the deploy of 1234567 runs under the same lock and is not cancelled$/,
  );
});

test("nobody approves their own deploy, whatever the case of the login", () => {
  const production = rules("dt", "production");
  const approved = (approvals: string[]) => against(production, { ...CLIMBED, approvals }, SATURDAY).join();
  assert.match(approved(["Anton"]), /approved only by anton, who started the deploy/);
  assert.match(approved(["mallory"]), /not approved by team dt/);
  assert.equal(approved(["anton", "bea"]), "");
  const anonymous: Known = { ...CLIMBED, start: { how: "request" } };
  assert.match(against(production, anonymous, SATURDAY).join(), /unknown: .*who started the deploy/);
  const byTheClock: Known = { ...CLIMBED, start: { how: "schedule" } };
  assert.deepEqual(against(production, byTheClock, "2026-01-03T09:00Z"), []);
  const allowed = rules("dt", "production", { gates: { approval: { self: "allowed" } } });
  assert.deepEqual(against(allowed, { ...CLIMBED, approvals: ["anton"] }, SATURDAY), []);
});

test("what the facts do not say forbids, rule by rule", () => {
  const found = against(rules("dt", "production"), {}, SATURDAY);
  assert.ok(
    found.every((text) => text.startsWith("unknown: ")),
    found.join("\n"),
  );
  for (const rule of ["tracks", "environments.stage", "errors.all", "approval", "migrations.testedIn"])
    assert.ok(
      found.some((text) => text.includes(rule)),
      rule,
    );
});

test("only its owner starts a deploy to sandbox-anton by hand; a merge starts one whoever merges", () => {
  const sandbox = rules("dt", "sandbox-anton");
  const start = (how: "push" | "request", by?: string): Known => ({
    start: { how, by },
    branches: ["master"],
  });
  assert.deepEqual(against(sandbox, start("push", "bea"), MONDAY), []);
  assert.deepEqual(against(sandbox, start("request", "Anton"), MONDAY), []);
  assert.deepEqual(against(sandbox, start("request", "bea"), MONDAY), [
    "forbids: release.api.owner: anton: bea started the deploy, and only anton may",
  ]);
  assert.match(against(sandbox, start("request"), MONDAY).join(), /^unknown: release\.api\.owner/);
});

test("dt's sandbox takes no test function and nothing that tests did not verify", () => {
  const sandbox = rules("dt", "sandbox");
  const known: Known = { ...CLIMBED, start: { how: "environment" }, found: { "test functions": [] } };
  assert.deepEqual(against(sandbox, known, MONDAY), []);
  assert.match(
    against(sandbox, { ...known, found: { "test functions": ["src/Orders.gs"] } }, MONDAY).join(),
    /^forbids: .*test functions.*: the commit has test functions in src\/Orders\.gs$/,
  );
  assert.match(against(sandbox, { ...known, found: undefined }, MONDAY).join(), /^unknown: /);
});

test("payslip: all checks, not any, on that very commit, from whoever the rules name", () => {
  const staging = rules("payslip", "staging");
  const travis = { name: "continuous-integration/travis-ci/push", state: "success" as const };
  const scan = { name: "quantifiedcode", state: "success" as const };
  const with_ = (checks: Facts["checks"]) =>
    against(staging, { start: { how: "push" }, branches: ["master"], checks }, MONDAY).join();
  assert.equal(with_([travis, scan]), "");
  assert.match(with_([travis]), /the commit has no check 'quantifiedcode'/);
  assert.match(with_([travis, { ...scan, state: "failure" }]), /the check 'quantifiedcode' is red/);
  assert.match(with_([travis, { ...scan, state: "pending" }]), /'quantifiedcode' is not finished/);
  assert.match(with_([travis, scan, { ...scan, by: "x", state: "failure" }]), /'quantifiedcode' is red/);
  assert.match(with_(undefined), /unknown: .*checks of the commit are not known/);
  const strict = rules("payslip", "staging", { gates: { checks: { quantifiedcode: "quantified" } } });
  const forged = {
    start: { how: "push" as const },
    branches: ["master"],
    checks: [travis, { ...scan, by: "mallory" }],
  };
  assert.match(
    against(strict, forged, MONDAY).join(),
    /the commit has no check 'quantifiedcode' of quantified/,
  );
});

test("upendo: production takes a release of a commit on master, and no push", () => {
  const production = rules("upendo", "production");
  const release: Known = { start: { how: "release" }, branches: ["master"], releases: ["v1"] };
  assert.deepEqual(against(production, release, MONDAY), []);
  assert.match(against(production, { ...release, branches: ["feature"] }, MONDAY).join(), /not on master/);
  assert.match(against(production, { ...release, releases: [] }, MONDAY).join(), /no published release/);
  assert.match(
    against(production, { ...release, start: { how: "push" } }, MONDAY).join(),
    /a start by push is not/,
  );
});

test("a pre-release goes where pre-releases are stated, and a stable tag is none", () => {
  const full = rules("upendo", "production");
  const both = rules("upendo", "production", { tracks: "prereleases on master" });
  const candidate: Known = {
    start: { how: "release" },
    branches: ["master"],
    releases: [],
    prereleases: ["v2-rc.1"],
  };
  assert.match(against(full, candidate, MONDAY).join(), /no published release$/);
  assert.deepEqual(against(both, candidate, MONDAY), []);
  assert.deepEqual(against(both, { ...candidate, releases: ["v2"], prereleases: undefined }, MONDAY), []);
  const stable = rules("upendo", "production", { tracks: "stable tags app/v*" });
  const tagged = (tag: string): Known => ({ start: { how: "tag" }, tags: [tag] });
  assert.deepEqual(against(stable, tagged("app/v1.10.0"), MONDAY), []);
  for (const tag of ["app/v2.0.0-rc.1", "app/v2.0rc1", "v2.0.0"])
    assert.match(against(stable, tagged(tag), MONDAY).join(), /no stable tag app\/v\*$/, tag);
});

test("a tag must match, where * stays within a segment", () => {
  const tagged = rules("upendo", "production", { tracks: "tags v*.0" });
  const known = (tag: string): Known => ({ start: { how: "tag" }, tags: [tag] });
  assert.deepEqual(against(tagged, known("v1.0"), MONDAY), []);
  for (const tag of ["v1.1", "v1x0", "x/v1.0", "v1/2.0"])
    assert.match(against(tagged, known(tag), MONDAY).join(), /has no tag v\*\.0/, tag);
});

test("the release train leaves on schedule: not early, and late by twelve hours at most", () => {
  const production = rules("release-train", "production");
  const known: Known = { start: { how: "schedule" }, branches: ["master"] };
  // Wednesday 07:30 in Nairobi.
  assert.deepEqual(against(production, known, "2026-01-07T04:30Z"), []);
  assert.deepEqual(against(production, known, "2026-01-07T16:30Z"), []);
  assert.deepEqual(against(production, known, "2026-01-07T04:29Z"), [
    "forbids: release.api.schedule: wednesday 07:30: not due; the next time is Wed 2026-01-07 07:30 Africa/Nairobi",
  ]);
  assert.match(against(production, known, "2026-01-07T16:31Z").join(), /next time is Wed 2026-01-14/);
  assert.match(
    against(production, { ...known, start: { how: "push" } }, "2026-01-07T04:30Z").join(),
    /a start by push is not on the schedule/,
  );
  assert.match(
    against(production, { ...known, start: { how: "request" } }, MONDAY).join(),
    /nobody may start a deploy by hand/,
  );
});

test("a ticket owner may deploy to dev once the pull request is merged", () => {
  const dev = rules("release-train", "dev");
  const known: Known = { start: { how: "request", by: "ann" }, branches: ["dev"], pullRequest: "merged" };
  assert.deepEqual(against(dev, known, MONDAY), []);
  assert.match(
    against(dev, { ...known, pullRequest: "open" }, MONDAY).join(),
    /not come from a merged pull request/,
  );
  assert.match(against(dev, { ...known, pullRequest: undefined }, MONDAY).join(), /unknown: /);
});

test("any developer may put their own branch on dev; its migrations are flagged; the way back is a request", () => {
  const dev = rules("release-train", "dev");
  const own: Known = { start: { how: "own branch", by: "ann" }, branches: ["ann/idea"] };
  assert.deepEqual(against(dev, own, MONDAY), []);
  const { reasons } = decide(
    dev,
    facts.parse({ ...own, ownMigrations: ["app/migrations/0007_idea.py"] }),
    Temporal.Instant.from(MONDAY),
  );
  assert.ok(
    reasons.some(({ says }) => says.includes("undo these migrations") && says.includes("0007_idea.py")),
  );
  assert.match(
    against(rules("release-train", "staging"), own, MONDAY).join(),
    /no branch but the tracked one may/,
  );
  assert.match(
    against(dev, { ...own, running: { "release-train": "the deploy of staging" } }, MONDAY).join(),
    /the deploy of staging runs under the same lock/,
  );
});

test("the other cadence: after every merged pull request, every Wednesday, every second Monday", () => {
  const merged: Known = { start: { how: "merge" }, branches: ["dev"], pullRequest: "merged" };
  assert.deepEqual(against(rules("release-train-cadence", "dev"), merged, MONDAY), []);
  assert.match(
    against(rules("release-train-cadence", "dev"), { ...merged, start: { how: "push" } }, MONDAY).join(),
    /a start by push is none after a merged pull request/,
  );
  const production = rules("release-train-cadence", "production");
  const due: Known = { start: { how: "schedule" }, branches: ["master"] };
  assert.deepEqual(against(production, due, "2026-01-19T04:30Z"), []);
  assert.match(
    against(production, due, "2026-01-12T04:30Z").join(),
    /not due; the next time is Mon 2026-01-19 07:30/,
  );
});

test("a command, a confirmation and errors since the commit's own deploy", () => {
  const gates = {
    commands: { types: "npx tsc" },
    confirm: "yes",
    errors: { stage: "since its deploy", all: null },
  };
  const production = rules("dt", "production", { gates });
  const known: Known = {
    ...CLIMBED,
    commands: { types: "succeeded" },
    confirmed: "yes",
    errors: { stage: ["2026-01-02T11:59Z"] },
  };
  assert.deepEqual(against(production, known, SATURDAY), []);
  const but = (change: Known) => against(production, { ...known, ...change }, SATURDAY).join();
  assert.match(
    but({ errors: { stage: ["2026-01-02T12:01Z", "2026-01-02T13:01Z"] } }),
    /2 new errors in stage since Fri 2026-01-02 12:00/,
  );
  assert.match(but({ commands: { types: "failed" } }), /'npx tsc' failed/);
  assert.match(but({ commands: undefined }), /unknown: .*how 'npx tsc' ends/);
  assert.match(but({ confirmed: "Yes" }), /not confirmed by typing 'yes'/);
});
