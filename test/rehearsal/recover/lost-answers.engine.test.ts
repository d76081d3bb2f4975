import assert from "node:assert/strict";
import { test } from "vitest";
import { parseFailure } from "../../../stagewright/rehearsal/conditions";
import { recover } from "../../../stagewright/rehearsal/recover/recover";
import { CloudStore } from "../../../stagewright/rehearsal/store";
import { Stage } from "../../support/rehearsed";

/** How many of a type the cloud has, by the last part of its name. */
function count(stage: Stage, type: string): number {
  const cloud = new CloudStore(stage.cloud);
  try {
    return cloud.all().filter((thing) => thing.type.endsWith(type)).length;
  } finally {
    cloud.close();
  }
}

async function losing(stage: Stage, stack: string, ...types: string[]): Promise<void> {
  const failures = types.flatMap((type) => parseFailure(`${type}:create:1:lost`) ?? []);
  const { ok, errors } = await stage.run(stack, "up", { failures });
  assert.equal(ok, false);
  assert.match(errors.join("\n"), /run `stagewright recover` before the next up/);
}

test("a key, a deploy key and a build hook whose answers were lost are there once in the end", async () => {
  const stage = new Stage();
  for (const types of [["AccessKey", "netlify:index/deployKey:DeployKey"], ["BuildHook"]]) {
    await losing(stage, "staging", ...types);
    await recover(stage.rehearsal(), stage.files("staging"));
  }
  await stage.done("staging", "up");
  await recover(stage.rehearsal(), stage.files("staging"));
  assert.equal(count(stage, ":AccessKey"), 1);
  assert.equal(count(stage, "netlify:deployKey"), 1);
  assert.equal(count(stage, "netlify:buildHook"), 1);
});

test("without recover, no up makes a second key beside one whose answer was lost", async () => {
  const stage = new Stage();
  await losing(stage, "staging", "AccessKey");
  const { ok, errors } = await stage.run("staging", "up");
  assert.equal(ok, false);
  assert.match(errors.join("\n"), /AccessKey AKIA.*bucket-user[\s\S]*`stagewright recover --stack staging`/);
  assert.equal(count(stage, ":AccessKey"), 1);
});
