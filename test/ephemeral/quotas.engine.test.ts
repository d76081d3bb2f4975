import assert from "node:assert/strict";
import path from "node:path";
import { test } from "vitest";
import { Environments } from "../../stagewright/ephemeral/environments";
import { type Things, thingsOfResources, thingsOfSpec } from "../../stagewright/ephemeral/quotas";
import { Refusal } from "../../stagewright/ephemeral/refusal";
import { resolve } from "../../stagewright/ephemeral/resolve";
import { RehearsedStacks } from "../../stagewright/ephemeral/stacks/rehearsed";
import { readProject, readStack } from "../../stagewright/project/project";
import { loadProgram } from "../../stagewright/rehearsal/run";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { run } from "../support/process";
import { edit, ROOT, scratch, systemCopy } from "../support/projects";
import { apart } from "./apart";
import { Mini, request } from "./mini";

test("one app too many is refused before anything is made, and an update that makes no more is not", async () => {
  const mini = new Mini(scratch(), { ephemeral: { quotas: { herokuApps: 2 } } });
  await mini.staging();
  const environments = mini.environments();
  const asked = (name: string, team?: string) => ({
    request: request(name, { set: team === undefined ? {} : { api: { team } } }),
    like: mini.like,
  });
  await environments.create(mini.project, asked("pr-1"));
  const before = mini.things();
  await assert.rejects(
    environments.create(mini.project, asked("pr-2")),
    (error) =>
      error instanceof Refusal &&
      error.message ===
        "it needs 1 more app in the Heroku account of the token, and 2 of the 2 that ephemeral.quotas.herokuApps allows are in use by eph-pr-1, staging; destroy an ephemeral environment first, or have the vendor grant more and state that number",
  );
  assert.deepEqual(mini.things(), before);
  assert.deepEqual(await environments.stacks(), ["eph-pr-1"]);
  await environments.create(mini.project, { ...asked("pr-1"), update: true });
  // Another account has a quota of its own.
  await environments.create(mini.project, asked("pr-2", "acme"));
  await assert.rejects(
    environments.create(mini.project, { ...asked("pr-2"), update: true }),
    (error) => error instanceof Refusal && /^it needs 1 more app in the Heroku account/.test(error.message),
  );
  await environments.destroy("pr-1");
  await environments.create(mini.project, asked("pr-3"));
  assert.deepEqual(mini.apps(), ["mini-api-eph-pr-2", "mini-api-eph-pr-3", "mini-api-staging"]);
});

test("what a killed engine made and did not record takes up its quota", async () => {
  const folder = scratch();
  await apart("failing-process", folder, "App:create:1:crash", "pr-6");
  const mini = new Mini(folder, { ephemeral: { quotas: { herokuApps: 1 } } });
  assert.deepEqual(mini.apps(), ["mini-api-eph-pr-6"]);
  await assert.rejects(
    mini.environments().create(mini.project, { request: request("pr-7"), like: mini.like }),
    (error) => error instanceof Refusal && /is in use by eph-pr-6; /.test(error.message),
  );
});

test("on droplets: the command says no with exit code 1, and the states hold what was declared", async () => {
  const dir = systemCopy("release-train");
  const cloud = path.join(scratch(), "cloud.db");
  const stagewright = (...args: string[]) =>
    run(
      "node",
      [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args, "--dir", dir, "--cloud", cloud],
      {
        cwd: ROOT,
      },
    );
  const create = (name: string) => stagewright("env", "create", name, "--like", "dev", "--rehearse");
  edit(dir, "Pulumi.yaml", (tree) => {
    const config = tree.config as Record<string, { value: Record<string, unknown> }>;
    const base = config["release-train:environment"]?.value ?? {};
    base.ephemeral = { quotas: { reservedAddresses: 2 } };
  });
  const up = await stagewright("rehearse", "up", "--stack", "dev");
  assert.equal(up.status, 0, up.stderr);
  const made = await create("pr-1");
  assert.equal(made.status, 0, made.stderr);

  const before = thingsIn(cloud);
  const refused = await create("pr-2");
  assert.equal(refused.status, 1, refused.stderr);
  assert.equal(
    refused.stderr.trim(),
    "it needs 1 more reserved address in the DigitalOcean team of the token, and 2 of the 2 that ephemeral.quotas.reservedAddresses allows are in use by dev, eph-pr-1; destroy an ephemeral environment first, or have the vendor grant more and state that number",
  );
  assert.deepEqual(thingsIn(cloud), before);

  const { spec } = readStack(readProject(dir), "dev");
  for (const stack of ["dev", "eph-pr-1"])
    assert.deepEqual(await inState(dir, cloud, stack), thingsOfSpec(spec), stack);
});

test("at Heroku, AWS, Netlify and Sentry the state holds what was declared, each in its account", async () => {
  const cloud = path.join(scratch(), "cloud.db");
  const project = readProject(ROOT);
  const like = readStack(project, "production");
  const asked = request("pr-1");
  const stacks = new RehearsedStacks(project, { cloud });
  const environments = new Environments({ stacks, program: loadProgram(project), user: "anton" });
  await environments.create(project, { request: asked, like });
  const { spec } = resolve(project, like, asked);
  assert.deepEqual(await inState(ROOT, cloud, "eph-pr-1"), thingsOfSpec(spec));
});

async function inState(dir: string, cloud: string, stack: string): Promise<Things> {
  const state = await new RehearsedStacks(readProject(dir), { cloud }).read(stack);
  return thingsOfResources(state?.resources ?? []);
}

function thingsIn(cloud: string) {
  const store = new CloudStore(cloud);
  try {
    return store.all();
  } finally {
    store.close();
  }
}
