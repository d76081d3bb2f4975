import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { liveDrift, rehearsedDrift } from "../../stagewright/drift/run";
import { findEngine } from "../../stagewright/engine/find";
import { openCloud } from "../../stagewright/rehearsal/cloud";
import { CloudStore } from "../../stagewright/rehearsal/store";
import type { StackReview } from "../../stagewright/review/summary/model";
import { stagewright } from "../review/projects";
import { scratch, systemCopy } from "../support/projects";
import { Stage } from "../support/rehearsed";

// Drift made by hand in the cloud, found by the real engine.

type Properties = Record<string, unknown>;

/** Changes a thing as somebody would in a vendor's dashboard. */
function byHand(stage: Stage, type: string, name: RegExp, change: (properties: Properties) => void): void {
  const cloud = new CloudStore(stage.cloud);
  const thing = cloud.all().find((one) => one.type === type && name.test(one.name));
  assert.ok(thing, `${type} ${name}`);
  change(thing.properties);
  cloud.put(thing);
  cloud.close();
}

/** Sets a config var of the app as somebody would at Heroku, or takes it away. */
function configVar(stage: Stage, name: string, value: string | undefined): void {
  const cloud = new CloudStore(stage.cloud);
  const [all, app] = [cloud.list("heroku:configVar"), cloud.list("heroku:app/app:App")[0]];
  assert.ok(app);
  const there = all.find((one) => one.name === name);
  if (there && value === undefined) cloud.remove(there.type, there.id);
  const properties = { appId: app.id, owner: "somebody", ...there?.properties, value };
  const fresh = {
    type: "heroku:configVar",
    id: name,
    account: app.account,
    scope: app.id,
    name,
    written: properties,
  };
  if (value !== undefined) cloud.put({ ...(there ?? fresh), properties });
  cloud.close();
}

/** The config vars that the app runs with. */
function configVars(stage: Stage): Record<string, unknown> {
  const cloud = new CloudStore(stage.cloud);
  const all = cloud.list("heroku:configVar").map(({ name, properties }) => [name, properties.value]);
  cloud.close();
  return Object.fromEntries(all);
}

function deletedByHand(stage: Stage, name: string): void {
  const cloud = new CloudStore(stage.cloud);
  const thing = cloud.all().find((one) => one.name.startsWith(name));
  assert.ok(thing, name);
  cloud.remove(thing.type, thing.id, thing.account);
  cloud.close();
}

const SECRETS = ["p1anted-secret", "p1anted-too"];

function drifted(stage: Stage): void {
  byHand(stage, "heroku:formation/formation:Formation", /^web/, (formation) => {
    formation.quantity = 9;
  });
  configVar(stage, "DJANGO_CONFIGURATION", "`@team` <b>\u001b[31m\n::error::x");
  configVar(stage, "DJANGO_SECRET_KEY", SECRETS[0]);
  configVar(stage, "DJANGO_SETTINGS_MODULE", undefined);
  configVar(stage, "ADDED_BY_HAND", "x");
  byHand(stage, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", /^dandi-api-staging$/, (block) => {
    block.restrictPublicBuckets = false;
  });
  deletedByHand(stage, "checksum-worker");
  deletedByHand(stage, "gui-staging.dandiarchive.org");
}

const EXPECTED = [
  [
    "api",
    "update",
    [
      "configVars.DJANGO_CONFIGURATION",
      "configVars.DJANGO_SETTINGS_MODULE",
      "sensitiveConfigVars.DJANGO_SECRET_KEY",
    ],
  ],
  ["api-checksum-worker", "delete", []],
  ["api-web", "update", ["quantity"]],
  ["bucket-public-access", "update", ["restrictPublicBuckets"]],
  ["dns-gui", "delete", []],
];

// What that means, as a review would say it.
const RISKS = [
  "The process checksum-worker is gone.",
  "Public access is no longer blocked: restrictPublicBuckets (bucket-public-access).",
  "The secret DJANGO_SECRET_KEY of api changes.",
  "a month; before: $",
];

