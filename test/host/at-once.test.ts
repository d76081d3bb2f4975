import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "vitest";
import { atOnce, mostAtOnce } from "../../stagewright/host/at-once";

test("as many as may be are at work at once, and the results are in the items' order", async () => {
  let [working, most] = [0, 0];
  const results = await atOnce([5, 1, 4, 2, 3], 2, async (turns) => {
    most = Math.max(most, ++working);
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    working--;
    return turns * 10;
  });
  assert.deepEqual(results, [50, 10, 40, 20, 30]);
  assert.equal(most, 2);
  assert.ok(mostAtOnce() >= 1);
});

test("where one fails, what is at work comes to its end, nothing else is begun, and the failure is told", async () => {
  const [begun, ended]: number[][] = [[], []];
  const work = async (turns: number) => {
    begun?.push(turns);
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    if (turns === 1) throw new Error("the first");
    ended?.push(turns);
  };
  await assert.rejects(atOnce([1, 9, 2, 3], 2, work), /the first/);
  assert.deepEqual([begun, ended], [[1, 9], [9]]);
});
