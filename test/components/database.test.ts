import assert from "node:assert/strict";
import { test } from "vitest";
import { Database } from "../../components/database";
import { database } from "../../stagewright/environment/schema/database";
import { declared, settled } from "./declared";

const LEADER = "heroku:addon/addon:Addon database";

function run(spec: object = {}, isProtected = false) {
  return declared(
    (opts) =>
      new Database(
        "database",
        {
          spec: database.parse({ plan: "standard-0", version: "16", ...spec }),
          home: { via: "heroku", appId: "app-id", appName: "an-app" },
          protected: isProtected,
        },
        opts,
      ),
  );
}

test("the database is an add-on of the app, with a name of which the app's is the start", async () => {
  const { result, resources } = await run();
  assert.deepEqual(resources.get(LEADER)?.inputs, {
    appId: "app-id",
    name: "an-app-database",
    plan: "heroku-postgresql:standard-0",
    config: { version: "16" },
  });
  assert.equal(await settled(result.databaseName), "an-app-database");
  assert.equal(resources.size, 2);
});

test("neither another version nor another name of the app touches a database that exists", async () => {
  const { resources } = await run({ followers: 1 });
  assert.deepEqual(resources.get(LEADER)?.options.ignoreChanges, ["config", "name"]);
  const follower = resources.get("heroku:addon/addon:Addon database-follower-1");
  assert.deepEqual(follower?.options.ignoreChanges, ["name"]);
});

test("a database can be called otherwise than its app", async () => {
  const { result } = await run({ name: "the-first-name-database" });
  assert.equal(await settled(result.databaseName), "the-first-name-database");
});

test("followers follow the app's database, and wait for it", async () => {
  const { resources } = await run({ followers: 2 });
  for (const number of [1, 2]) {
    const follower = resources.get(`heroku:addon/addon:Addon database-follower-${number}`);
    assert.deepEqual(follower?.inputs, {
      appId: "app-id",
      name: `an-app-follower-${number}`,
      plan: "heroku-postgresql:standard-0",
      config: { follow: "DATABASE_URL" },
    });
    assert.ok(follower?.options.dependsOn);
  }
});

test("protected data is kept; a follower holds none of its own", async () => {
  const { resources } = await run({ followers: 1 }, true);
  const { protect, retainOnDelete } = resources.get(LEADER)?.options ?? {};
  assert.deepEqual({ protect, retainOnDelete }, { protect: true, retainOnDelete: true });
  assert.equal(resources.get("heroku:addon/addon:Addon database-follower-1")?.options.protect, undefined);
  const ephemeral = (await run()).resources.get(LEADER)?.options;
  assert.equal(ephemeral?.protect, undefined);
  assert.equal(ephemeral?.retainOnDelete, undefined);
});
