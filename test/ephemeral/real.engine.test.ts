import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { environmentProgram } from "../../components/program";
import { Environments } from "../../ephemeral/environments";
import { reap } from "../../ephemeral/reap";
import { Refusal } from "../../ephemeral/refusal";
import { RealStacks } from "../../ephemeral/stacks/real";
import { openCloud } from "../../rehearsal/cloud";
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

// The real backend's way, by the Automation API, with a backend in a folder; only the vendors at the far end are played.
test("on a backend of one's own an environment lives and goes as in a rehearsal, and no file is left", async () => {
  const dir = scratch();
  const variables = { KEY: "${secret.apiKey}", SECRET: "${generated.secret}" };
  const mini = new Mini(dir, {}, { api: { app: "mini-api-staging", variables } });
  const { attach, close } = await openCloud(mini.cloud);
  after(close);
  mkdirSync(path.join(dir, "backend"));
  const env = {
    PULUMI_BACKEND_URL: `file://${path.join(dir, "backend")}`,
    PULUMI_HOME: path.join(dir, "home"),
    PULUMI_CONFIG_PASSPHRASE: "a passphrase",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: attach,
    HEROKU_API_KEY: "",
    NETLIFY_AUTH_TOKEN: "",
    DIGITALOCEAN_TOKEN: "",
  };
  Object.assign(process.env, env);
  const as = (user: string) =>
    new Environments({
      stacks: new RealStacks(mini.project, () => {}),
      program: environmentProgram,
      user,
      now: () => mini.now,
    });
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
  assert.match(reaped.unasked.join("; "), /Heroku \(HEROKU_API_KEY is not set\).*AWS/);
  assert.deepEqual(mini.apps(), []);
  assert.deepEqual(await environments.list(), []);
  assert.ok(!existsSync(path.join(dir, "system")));
});