function told({ changes }: StackReview): unknown[] {
  return changes.map(({ name, operation, values }) => [name, operation, values.map(({ path: at }) => at)]);
}

test("drift names what was changed and deleted by hand, and changes nothing itself", async () => {
  const stage = new Stage();
  await stage.done("staging", "up");
  const none = await rehearsedDrift(stage.rehearsal(), stage.files("staging"));
  assert.deepEqual([none.changes, none.risks, none.policy?.added], [[], [], []]);
  assert.equal(none.cost?.before, none.cost?.after);
  assert.deepEqual(none.verdict, { level: "nothing", says: "staging is as it was deployed." });
  assert.ok(none.unchanged > 50);

  const before = configVars(stage);
  drifted(stage);
  for (const _ of ["once", "again"]) {
    const found = await rehearsedDrift(stage.rehearsal(), stage.files("staging"));
    assert.deepEqual(told(found), EXPECTED);
    const values = found.changes.flatMap((change) => change.values);
    const quantity = values.find(({ path: at }) => at === "quantity");
    assert.deepEqual([quantity?.before, quantity?.after], [3, 9]);
    assert.deepEqual(
      values.filter(({ secret }) => secret).map(({ path: at }) => at),
      ["sensitiveConfigVars.DJANGO_SECRET_KEY"],
    );
    for (const value of SECRETS) assert.ok(!JSON.stringify(found).includes(value));
  }

  // What it says of `up` is what an `up` does.
  const { mending, unseen } = await rehearsedDrift(stage.rehearsal(), stage.files("staging"));
  assert.deepEqual(mending, [
    "pulumi up puts api, api-web and bucket-public-access back as declared.",
    "pulumi up makes api-checksum-worker and dns-gui anew.",
    "State what is to stay in the spec before the next pulumi up.",
  ]);
  const changes = await stage.done("staging", "up");
  assert.deepEqual([changes.update, changes.create], [3, 2]);
  const mended = await rehearsedDrift(stage.rehearsal(), stage.files("staging"));
  assert.deepEqual([mended.changes, mended.mending], [[], []]);
  // An added config var is the one thing that it does not see, and says so.
  assert.deepEqual(configVars(stage), { ...before, ADDED_BY_HAND: "x" });
  assert.match(String(unseen), /config vars that somebody adds at Heroku \(they stay\)/);
});

test("of a change that an up would not take back in place, drift says what the up does", async () => {
  const stage = new Stage(systemCopy("release-train"));
  await stage.done("dev", "up");
  const cluster = "digitalocean:index/databaseCluster:DatabaseCluster";
  const mended = async (change: (properties: Properties) => void): Promise<unknown> => {
    byHand(stage, cluster, /./, change);
    const { mending } = await rehearsedDrift(stage.rehearsal(), stage.files("dev"));
    const up = await stage.run("dev", "up");
    return [mending?.[0], up.ok, up.errors[0], up.changes.replace ?? 0];
  };
  const upgraded = await mended((database) => {
    database.version = "18";
  });
  const refusal =
    "422 unprocessable_entity: cannot downgrade from version 18 to 17. Instead make a new cluster and import the data: docs/operations.md, Upgrading Postgres.";
  assert.deepEqual(upgraded, [`pulumi up fails at database: ${refusal}`, false, `database: ${refusal}`, 0]);
  const moved = await mended((database) => {
    database.version = "17";
    database.projectId = "another-project";
  });
  assert.deepEqual(moved, [
    "pulumi up replaces the database of dev (db-s-1vcpu-1gb) by an empty one, because projectId cannot change in place.",
    true,
    undefined,
    3,
  ]);
  deletedByHand(stage, "release-train-dev-database");
  const lost = await rehearsedDrift(stage.rehearsal(), stage.files("dev"));
  assert.match(
    String(lost.mending?.[0]),
    /^pulumi up makes the database of dev \(.*\) anew, and empty: what it held comes back from a backup alone\.$/,
  );
  assert.ok(Number((await stage.done("dev", "up")).create) >= 1);
});

