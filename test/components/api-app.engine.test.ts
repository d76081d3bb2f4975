import assert from "node:assert/strict";
import path from "node:path";
import { test } from "vitest";
import { HerokuApp } from "../../components/api-app/heroku";
import { Database } from "../../components/database";
import { herokuProvider } from "../../components/providers/heroku";
import { heroku } from "../../stagewright/environment/schema/api/heroku";
import { database } from "../../stagewright/environment/schema/database";
import { readProject, readStack } from "../../stagewright/project/project";
import { type EngineOperation, type Outcome, Rehearsal } from "../../stagewright/rehearsal/run";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { dandiCopy, scratch } from "../support/projects";

interface Wish {
  region?: "us" | "eu";
  stack?: string;
  types?: string[];
  version?: string;
  isProtected?: boolean;
}

/**
 * An app and its database in the real engine and a cloud of their own; each step is what the spec
 * says from then on.
 */
function stack() {
  const cloud = path.join(scratch(), "cloud.sqlite");
  const project = readProject(dandiCopy());
  const files = readStack(project, "staging");
  return {
    async run(operation: EngineOperation, wish: Wish = {}): Promise<Outcome> {
      const rehearsal = new Rehearsal(project, { cloud, program: () => declare(wish) });
      return rehearsal.run(files, operation);
    },
    /** Looks into the cloud, or changes it behind the engine's back. */
    seen<T>(look: (store: CloudStore) => T): T {
      const store = new CloudStore(cloud);
      try {
        return look(store);
      } finally {
        store.close();
      }
    },
  };
}

function declare(wish: Wish): void {
  const {
    region = "us",
    stack = "heroku-24",
    types = ["web", "worker"],
    version = "16",
    isProtected = false,
  } = wish;
  const spec = heroku.parse({
    via: "heroku",
    app: "an-app",
    region,
    stack,
    buildpacks: ["heroku/python"],
    host: "api.example.org",
    repository: "an-org/a-repo",
    processes: Object.fromEntries(types.map((type) => [type, { size: "standard-1x", quantity: 1 }])),
  });
  const app = new HerokuApp(
    "api",
    { spec, variables: {}, sensitiveVariables: {}, protected: isProtected },
    { providers: [herokuProvider("heroku")] },
  );
  const { home } = app;
  const databaseSpec = database.parse({ plan: "standard-0", version });
  new Database("database", { spec: databaseSpec, home, protected: isProtected }, { parent: app });
}

/** A deploy, as the deploy workflow does it: the app runs something else from then on. */
function deploy(store: CloudStore): void {
  for (const current of store.list("heroku:currentRelease")) {
    const processTypes = { web: "gunicorn", worker: "celery" };
    store.put({ ...current, properties: { ...current.properties, slugId: "deployed", processTypes } });
  }
}

const running = (store: CloudStore) =>
  store.list("heroku:currentRelease").map(({ properties }) => properties.slugId);
const processTypes = (store: CloudStore) =>
  store
    .list("heroku:currentRelease")
    .map(({ properties }) => Object.keys(properties.processTypes ?? {}).sort());

test("one up from nothing scales every process; then nothing changes; destroy leaves nothing", async () => {
  const { run, seen } = stack();
  const first = await run("up");
  assert.deepEqual(first.errors, []);
  assert.deepEqual(
    seen((store) => store.list("heroku:formation/formation:Formation").map(({ name }) => name)).sort(),
    ["web", "worker"],
  );
  for (const operation of ["up", "refresh", "up"] as const) {
    const { ok, changes } = await run(operation);
    assert.ok(ok);
    assert.deepEqual(Object.keys(changes), ["same"], operation);
  }
  assert.ok((await run("destroy")).ok);
  assert.deepEqual(
    seen((store) => store.all().filter(({ type }) => type.startsWith("heroku:"))),
    [],
  );
});

test("a changed spec releases nothing anew and keeps the database; a replaced app starts over", async () => {
  const { run, seen } = stack();
  await run("up");
  seen(deploy);
  const databases = seen((store) =>
    store.list("heroku:addon/addon:Addon").map(({ properties }) => properties),
  );
  // Its process type is only there once it is deployed, which is not the first release's business
  // any more.
  const refused = await run("up", { types: ["web", "worker", "beat"], version: "17" });
  assert.match(refused.errors.join(), /Couldn't find that process type \(beat\)/);
  assert.deepEqual(seen(running), ["deployed"]);
  assert.deepEqual(
    seen((store) => store.list("heroku:addon/addon:Addon").map(({ properties }) => properties)),
    databases,
  );

  const moved = await run("up", { region: "eu", types: ["web", "worker", "beat"], version: "17" });
  assert.deepEqual(moved.errors, []);
  assert.deepEqual(seen(processTypes), [["beat", "web", "worker"]]);
  assert.deepEqual(
    seen((store) => store.list("heroku:addon/addon:Addon").map(({ properties }) => properties.config)),
    [{ version: "17" }],
  );
});

test("a protected app survives a destroy with its data, and runs what it ran", async () => {
  const { run, seen } = stack();
  await run("up", { isProtected: true });
  seen(deploy);
  const destroyed = await run("destroy");
  assert.ok(!destroyed.ok);
  const moved = await run("up", { region: "eu", isProtected: true });
  assert.ok(!moved.ok);
  const changed = await run("up", { stack: "heroku-26", isProtected: true });
  assert.deepEqual(changed.errors, []);
  assert.deepEqual(seen(running), ["deployed"]);
  assert.equal(seen((store) => store.list("heroku:addon/addon:Addon")).length, 1);
  assert.equal(seen((store) => store.list("heroku:domain/domain:Domain")).length, 1);
});
