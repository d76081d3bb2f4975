import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { CloudStore, type Thing } from "../../stagewright/rehearsal/store";
import { dandiCopy, edit, ROOT, systemCopy } from "../support/projects";
import { Stage } from "../support/rehearsed";

// An app is renamed. What holds its data is the same thing afterwards, by the cloud's own records.

/** Renames the API of a stack. */
function rename(dir: string, project: string, stack: string, change: Record<string, object>): void {
  edit(dir, `Pulumi.${stack}.yaml`, ({ config }) => {
    const differs = (config as Record<string, Record<string, object>>)[`${project}:differs`];
    assert.ok(differs);
    for (const [part, stated] of Object.entries(change)) differs[part] = { ...differs[part], ...stated };
  });
}

/** Everything of some types in a cloud, by id. */
function things({ cloud }: Stage, ...types: string[]): Record<string, Pick<Thing, "name" | "properties">> {
  const store = new CloudStore(cloud);
  const all = types.flatMap((type) => store.list(type));
  store.close();
  return Object.fromEntries(
    all.map(({ type, id, name, properties }) => [`${type} ${id}`, { name, properties }]),
  );
}

const ADDONS = ["heroku:addon/addon:Addon", "heroku:configVar"];
const DATABASES = [
  "digitalocean:index/databaseCluster:DatabaseCluster",
  "digitalocean:index/databaseDb:DatabaseDb",
];

test("a renamed Heroku app keeps its add-ons, their names and their addresses", async () => {
  const dir = dandiCopy();
  const program = JSON.stringify(path.join(ROOT, "components/program"));
  writeFileSync(path.join(dir, "index.ts"), `export = require(${program}).environmentProgram;\n`);
  const stage = new Stage(dir);
  await stage.done("staging", "up");
  const before = things(stage, ...ADDONS);
  rename(dir, "dandi", "staging", { api: { app: "dandi-renamed" } });
  const changes = await new Stage(dir, stage.cloud).done("staging", "up");
  assert.deepEqual(Object.keys(changes).sort(), ["same", "update"]);
  assert.deepEqual(things(stage, ...ADDONS), before);
  assert.deepEqual(
    Object.values(things(stage, "heroku:app/app:App")).map(({ name }) => name),
    ["dandi-renamed"],
  );
  // To state the names changes nothing.
  const names = {
    database: { name: "dandi-api-staging-database" },
    broker: { name: "dandi-api-staging-broker" },
  };
  rename(dir, "dandi", "staging", names);
  assert.deepEqual(Object.keys(await new Stage(dir, stage.cloud).done("staging", "preview")), ["same"]);
});

test("a renamed droplet keeps its database cluster", async () => {
  const dir = systemCopy("release-train");
  const stage = new Stage(dir);
  await stage.done("dev", "up");
  const before = things(stage, ...DATABASES);
  rename(dir, "release-train", "dev", { api: { app: "train-renamed" } });
  await new Stage(dir, stage.cloud).done("dev", "up");
  const after = things(stage, ...DATABASES);
  assert.deepEqual(Object.keys(after), Object.keys(before));
  for (const [id, { name }] of Object.entries(before)) assert.equal(after[id]?.name, name);
});
