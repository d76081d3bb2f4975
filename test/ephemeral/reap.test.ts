import assert from "node:assert/strict";
import { test } from "vitest";
import type { Claim, Description } from "../../stagewright/ephemeral/description";
import { Environments } from "../../stagewright/ephemeral/environments";
import { orphansIn } from "../../stagewright/ephemeral/orphans";
import { isIn, reap } from "../../stagewright/ephemeral/reap";
import type { Destruction, Ended, Marked, Run, StackState, Stacks } from "../../stagewright/ephemeral/stacks";
import { readProject, readStack } from "../../stagewright/project/project";
import type { DeployedResource } from "../../stagewright/resources/deployment";
import { ROOT } from "../support/projects";

const NOW = new Date("2026-03-01T12:00:00Z");
const FINE: Ended = { ok: true, busy: false, killed: false, errors: [] };
const project = readProject(ROOT);
const likes = project.stacks.map((stack) => readStack(project, stack).spec);

/** Stacks that exist in this process alone, on which every engine does as it is told. */
class PaperStacks implements Stacks {
  readonly project = "dandi";
  readonly held = new Map<string, StackState>();
  readonly runs: Run[] = [];
  destroys: string[] = [];
  ends: Ended[] = [];
  things: Marked[] = [];
  /** What others do before an engine has a stack for itself. */
  meanwhile: (stack: string) => void = () => {};
  reading = 0;
  /** How many were read at once, at most. */
  most = 0;

  async list() {
    return [...this.held.keys(), "staging"];
  }
  async read(stack: string) {
    this.most = Math.max(this.most, ++this.reading);
    await new Promise((resolve) => setImmediate(resolve));
    this.reading--;
    return this.held.get(stack);
  }
  async init() {
    return false;
  }
  async up(run: Run) {
    this.runs.push(run);
    return FINE;
  }
  async destroy(stack: string, { only }: Destruction) {
    this.meanwhile(stack);
    const state = this.held.get(stack);
    if (!state || !only(state)) return undefined;
    this.destroys.push(stack);
    return this.ends.shift() ?? FINE;
  }
  async remove(stack: string) {
    this.held.delete(stack);
  }
  async marked() {
    return { found: this.things, unasked: ["AWS"] };
  }
}

function held(name: string, expires: string | null, more: Partial<StackState> = {}): [string, StackState] {
  const claim: Claim = { id: name, owner: "anton", created: "2026-02-20T12:00:00Z" };
  const description: Description = {
    name,
    like: "staging",
    updated: "2026-02-26T12:00:00.000Z",
    ttl: expires === null ? null : 72,
    expires,
    environment: { name: "staging", data: { protected: false } },
    differs: { name: `eph-${name}` },
    secrets: [],
    shared: [],
    places: {},
  };
  const stash = (record: string, value: unknown): DeployedResource => ({
    urn: `urn:pulumi:eph-${name}::dandi::pulumi:index:Stash::${record}`,
    type: "pulumi:index:Stash",
    custom: true,
    inputs: { input: value },
    outputs: { output: value },
  });
  const resources = [
    stash("ephemeral-claim", claim),
    stash("ephemeral", description),
    stash("ephemeral-ready", description.updated),
  ];
  return [`eph-${name}`, { resources, ...more }];
}

function system(...stacks: [string, StackState][]) {
  const paper = new PaperStacks();
  for (const [stack, state] of stacks) paper.held.set(stack, state);
  const environments = new Environments({
    stacks: paper,
    program: () => ({}),
    user: "anton",
    now: () => NOW,
  });
  return { paper, run: (dryRun = false) => reap(environments, { likes, dryRun }) };
}

const names = (found: readonly { name: string }[]) => found.map(({ name }) => name);

test("what has outlived its time goes; what has a day left is told; what has no end stays", async () => {
  const { paper, run } = system(
    held("late", "2026-03-01T11:59:59Z"),
    held("near", "2026-03-02T12:00:00Z"),
    held("far", "2026-03-02T12:00:01Z"),
    held("sandbox-anton", null),
  );
  const dry = await run(true);
  assert.deepEqual([names(dry.destroyed), names(dry.soon), paper.destroys], [["late"], ["near"], []]);
  const reaped = await run();
  assert.deepEqual([names(reaped.destroyed), names(reaped.soon)], [["late"], ["near"]]);
  assert.deepEqual([...paper.held.keys()], ["eph-near", "eph-far", "eph-sandbox-anton"]);
  assert.deepEqual(paper.runs, []);
});

test("a destruction that fails is tried again, and reported where it fails for good", async () => {
  const failed: Ended = { ok: false, busy: false, killed: false, errors: ["503 from Heroku"] };
  const { paper, run } = system(held("late", "2026-03-01T11:00:00Z"));
  paper.ends = [failed, failed];
  assert.deepEqual(names((await run()).destroyed), ["late"]);
  const { paper: broken, run: again } = system(held("late", "2026-03-01T11:00:00Z"));
  broken.ends = [failed, failed, failed];
  assert.deepEqual((await again()).failed, [{ name: "late", reason: "late: 503 from Heroku" }]);
  assert.equal(broken.destroys.length, 3);
  assert.deepEqual(names((await again()).destroyed), ["late"], "the next run tries again");
});