test("the command says it in text, JSON and Markdown that stay inert, and by its exit code", async () => {
  const stage = new Stage();
  const drift = (...args: string[]) =>
    stagewright("drift", "--stack", "staging", "--cloud", stage.cloud, ...args);
  const never = await drift();
  assert.deepEqual([never.status, never.stdout], [3, ""]);
  assert.match(
    never.stderr,
    /^staging is not in the rehearsal cloud .*; `stagewright rehearse up --stack staging` brings it there/,
  );

  await stage.done("staging", "up");
  const none = await drift();
  assert.equal(none.status, 0, none.output);
  assert.match(none.stdout, /^staging is as it was deployed\.\n\nNot seen\n.*\n\n\d+ resources unchanged\n$/);

  drifted(stage);
  const file = path.join(scratch(), "drift.md");
  const text = await drift("--markdown", file);
  assert.equal(text.status, 1, text.output);
  assert.match(
    text.stdout,
    /^By hand, somebody changed 3 resources and deleted 2 resources of staging\. The DNS record of gui-staging\.dandiarchive\.org is deleted: the name stops working\.\n/,
  );
  for (const says of RISKS) assert.ok(text.stdout.includes(says), says);
  assert.match(text.stdout, /~ changed api-web heroku Formation\n {6}\. quantity: 3 → 9\n/);
  assert.match(text.stdout, /sensitiveConfigVars\.DJANGO_SECRET_KEY: \(secret\) → \(secret\)\n/);
  assert.match(text.stdout, /- deleted dns-gui aws Record/);
  assert.match(text.stdout, /What the next up does\n +- pulumi up puts api, /);
  const markdown = readFileSync(file, "utf8");
  assert.match(markdown, / {2}- `quantity`: `3` → `9`\n/);
  assert.match(markdown, /- deleted `dns-gui` aws Record/);
  const json = await drift("--json");
  assert.equal(json.status, 1);
  const found = JSON.parse(json.stdout) as StackReview;
  assert.deepEqual(told(found), EXPECTED);
  assert.deepEqual([found.stack, found.byHand, found.verdict.level], ["staging", true, "danger"]);
  for (const said of [text.output, markdown, json.output]) {
    for (const value of SECRETS) assert.ok(!said.includes(value), value);
    assert.doesNotMatch(said, /^::error::/m);
    assert.ok(!said.includes("\u001b[31m"));
  }
});

test("--live asks the official CLI in the project's folder, with nothing of the rehearsal", async () => {
  const stage = new Stage();
  await stage.done("staging", "up");
  drifted(stage);
  const cloud = await openCloud(stage.cloud);
  const rehearsal = stage.rehearsal();
  const engine = await findEngine();
  const before = { ...process.env };
  // The operator's login: here to the rehearsal's own backend and cloud.
  Object.assign(process.env, engine.env, rehearsal.state.env, { PULUMI_DEBUG_PROVIDERS: cloud.attach });
  try {
    const workspace = rehearsal.workspace(stage.files("staging"));
    const project = { ...stage.project, dir: workspace.dir };
    const files = stage.files("staging");
    assert.deepEqual(told(await liveDrift(project, files)), EXPECTED);
    await assert.rejects(
      liveDrift(project, { ...files, stack: "nobody" }),
      /the drift of nobody is not known: .*no stack named 'nobody' found/s,
    );
    const { deployment, version } = await workspace.export("encrypted");
    await workspace.import({ version, deployment: { ...deployment, resources: [] } });
    const { verdict } = await liveDrift(project, files);
    assert.equal(verdict.level, "danger");
    assert.match(
      verdict.says,
      /^The state knows nothing of staging: it was never deployed, or the state is lost\. .* restore the state, or import what exists, first\.$/,
    );
  } finally {
    process.env = before;
    cloud.close();
  }
});
