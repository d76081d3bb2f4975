import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { CustomResource, type Inputs } from "@pulumi/pulumi";
import { test } from "vitest";
import { parseFailure } from "../../stagewright/rehearsal/conditions";
import { recover } from "../../stagewright/rehearsal/recover/recover";
import { CloudStore, type Thing } from "../../stagewright/rehearsal/store";
import { type Ended, run } from "../support/process";
import { ROOT } from "../support/projects";
import { Stage } from "../support/rehearsed";

/** What the cloud holds, but for what it held before any environment. */
function inCloud(stage: Stage): Thing[] {
  const cloud = new CloudStore(stage.cloud);
  try {
    return cloud.all();
  } finally {
    cloud.close();
  }
}

/** Changes one thing of the cloud as somebody would in a vendor's dashboard. */
function byHand(
  stage: Stage,
  type: string,
  name: string,
  change: (properties: Record<string, unknown>) => void,
): void {
  const cloud = new CloudStore(stage.cloud);
  const thing = cloud.all().find((candidate) => candidate.type === type && candidate.name === name);
  assert.ok(thing, `${type} ${name}`);
  change(thing.properties);
  cloud.put(thing);
  cloud.close();
}

const only = (changes: Record<string, number>) => Object.keys(changes).sort().join();

test("both stacks come up at once in one cloud, then nothing changes, and staging goes without a trace", async () => {
  const stage = new Stage();
  const created = await Promise.all([stage.done("production", "up"), stage.done("staging", "up")]);
  for (const changes of created) assert.equal(only(changes), "create");
  for (const stack of ["production", "staging"]) {
    for (const operation of ["preview", "refresh", "up"] as const) {
      assert.equal(only(await stage.done(stack, operation)), "same", `${operation} of ${stack}`);
    }
  }

  const before = inCloud(stage).map(({ type, name }) => `${type} ${name}`);
  const refused = await stage.run("production", "destroy");
  assert.equal(refused.ok, false);
  assert.match(refused.errors.join("\n"), /cannot be deleted\nbecause it is protected/);
  assert.deepEqual(
    inCloud(stage).map(({ type, name }) => `${type} ${name}`),
    before,
    "nothing of production is gone",
  );

  await stage.done("staging", "destroy");
  const left = inCloud(stage).filter(({ type, properties, name }) => {
    const found = `${name} ${JSON.stringify(properties)}`;
    // Production's promotion names the branch that it promotes.
    if (/^\.github\/workflows\/\w+-gui-production\.yml$/.test(name)) return false;
    // The repositories and the Sentry organization were there before.
    return /staging/.test(found) && !["github:repository", "sentry:organization"].includes(type);
  });
  assert.deepEqual(
    left.map(({ type, name }) => `${type} ${name}`),
    [],
  );
  assert.equal(only(await stage.done("production", "preview")), "same", "production is as it was");
});

test("a preview shows what was changed and deleted by hand, and one up puts it back", async () => {
  const stage = new Stage();
  await stage.done("staging", "up");
  byHand(stage, "heroku:formation/formation:Formation", "web", (formation) => {
    formation.quantity = 1;
  });
  byHand(stage, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "dandi-api-staging", (block) => {
    block.restrictPublicBuckets = false;
  });
  const cloud = new CloudStore(stage.cloud);
  const record = cloud.all().find(({ name }) => name.startsWith("gui-staging.dandiarchive.org"));
  assert.ok(record);
  cloud.remove(record.type, record.id, record.account);
  cloud.close();
  for (const operation of ["preview", "up"] as const) {
    const { update, create } = await stage.done("staging", operation);
    assert.deepEqual([update, create], [2, 1], operation);
  }
  assert.equal(only(await stage.done("staging", "refresh")), "same");
});

test("an injected failure stops the up, and the next one goes on", async () => {
  const stage = new Stage();
  const failure = parseFailure("Formation:create:2:503 Service Unavailable");
  assert.ok(failure);
  const failed = await stage.run("staging", "up", { failures: [failure] });
  assert.equal(failed.ok, false);
  assert.match(failed.errors.join("\n"), /503 Service Unavailable/);
  assert.equal(only(await stage.done("staging", "up")), "create,same");
  assert.equal(only(await stage.done("staging", "refresh")), "same");
});

for (const [what, failure] of [
  ["is killed after it made the app", "App:create:1:crash"],
  ["is killed after it made the bucket", "aws:s3/bucket:Bucket:create:1:crash"],
  ["is killed after it made the site", "Site:create:1:crash"],
  ["loses the answer about the database", "Addon:create:1:lost"],
] as const) {
  test(`when the engine ${what}, recover adopts it and up ends the work`, async () => {
    const stage = new Stage();
    assert.equal((await failing(stage, failure)).status, 3);
    const adopted = await recover(stage.rehearsal(), stage.files("staging"));
    assert.ok(adopted.adopted.length > 0);
    await stage.done("staging", "up");
    assert.equal(only(await stage.done("staging", "preview")), "same");
    const names = inCloud(stage).map(({ type, scope, name }) => `${type} ${scope} ${name}`);
    assert.equal(new Set(names).size, names.length, "nothing was made twice");
    await stage.done("staging", "destroy");
  });
}

test("a second engine on the same stack is told to wait, and after a kill to recover", async () => {
  const stage = new Stage();
  const slow = failing(stage, "User:create:1:crash", "--latency", "realistic");
  await until(() => stage.rehearsal().state.lockHolder("dandi", "staging")?.alive === true);
  await assert.rejects(
    stage.run("staging", "up"),
    /another engine is at work on dandi\/staging: process \d+/,
  );
  assert.equal((await slow).status, 3);
  await assert.rejects(
    stage.run("staging", "up"),
    /was killed at work on dandi\/staging \(.*\); `stagewright recover --stack staging`/,
  );
  await recover(stage.rehearsal(), stage.files("staging"));
  await stage.done("staging", "up");
});

// In a process of its own: a killed engine leaves the program with calls that nobody answers.
function failing(stage: Stage, failure: string, ...options: string[]): Promise<Ended> {
  const args = [
    "rehearse",
    "up",
    "--stack",
    "staging",
    "--cloud",
    stage.cloud,
    "--fail",
    failure,
    ...options,
  ];
  return run(process.execPath, [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args], { cwd: ROOT });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(20);
}

/** A resource that no SDK of ours declares. */
class Foreign extends CustomResource {
  constructor(type: string, inputs: Inputs) {
    super(type, "foreign", inputs);
  }
}

test("a resource type that the rehearsal cloud does not know is refused", async () => {
  const program = () => void new Foreign("heroku:space/space:Space", { organization: "dandi" });
  const { ok, errors } = await new Stage().run("staging", "up", { program });
  assert.equal(ok, false);
  assert.match(
    errors.join("\n"),
    /the rehearsal cloud does not know the resource type heroku:space\/space:Space/,
  );
});

test("an input that the vendor does not know is refused with the nearest name", async () => {
  const program = () =>
    void new Foreign("heroku:app/app:App", { name: "some-app", region: "us", buildpaks: [] });
  const { errors } = await new Stage().run("staging", "up", { program });
  assert.match(errors.join("\n"), /has no input 'buildpaks'; the nearest is 'buildpacks'/);
});
