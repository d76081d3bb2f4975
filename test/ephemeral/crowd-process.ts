import assert from "node:assert/strict";
import { reap } from "../../stagewright/ephemeral/reap";
import { crowd } from "./crowd";
import { Mini } from "./mini";

// In a process of its own: a killed engine leaves the program with calls that nobody answers, which
// Node's test runner would take for a fault.

const SMALLEST = {
  via: "heroku",
  app: "mini-api",
  repository: "mini/api",
  processes: { web: { size: "standard-1x", quantity: 1 } },
};

async function main(folder: string, count: number): Promise<void> {
  const mini = new Mini(folder, { database: undefined, api: SMALLEST, ephemeral: { max: count } });
  await mini.staging();
  const before = mini.things();
  const tally = await crowd(mini, {
    environments: count,
    operations: count * 3,
    parallel: 4,
    seed: 20260301,
  });
  const environments = mini.environments();
  const listed = await environments.list();
  assert.deepEqual(new Set(listed.map(({ state }) => state)), new Set(["ready"]));
  assert.deepEqual(
    mini.apps(),
    [...listed.map(({ stack }) => `mini-api-${stack}`), "mini-api-staging"].sort(),
  );
  const { orphans } = await reap(environments, { likes: [mini.like.spec] });
  assert.deepEqual(orphans, []);
  mini.wait(24 * 15);
  const reaped = await reap(environments, { likes: [mini.like.spec] });
  assert.deepEqual([reaped.failed, reaped.busy, reaped.orphans], [[], [], []]);
  assert.equal(reaped.destroyed.length, listed.length);
  assert.deepEqual(await environments.list(), []);
  assert.deepEqual(mini.things(), before);
  console.log(JSON.stringify(tally));
}

main(process.argv[2] ?? "", Number(process.argv[3])).catch((error) => {
  console.error(error);
  process.exit(1);
});
