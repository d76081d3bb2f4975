import assert from "node:assert/strict";
import { Temporal } from "temporal-polyfill";
import { test } from "vitest";
import { decide } from "../../../stagewright/release/decision/decide";
import { type Facts, facts } from "../../../stagewright/release/decision/facts";
import type { Rules } from "../../../stagewright/release/rules";
import { Random } from "./generate";
import { rulesIn, systemOf } from "./systems";

/*
 * A model of dt's five environments. The world changes at random; whether a deploy happens is asked
 * of `decide` alone, with what an outsider can know. What must never be is written below a second
 * time, from the seed's prose and over a plain log, not over rules.
 */

const CHAIN = ["sandbox-anton", "tests", "sandbox", "stage", "production"] as const;
type Name = (typeof CHAIN)[number];
const PEOPLE = ["anton", "bea", "carl", "mallory"];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Commit {
  id: number;
  merged: boolean;
  testFunctions: boolean;
  check: "success" | "failure" | "pending";
}

/** What happened, in order. */
type Happening = { at: number; commit: Commit; where: Name } & (
  | {
      what: "deployed";
      by: string;
      byHand: boolean;
      approvedBy: string[];
      hotfix?: string;
      check: Commit["check"];
    }
  | { what: "verified" | "migrated" | "restored" }
);

class World {
  now = Date.UTC(2026, 0, 1);
  readonly log: Happening[] = [];
  readonly commits: Commit[] = [];
  readonly errors: { at: number; where: Name; resolved: boolean }[] = [];
  readonly current = new Map<Name, Commit>();
  refused = 0;

  constructor(
    private readonly random: Random,
    private readonly rules: ReadonlyMap<Name, Rules>,
  ) {}

  step(): void {
    const { random } = this;
    this.now += random.of([MINUTE, 10 * MINUTE, 60 * MINUTE, 5 * 60 * MINUTE]);
    const event = random.number();
    if (event < 0.06) this.push();
    else if (event < 0.15) this.report();
    else if (event < 0.16) this.errors.push({ at: this.now, where: random.of(CHAIN), resolved: false });
    else if (event < 0.2) for (const error of this.errors) error.resolved ||= random.chance(0.7);
    else if (event < 0.3) this.verify();
    else if (event < 0.32) this.restore();
    else if (event < 0.36) this.now = this.weekend();
    else this.deploy();
  }

  private push(): void {
    const { random } = this;
    this.commits.push({
      id: this.commits.length,
      merged: random.chance(0.85),
      testFunctions: random.chance(0.2),
      check: "pending",
    });
  }

  private report(): void {
    const waiting = this.commits.filter(({ check }) => check !== "success");
    if (waiting.length > 0) this.random.of(waiting).check = this.random.chance(0.8) ? "success" : "failure";
  }

  private verify(): void {
    const commit = this.current.get("tests");
    if (commit && this.random.chance(0.7))
      this.log.push({ at: this.now, commit, where: "tests", what: "verified" });
  }

  // A failure brings the previous release back.
  private restore(): void {
    const where = this.random.of(CHAIN);
    const previous = this.log
      .filter((each) => each.where === where && each.what === "deployed")
      .at(-2)?.commit;
    if (!previous) return;
    this.current.set(where, previous);
    this.log.push({ at: this.now, commit: previous, where, what: "restored" });
  }

  private weekend(): number {
    let at = this.now;
    while (![0, 6].includes(new Date(at).getUTCDay())) at += DAY;
    const midnight = at - (at % DAY);
    return Math.max(this.now, midnight + this.random.of([8, 9, 10, 11, 12]) * 60 * MINUTE);
  }

  private deploy(): void {
    const { random } = this;
    const commit = this.commits.at(-1 - random.below(Math.min(4, this.commits.length || 1)));
    if (!commit) return;
    // Mostly the next step of the chain, so that something arrives; often any step, so that
    // something is skipped.
    const reached = CHAIN.findIndex((name) => !this.when(commit, name, "deployed"));
    const where = random.chance(0.6) ? (CHAIN[reached] ?? "production") : random.of(CHAIN);
    const rules = this.rules.get(where);
    assert.ok(rules);
    const by = random.chance(0.6) ? "anton" : random.of(PEOPLE);
    const approvals = PEOPLE.filter(() => random.chance(0.4));
    const hotfix = random.chance(0.15) ? random.of(["", "orders are lost"]) : undefined;
    const start = random.chance(0.7)
      ? "request"
      : random.of([undefined, "push", "environment", "schedule"] as const);
    const how = hotfix === undefined ? start : undefined;
    const known = facts.parse({ ...this.known(commit), start: { how, by, hotfix }, approvals });
    const { allowed } = decide(rules, known, Temporal.Instant.fromEpochMilliseconds(this.now));
    if (!allowed) {
      this.refused += 1;
      return;
    }
    if (random.chance(0.15)) return; // the deploy itself failed
    const happened = { at: this.now, commit, where };
    const { check } = commit;
    const byHand = how === "request" || hotfix !== undefined;
    this.log.push({ ...happened, what: "deployed", by, byHand, approvedBy: approvals, hotfix, check });
    if (random.chance(0.9)) this.log.push({ ...happened, what: "migrated" });
    this.current.set(where, commit);
  }

