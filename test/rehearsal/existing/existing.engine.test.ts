import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { CustomResource, type CustomResourceOptions, type Inputs } from "@pulumi/pulumi";
import { test } from "vitest";
import { rehearsedDrift } from "../../../stagewright/drift/run";
import { parseFailure } from "../../../stagewright/rehearsal/conditions";
import { existingText } from "../../../stagewright/rehearsal/existing/words";
import type { Outcome } from "../../../stagewright/rehearsal/run";
import { CloudStore, type Thing } from "../../../stagewright/rehearsal/store";
import { Stage } from "../../support/rehearsed";

// What exists and is not under management, found by the real engine's previews of small programs.

const APP = "heroku:app/app:App";
const ADDON = "heroku:addon/addon:Addon";
const DROPLET = "digitalocean:index/droplet:Droplet";

class Declared extends CustomResource {
  constructor(type: string, name: string, inputs: Inputs, options?: CustomResourceOptions) {
    super(type, name, inputs, options);
  }
}

interface Names {
  app?: string;
  database?: string;
  logical?: string;
}

/** An app with a database. */
const shop =
  ({ app = "shop-api", database = "shop-api-database", logical = "api" }: Names = {}) =>
  () => {
    const { id } = new Declared(APP, logical, { name: app, region: "us" });
    new Declared(ADDON, "database", { name: database, appId: id, plan: "heroku-postgresql:standard-0" });
  };

const droplet = (image: string) => () =>
  void new Declared(DROPLET, "api", { name: "shop", region: "nyc3", size: "s-1vcpu-1gb", image });

function cloudOf(stage: Stage): Thing[] {
  const store = new CloudStore(stage.cloud);
  try {
    return store.all();
  } finally {
    store.close();
  }
}

/** Throws a stack's state away, as a backend that is lost. */
function lose(stage: Stage, stack = "staging"): void {
  rmSync(stage.rehearsal().state.checkpoint("dandi", stack));
}

async function done(stage: Stage, program: () => void): Promise<Outcome> {
  const outcome = await stage.run("staging", "up", { program });
  assert.ok(outcome.ok, outcome.errors.join("\n"));
  return outcome;
}

/** An up that must do nothing, with what it says. */
async function refused(stage: Stage, program: () => void, stack = "staging"): Promise<string> {
  const before = cloudOf(stage);
  const { ok, errors, changes } = await stage.run(stack, "up", { program });
  assert.deepEqual([ok, changes], [false, {}]);
  assert.deepEqual(cloudOf(stage), before, "nothing was made, changed or deleted");
  return errors.join("\n");
}

const told = ({ existing }: Outcome) => existing.map(({ name, create, called }) => [name, create, called]);

test("with the state lost, each operation names what exists, and up makes nothing", async () => {
  const stage = new Stage();
  await done(stage, shop());
  lose(stage);
  const expected = [
    ["api", "refused", "shop-api"],
    ["database", "refused", "shop-api-database"],
  ];
  for (const operation of ["preview", "refresh", "up"] as const) {
    const outcome = await stage.run("staging", operation, { program: shop() });
    assert.deepEqual(told(outcome), expected, operation);
    assert.equal(outcome.ok, operation !== "up");
  }
  const drift = await rehearsedDrift(stage.rehearsal({ program: shop() }), stage.files("staging"));
  assert.deepEqual(drift.verdict, {
    level: "danger",
    says: "staging declares 2 things that exist already and that no state manages: heroku Addon shop-api-database (database) and heroku App shop-api (api). `stagewright recover --stack staging` takes them under management.",
  });
  assert.equal(
    await refused(stage, shop()),
    `staging declares 2 things that exist already and that no state manages:
  heroku Addon shop-api-database (database)
  heroku App shop-api (api)
\`stagewright recover --stack staging\` takes them under management.
Nothing was changed.`,
  );
});

test("under other names, what the lost state held is still what the environment has one of", async () => {
  const stage = new Stage();
  await done(stage, shop());
  lose(stage);
  const renamed = shop({ app: "store-api", database: "store-api-database" });
  assert.match(
    await refused(stage, renamed),
    /^staging would get a second of what it has one each of, under another name.*\n {2}heroku Addon shop-api-database, of which the program declares another one, store-api-database \(database\)\n {2}heroku App shop-api, of which .*store-api \(api\)\nDeclare the name that exists, run `stagewright recover --stack staging`/,
  );
});

test("what somebody made by hand under a declared name is refused before anything is made", async () => {
  const stage = new Stage();
  await done(stage, () => void new Declared(APP, "other", { name: "shop-api", region: "us" }));
  const store = new CloudStore(stage.cloud);
  for (const { maker: _, ...thing } of store.list(APP)) store.put(thing);
  store.close();
  lose(stage);
  assert.match(
    await refused(stage, shop()),
    /^staging declares a thing that exists already .*\n {2}heroku App shop-api \(api\)\n/,
  );
});

test("what is replaced, dropped or only managed is not taken for what is unmanaged", async () => {
  const stage = new Stage();
  await done(stage, droplet("ubuntu-22-04-x64"));
  // A namesake that exists beside the old one for a while: created before it is deleted.
  assert.equal((await done(stage, droplet("ubuntu-24-04-x64"))).changes.replace, 1);
  await done(stage, shop());
  assert.deepEqual(told(await done(stage, shop())), []);
  assert.equal((await done(stage, shop({ app: "store-api" }))).changes.update, 1);
});

test("a lost answer leaves what no name keeps from being made twice, and the next up does not", async () => {
  const stage = new Stage();
  const failure = parseFailure(`${DROPLET}:create:1:lost`);
  assert.ok(failure);
  const program = droplet("ubuntu-24-04-x64");
  assert.equal((await stage.run("staging", "up", { program, failures: [failure] })).ok, false);
  assert.match(await refused(stage, program), /digitalocean Droplet shop \(api\)\n`stagewright recover/);
});

test("what another stack or another resource manages is named with it, before the vendor refuses it", async () => {
  const stage = new Stage();
  await done(stage, shop());
  assert.match(
    await refused(stage, shop(), "production"),
    /heroku App shop-api \(api\), managed by api of dandi\/staging\n.*`pulumi stack rename`/,
  );
  const moved = await stage.run("staging", "preview", { program: shop({ logical: "backend" }) });
  assert.match(
    existingText("staging", moved.existing).join("\n"),
    /heroku App shop-api \(backend\), managed by api of dandi\/staging\n.*an alias/,
  );
});
