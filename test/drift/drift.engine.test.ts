import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { liveDrift, rehearsedDrift } from "../../drift/run";
import { findEngine } from "../../engine/find";
import { openCloud } from "../../rehearsal/cloud";
import { CloudStore } from "../../rehearsal/store";
import { stagewright } from "../review/projects";
import { scratch } from "../support/projects";
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
  byHand(stage, "heroku:app/app:App", /^dandi-api-staging$/, (app) => {
    app.configVars = {
      ...(app.configVars as Properties),
      DJANGO_CONFIGURATION: "`@team` <b>\u001b[31m\n::error::x",
    };
    app.sensitiveConfigVars = { ...(app.sensitiveConfigVars as Properties), DJANGO_SECRET_KEY: SECRETS[0] };
  });
  byHand(stage, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", /^dandi-api-staging$/, (block) => {
    block.restrictPublicBuckets = false;
  });
  deletedByHand(stage, "gui-staging.dandiarchive.org");
}

const EXPECTED = [
  ["api", "changed", ["configVars.DJANGO_CONFIGURATION", "sensitiveConfigVars.DJANGO_SECRET_KEY"]],
  ["api-web", "changed", ["quantity"]],
  ["bucket-public-access", "changed", ["restrictPublicBuckets"]],
  ["dns-gui", "deleted", []],
];

test("drift names what was changed and deleted by hand, and changes nothing itself", async () => {
  const stage = new Stage();
  await stage.done("staging", "up");
  const none = await rehearsedDrift(stage.rehearsal(), stage.files("staging"));
  assert.deepEqual(none.things, []);
  assert.ok(none.unchanged > 50);

  drifted(stage);
  for (const _ of ["once", "again"]) {
    const { things } = await rehearsedDrift(stage.rehearsal(), stage.files("staging"));
    assert.deepEqual(
      things.map(({ name, what, properties }) => [name, what, properties.map((property) => property.path)]),
      EXPECTED,
    );
    const properties = things.flatMap((thing) => thing.properties);
    assert.deepEqual(
      properties.find(({ path: at }) => at === "quantity"),
      {
        path: "quantity",
        before: 3,
        after: 9,
        secret: false,
      },
    );
    assert.deepEqual(
      properties.find(({ secret }) => secret),
      { path: EXPECTED[0]?.[2]?.[1], secret: true },
    );
    for (const value of SECRETS) assert.ok(!JSON.stringify(things).includes(value));
  }

  await stage.done("staging", "refresh");
  await stage.done("staging", "up");
  assert.deepEqual((await rehearsedDrift(stage.rehearsal(), stage.files("staging"))).things, []);
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
  assert.match(none.stdout, /^staging is as it was deployed \(\d+ resources\)/);

  drifted(stage);
  const file = path.join(scratch(), "drift.md");
  const text = await drift("--markdown", file);
  assert.equal(text.status, 1, text.output);
  assert.match(text.stdout, /^since staging was deployed, somebody changed 4 things by hand/);
  assert.match(text.stdout, /~ changed api-web heroku Formation\n {6}quantity: 3 → 9\n/);
  assert.match(text.stdout, /sensitiveConfigVars\.DJANGO_SECRET_KEY: \(another secret\)/);
  assert.match(text.stdout, /- deleted dns-gui aws Record/);
  const markdown = readFileSync(file, "utf8");
  assert.match(markdown, / {2}- `quantity`: `3` → `9`\n/);
  assert.match(markdown, /- `dns-gui` \(`aws:route53\/record:Record`\) was deleted/);
  const json = await drift("--json");
  assert.equal(json.status, 1);
  const { things } = JSON.parse(json.stdout) as { things: { name: string }[] };
  assert.deepEqual(
    things.map(({ name }) => name),
    EXPECTED.map(([name]) => name),
  );
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
    const { things } = await liveDrift({ ...stage.project, dir: workspace.dir }, "staging");
    assert.deepEqual(
      things.map(({ name, what }) => [name, what]),
      EXPECTED.map(([name, what]) => [name, what]),
    );
    await assert.rejects(
      liveDrift({ ...stage.project, dir: workspace.dir }, "nobody"),
      /the drift of nobody is not known: .*no stack named 'nobody' found/s,
    );
  } finally {
    process.env = before;
    cloud.close();
  }
});
