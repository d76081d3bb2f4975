import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { test } from "vitest";
import { environmentProgram } from "../../components/program";
import type { Tree } from "../../stagewright/environment/merge";
import { Environments } from "../../stagewright/ephemeral/environments";
import { reap } from "../../stagewright/ephemeral/reap";
import { Refusal } from "../../stagewright/ephemeral/refusal";
import type { Destruction, Ended } from "../../stagewright/ephemeral/stacks";
import { RealStacks } from "../../stagewright/ephemeral/stacks/real";
import { openCloud } from "../../stagewright/rehearsal/cloud";
import { Conditions } from "../../stagewright/rehearsal/conditions";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { cleanUp } from "../support/cleanup";
import { scratch } from "../support/projects";
import { Mini, request } from "./mini";

const VALUE = "a-value-that-nobody-may-read";

async function setSecret(workDir: string, key: string, value: string): Promise<void> {
  const workspace = await LocalWorkspace.create({ workDir });
  await workspace.createStack("staging");
  await workspace.setConfig("staging", key, { value, secret: true });
}

/** Everything that stands in a folder. */
function written(dir: string): string {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

/**
 * Lets this process work on a backend in a folder by the Automation API; only the vendors at the
 * far end are played.
 */
async function backendIn(dir: string, { cloud }: Mini, conditions?: Conditions): Promise<void> {
  const { attach, close } = await openCloud(cloud, conditions);
  cleanUp(close);
  mkdirSync(path.join(dir, "backend"));
  Object.assign(process.env, {
    PULUMI_BACKEND_URL: `file://${path.join(dir, "backend")}`,
    PULUMI_HOME: path.join(dir, "home"),
    PULUMI_CONFIG_PASSPHRASE: "a passphrase",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: attach,
    HEROKU_API_KEY: "",
    NETLIFY_AUTH_TOKEN: "",
    GITHUB_TOKEN: "",
    SENTRY_AUTH_TOKEN: "",
    DIGITALOCEAN_TOKEN: "",
    CLOUDAMQP_APIKEY: "",
  });
}

/** The mini system's environments there, as somebody sees them. */
function environmentsOf(
  mini: Mini,
  user: string,
  stacks = new RealStacks(mini.project, () => {}),
): Environments {
  return new Environments({ stacks, program: environmentProgram, user, now: () => mini.now });
}

test("on a backend of one's own an environment lives and goes as in a rehearsal, and no file is left", async () => {
  const dir = scratch();
  const variables = { KEY: "${secret.apiKey}", SECRET: "${generated.secret}" };
  const mini = new Mini(dir, {}, { api: { app: "mini-api-staging", variables } });
  await backendIn(dir, mini);
  const as = (user: string) => environmentsOf(mini, user);
  const environments = as("anton");
  assert.deepEqual(await environments.list(), []);
  await setSecret(path.join(dir, "system"), "mini:apiKey", VALUE);
  const before = readdirSync(path.join(dir, "system"));
  const made = await environments.create(mini.project, { request: request("pr-1"), like: mini.like });
  assert.deepEqual([made.state, made.owner, made.cost], ["ready", "anton", 12]);
  assert.deepEqual(made.shared, ["secret apiKey of staging"]);
  const [app] = mini.things().filter(({ type }) => type === "heroku:app/app:App");
  assert.equal(app?.name, "mini-api-eph-pr-1");
  const { KEY } = { ...(app?.properties.sensitiveConfigVars as Record<string, string> | undefined) };
  assert.equal(KEY, VALUE);
  assert.ok(!written(path.join(dir, "backend")).includes(VALUE), "the value is in plain text in the backend");
  await assert.rejects(
    as("berta").create(mini.project, { request: request("pr-1"), like: mini.like }),
    (error) => error instanceof Refusal && /anton created it/.test(error.message),
  );
  const extended = await environments.extend("pr-1", "5d");
  assert.deepEqual([extended.urls, extended.state], [made.urls, "ready"]);
  assert.deepEqual(await environments.list(), [extended]);
  assert.deepEqual(readdirSync(path.join(dir, "system")), before);

  rmSync(path.join(dir, "system"), { recursive: true });
  mini.wait(24 * 6);
  const reaped = await reap(environments, { likes: [] });
  assert.deepEqual([reaped.destroyed.map(({ name }) => name), reaped.failed], [["pr-1"], []]);
  assert.match(reaped.unasked.join("; "), /Heroku \(HEROKU_API_KEY is not set\).*CloudAMQP/);
  assert.deepEqual(mini.apps(), []);
  assert.deepEqual(await environments.list(), []);
  assert.ok(!existsSync(path.join(dir, "system")));
});

/** Somebody always comes before it. */
class Hurried extends RealStacks {
  before: () => Promise<unknown> = async () => {};

  override async destroy(stack: string, how: Destruction): Promise<Ended | undefined> {
    await this.before();
    return super.destroy(stack, how);
  }
}

test("what a run that broke off has left wrong is set right by the next, and what is renewed in time is not reaped", async () => {
  const dir = scratch();
  const mini = new Mini(dir);
  const failures = [{ type: "App", operation: "update", nth: 1, error: "503 Service Unavailable" }] as const;
  await backendIn(dir, mini, new Conditions({ failures }));
  const stacks = new Hurried(mini.project, () => {});
  const environments = environmentsOf(mini, "anton", stacks);
  const ask = (api: Tree, update = true) =>
    environments.create(mini.project, {
      request: request("pr-1", { set: { api } }),
      like: mini.like,
      update,
    });
  const lose = (type: string) => {
    const store = new CloudStore(mini.cloud);
    for (const thing of store.all().filter((each) => each.type === type)) store.remove(type, thing.id);
    store.close();
  };
  const types = () => mini.things().map(({ type }) => type);
  const [addon, formation] = ["heroku:addon/addon:Addon", "heroku:formation/formation:Formation"];
  await ask({}, false);

  const blue = { variables: { COLOUR: "blue" } };
  mini.wait(1);
  await assert.rejects(ask(blue), /503 Service Unavailable/);
  lose(addon); // as a destruction does that is cut off: the state knows nothing of it, and no update would touch it
  assert.equal((await ask(blue)).state, "ready");
  assert.ok(types().includes(addon), "the next run asked what is still there");

  lose(formation);
  const bigger = { ...blue, processes: { web: { size: "standard-1x" } } };
  assert.equal((await ask(bigger)).state, "ready");
  assert.ok(types().includes(formation), "what an update did not find was made again");

  mini.wait(73);
  stacks.before = () => environmentsOf(mini, "berta").extend("pr-1", "72h");
  const { destroyed, busy, failed } = await reap(environments, { likes: [] });
  assert.deepEqual([destroyed, busy, failed], [[], [], []]);
  stacks.before = async () => {};
  mini.wait(73);
  lose(addon);
  assert.deepEqual((await reap(environments, { likes: [] })).failed, []);
  assert.deepEqual([mini.apps(), await environments.list()], [[], []]);
});