  // What GitHub, Sentry and the repository would tell; now and then one of them tells nothing.
  private known(commit: Commit): Partial<Facts> {
    const iso = (at: number) => new Date(at).toISOString();
    const past = Object.fromEntries(
      CHAIN.map((name) => [
        name,
        Object.fromEntries(
          (["deployed", "verified", "migrated"] as const).flatMap((what) => {
            const at = this.when(commit, name, what);
            return at === undefined ? [] : [[what, iso(at)]];
          }),
        ),
      ]),
    );
    const seen = (name: Name) => this.errors.filter(({ where, resolved }) => where === name && !resolved);
    const all: Partial<Facts> = {
      branches: commit.merged ? ["master"] : ["feature"],
      checks: [{ name: "ci", state: commit.check }],
      environments: past,
      errors: Object.fromEntries(CHAIN.map((name) => [name, seen(name).map(({ at }) => iso(at))])),
      found: { "test functions": commit.testFunctions ? ["Orders.gs"] : [] },
      teams: { dt: ["anton", "bea", "carl"] },
    };
    if (this.random.chance(0.1))
      delete all[this.random.of(["branches", "checks", "environments", "errors", "found"] as const)];
    return all;
  }

  private when(commit: Commit, where: Name, what: Happening["what"]): number | undefined {
    return this.log.find((each) => each.commit === commit && each.where === where && each.what === what)?.at;
  }
}

/** What the seed forbids of the newest happening; `undefined`: nothing. */
function broken(world: World): string | undefined {
  const newest = world.log.at(-1);
  const index = world.log.findLastIndex(({ what }) => what === "deployed");
  const deploy = world.log[index];
  if (newest?.what === "restored") {
    const was = world.log.some(
      ({ what, where, commit }) => what === "deployed" && where === newest.where && commit === newest.commit,
    );
    return was ? undefined : "restored what was never there";
  }
  if (deploy?.what !== "deployed") return undefined;
  const { commit, where, at, by, byHand, approvedBy, hotfix, check } = deploy;
  const before = world.log.slice(0, index).filter((each) => each.commit === commit);
  const step = CHAIN.indexOf(where);
  const skipped = CHAIN.slice(0, step).find(
    (name) => !before.some((each) => each.where === name && each.what === "deployed"),
  );
  if (skipped) return `skipped ${skipped} on the way to ${where}`;
  if (step > 1 && !before.some(({ what }) => what === "verified")) return `${where} without dt test`;
  if (!commit.merged) return "not of master";
  if (check !== "success") return "not green";
  if (step > 1 && commit.testFunctions) return "a test function";
  // What is merged is for the chain; what a person puts there by hand is work in Anton's sandbox.
  if (where === "sandbox-anton" && byHand && by !== "anton") return `${by} in Anton's sandbox`;
  if (step < 3) return undefined;
  if (!approvedBy.some((login) => login !== by && login !== "mallory"))
    return "approved by nobody else of the team";
  if (where === "production" && !before.some((each) => each.where === "stage" && each.what === "migrated"))
    return "migrations not tested on stage";
  if (where !== "production") return undefined;
  const time = new Date(at);
  const weekend = time.getUTCDay() % 6 === 0 && time.getUTCHours() >= 9 && time.getUTCHours() < 12;
  return weekend || hotfix === "orders are lost" ? undefined : "outside the window";
}

/** The errors of a moment must be judged at that moment, before they are resolved. */
function newErrors(world: World): boolean {
  const deploy = world.log.findLast(({ what }) => what === "deployed");
  if (!deploy || deploy.at !== world.now || CHAIN.indexOf(deploy.where) < 3) return false;
  return world.errors.some(({ at, resolved }) => !resolved && at <= deploy.at && at >= deploy.at - 7 * DAY);
}

test("no commit is ever in an environment without having passed every gate before it", () => {
  const gates = { gates: { checks: { ci: "any" } }, onRequest: true };
  const system = systemOf("dt", Object.fromEntries(CHAIN.map((name) => [name, { release: { api: gates } }])));
  const rules = new Map(CHAIN.map((name) => [name, rulesIn(system, name)]));
  const arrived = new Map<string, number>();
  let refused = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const world = new World(new Random(seed), rules);
    for (let step = 0; step < 400; step += 1) {
      const told = world.log.length;
      world.step();
      if (world.log.length === told) continue;
      assert.equal(broken(world), undefined, `seed ${seed}, step ${step}`);
      assert.ok(!newErrors(world), `seed ${seed}, step ${step}: released over new errors`);
    }
    for (const each of world.log) {
      if (each.what !== "deployed") continue;
      const kind = each.hotfix === undefined ? each.where : `${each.where} as a hotfix`;
      arrived.set(kind, (arrived.get(kind) ?? 0) + 1);
    }
    refused += world.refused;
  }
  // The runs reach what they are about: every environment, hotfixes too, and far more refusals than
  // deploys.
  for (const name of [...CHAIN, "production as a hotfix"])
    assert.ok((arrived.get(name) ?? 0) >= 5, `${name}: ${arrived.get(name)}`);
  assert.ok(refused > 5000, String(refused));
});