test("what a failed destruction has left goes with the next attempt, though its record is gone", async () => {
  const { paper, run } = system(held("late", "2026-03-01T11:00:00Z"));
  paper.ends = [{ ok: false, busy: false, killed: false, errors: ["503 from Heroku"] }];
  paper.meanwhile = (stack) => {
    const { resources = [] } = paper.held.get(stack) ?? {};
    if (paper.destroys.length > 0) paper.held.set(stack, { resources: resources.slice(0, 1), written: NOW });
  };
  assert.deepEqual(names((await run()).destroyed), ["late"]);
  assert.equal(paper.destroys.length, 2);
});

test("what is renewed, or destroyed by another, just before an engine has it is no prey of the reaper", async () => {
  const { paper, run } = system(
    held("renewed", "2026-03-01T11:00:00Z"),
    held("gone", "2026-03-01T11:00:00Z"),
  );
  paper.meanwhile = (stack) => {
    if (stack === "eph-gone") paper.held.delete(stack);
    else paper.held.set(...held("renewed", "2026-03-04T11:00:00Z"));
  };
  const { destroyed, busy, failed } = await run();
  assert.deepEqual([destroyed, busy, failed, paper.destroys], [[], [], [], []]);
  assert.deepEqual([...paper.held.keys()], ["eph-renewed"]);
});

test("several states are read at once, though not all, and stay in order", async () => {
  const all = Array.from({ length: 40 }, (_, index) => `pr-${index + 10}`);
  const { paper, run } = system(...all.map((name) => held(name, "2026-03-01T11:00:00Z")));
  assert.deepEqual(names((await run(true)).destroyed), all);
  assert.equal(paper.most, 8);
});

test("what somebody works on is left alone, and is no failure", async () => {
  const { paper, run } = system(
    held("late", "2026-03-01T11:00:00Z", { busy: "process 7" }),
    held("taken", "2026-03-01T11:00:00Z"),
  );
  paper.ends = [{ ok: false, busy: true, killed: false, errors: ["the stack is currently locked"] }];
  const { busy, failed, destroyed } = await run();
  assert.deepEqual([names(busy), failed, destroyed], [["late", "taken"], [], []]);
});

test("a stack without a record is one that somebody has just begun, or after an hour a leftover", async () => {
  const { paper, run } = system(
    ["eph-new", { resources: [], written: new Date("2026-03-01T11:30:00Z") }],
    ["eph-old", { resources: [], written: new Date("2026-03-01T10:59:00Z") }],
  );
  assert.deepEqual(names((await run()).destroyed), ["old"]);
  assert.deepEqual([[...paper.held.keys()], paper.destroys], [["eph-new"], []]);
});

test("a clock that was ahead gives nobody more time than is allowed", async () => {
  const { paper, run } = system(held("ahead", "2027-03-01T12:00:00Z"), held("fine", "2026-03-15T12:10:00Z"));
  const { destroyed, failed } = await run();
  assert.deepEqual([destroyed, failed], [[], []]);
  assert.equal(paper.runs.length, 1);
  assert.deepEqual(paper.runs[0]?.targets, ["urn:pulumi:eph-ahead::dandi::pulumi:index:Stash::ephemeral"]);
});

test("the parts of a sharded run have every environment once", () => {
  const stacks = Array.from({ length: 200 }, (_, index) => `eph-pr-${index}`);
  const parts = [1, 2, 3, 4].map((part) => stacks.filter((stack) => isIn(stack, { part, of: 4 })));
  assert.deepEqual(parts.flat().sort(), [...stacks].sort());
  for (const part of parts) assert.ok(part.length > 25, String(part.length));
});

test("orphans are what is named like ours and belongs to no stack", () => {
  const marked = [
    "dandi-api-eph-pr-1",
    "dandi-api-eph-pr-1-database",
    "gui-dandiarchive-org-eph-pr-2",
    "netlify-gui-dandiarchive-org-eph-pr-2",
    "api-eph-pr-2.dandiarchive.org",
    "upendo-eph-pr-2",
    "eph-pr-2",
  ].map((name): Marked => ({ name, environment: /eph-pr-\d/.exec(name)?.[0] ?? "", type: "t", id: name }));
  assert.deepEqual(names(orphansIn(marked, likes, ["eph-pr-1"])), [
    "gui-dandiarchive-org-eph-pr-2",
    "netlify-gui-dandiarchive-org-eph-pr-2",
    "api-eph-pr-2.dandiarchive.org",
  ]);
  // A GitHub environment is called like the stack, and it is the repository that says whose it is.
  const places = ["dandi/dandi-api", "somebody/else", undefined].map(
    (place): Marked => ({ name: "eph-pr-2", environment: "eph-pr-2", type: "t", id: "1", place }),
  );
  assert.deepEqual(
    orphansIn(places, likes, []).map(({ place }) => place),
    ["dandi/dandi-api"],
  );
});
