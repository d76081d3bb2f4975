import assert from "node:assert/strict";
import path from "node:path";
import { test } from "vitest";
import { isolation } from "../../stagewright/isolation/isolation";
import { occupant } from "../../stagewright/isolation/run";
import { isParallel } from "../../stagewright/parity/parity";
import { compareStacks } from "../../stagewright/parity/run";
import { rehearsed } from "../../stagewright/rehearsal/rehearsed";
import { seed } from "../../stagewright/rehearsal/seed";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { ROOT, scratch } from "../support/projects";
import { Stage } from "../support/rehearsed";

const cloud = path.join(scratch(), "cloud.db");
const dt = new Stage(path.join(ROOT, "systems/dt"), cloud);
const payslip = new Stage(path.join(ROOT, "systems/payslip"), cloud);
const ALL = [
  ...dt.project.stacks.map((stack) => ({ stage: dt, stack })),
  ...payslip.project.stacks.map((stack) => ({ stage: payslip, stack })),
];
/** All that is in a cloud. */
function things(file = cloud): string[] {
  const store = new CloudStore(file);
  try {
    return store.all().map(({ type, scope, name }) => `${type} ${scope} ${name}`);
  } finally {
    store.close();
  }
}

/** What the environments expect to find, and do not make. */
function seeded(): string[] {
  const file = path.join(scratch(), "seeded.db");
  const store = new CloudStore(file);
  for (const { stage, stack } of ALL) seed(store, stage.files(stack).spec);
  store.close();
  return things(file);
}

const only = (changes: Record<string, number>) => Object.keys(changes).sort().join();

test("all stacks of dt and payslip come up in one cloud, then nothing changes, and they go without a trace", async () => {
  assert.equal(ALL.length, 6);
  await dt.done("production", "up");
  const production = things();
  for (const { stage, stack } of ALL.filter((each) => each.stack !== "production"))
    assert.equal(only(await stage.done(stack, "up")), "create", stack);
  for (const { stage, stack } of ALL)
    for (const operation of ["preview", "refresh"] as const)
      assert.equal(only(await stage.done(stack, operation)), "same", `${operation} of ${stack}`);

  const refused = await dt.run("production", "destroy");
  assert.equal(refused.ok, false);
  assert.match(refused.errors.join("\n"), /cannot be deleted\nbecause it is protected/);
  for (const { stage, stack } of ALL.filter((each) => each.stack !== "production"))
    assert.equal(only(await stage.done(stack, "destroy")), "delete", stack);
  assert.equal(only(await dt.done("production", "preview")), "same", "production is as it was");

  const before = new Set([...production, ...seeded()]);
  assert.deepEqual(
    things().filter((thing) => !before.has(thing)),
    [],
  );
});

test("no two environments of dt share anything but what both declare as common", async () => {
  const occupants = [];
  for (const stack of dt.project.stacks) {
    const files = dt.files(stack);
    occupants.push(occupant(dt.project, files, await rehearsed(dt.project, files)));
  }
  for (const [index, one] of occupants.entries()) {
    for (const other of occupants.slice(index + 1)) {
      const { shared, common } = isolation(one, other);
      assert.deepEqual(shared, [], `${one.stack} and ${other.stack}`);
      assert.deepEqual(common, [
        "DNS zone dt.example",
        "repository dt-team/dt",
        "Sentry organization dt",
        "Sentry team dt",
      ]);
    }
  }
});

for (const stack of ["sandbox-anton", "tests"]) {
  test(`production is ${stack} but for what ${stack} states, and every line of that makes a difference`, async () => {
    const report = await compareStacks(dt.project, dt.files("production"), dt.files(stack));
    assert.deepEqual([report.untraced, report.dead], [[], []]);
    assert.ok(isParallel(report));
  });
}
