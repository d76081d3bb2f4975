import assert from "node:assert/strict";
import { test } from "vitest";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { edited } from "../review/changes/prepared";
import { projectWith } from "../review/projects";
import { Stage } from "../support/rehearsed";

const OLD = "278212569472";
const NEW = "278212569473";

function madeIn(cloud: string, account: string): string[] {
  const store = new CloudStore(cloud);
  try {
    const made = store.all().filter((thing) => thing.account === account && !thing.type.endsWith(":Zone"));
    return made.map(({ type, name }) => `${type} ${name}`);
  } finally {
    store.close();
  }
}

test("an environment that moves to another AWS account leaves nothing behind in the old one", async () => {
  const stage = new Stage(projectWith(edited({})));
  await stage.done("staging", "up");
  const made = madeIn(stage.cloud, OLD);
  assert.ok(made.length > 15, made.join("\n"));
  const moved = new Stage(
    projectWith(edited({ environment: { accounts: { project: { id: NEW } } } })),
    stage.cloud,
  );
  assert.equal((await moved.done("staging", "up")).replace, made.length + 1); // and the provider
  assert.deepEqual(madeIn(stage.cloud, OLD), []);
  assert.equal(madeIn(stage.cloud, NEW).length, made.length);
  assert.deepEqual(Object.keys(await moved.done("staging", "up")), ["same"]);
});
