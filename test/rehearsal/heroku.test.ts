import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "vitest";
import { slugFile } from "../../components/first-release/first-release";
import { Secret } from "../../providers/protocol/provider";
import { heroku } from "../../stagewright/rehearsal/vendors/heroku";
import { configVarsOf } from "../../stagewright/rehearsal/vendors/heroku/config-vars";
import { type Play, play } from "./vendor-play";

const APP = "heroku:app/app:App";
const ADDON = "heroku:addon/addon:Addon";
const ATTACHMENT = "heroku:addon/attachment:Attachment";
const ASSOCIATION = "heroku:app/configAssociation:ConfigAssociation";
const DOMAIN = "heroku:domain/domain:Domain";
const DRAIN = "heroku:drain/drain:Drain";
const FORMATION = "heroku:formation/formation:Formation";
const RELEASE = "heroku:app/release:Release";
const SLUG = "heroku:slug/slug:Slug";
const PIPELINE = "heroku:pipeline/pipeline:Pipeline";
const COUPLING = "heroku:pipeline/coupling:Coupling";

const hidden = {
  customizations: JSON.stringify([{ setAddonConfigVarsInState: false, setAppAllConfigVarsInState: false }]),
};

async function withApp(options: Parameters<typeof play>[1] = {}): Promise<Play & { appId: string }> {
  const cloud = await play(heroku, options);
  const { id } = await cloud.create(APP, "api", { name: "an-app", region: "us" });
  return { ...cloud, appId: id };
}

async function released(cloud: Play & { appId: string }, processTypes: Record<string, string>) {
  const { appId } = cloud;
  const slug = await cloud.create(SLUG, "slug", { appId, filePath: slugFile, processTypes });
  await cloud.create(RELEASE, "release", { appId, slugId: slug.id });
  return slug;
}

test("an app gets the addresses that Heroku gives it, and fills in what was not said", async () => {
  const cloud = await play(heroku);
  const { id, state } = await cloud.create(APP, "api", { name: "dandi-api", region: "us" });
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(state.uuid, id);
  assert.equal(state.gitUrl, "https://git.heroku.com/dandi-api.git");
  assert.match(String(state.herokuHostname), /^dandi-api-[0-9a-f]{12}\.herokuapp\.com$/);
  assert.equal(state.webUrl, `https://${state.herokuHostname}/`);
  assert.equal(state.stack, "heroku-24");
  assert.equal(state.acm, false);
});

test("what an app is after its creation is what is read of it", async () => {
  const cloud = await play(heroku, { config: hidden });
  const inputs = {
    name: "an-app",
    region: "eu",
    sensitiveConfigVars: { KEY: "k" },
    organization: { name: "t" },
  };
  const { id, state } = await cloud.create(APP, "api", inputs);
  const ref = { urn: "urn:pulumi:test::project::t::api", type: APP, name: "api" };
  // Over the wire, a secret comes in plain.
  const known = { ...state, sensitiveConfigVars: inputs.sensitiveConfigVars };
  const read = await cloud.session.read(ref, id, inputs, known);
  assert.deepEqual(read?.state, state);
  assert.deepEqual(read?.inputs, inputs);
});

test("of the config vars of an app, a read finds those that it knows of, whoever has set them last", async () => {
  const cloud = await play(heroku, { config: hidden });
  const inputs = { name: "an-app", region: "eu", configVars: { KEPT: "k", LOST: "l", OTHER: "o" } };
  const { id } = await cloud.create(APP, "api", inputs);
  const { store } = cloud;
  for (const variable of store.list("heroku:configVar")) {
    if (variable.name === "LOST") store.remove(variable.type, variable.id);
    if (variable.name === "OTHER")
      store.put({ ...variable, properties: { ...variable.properties, value: "x" } });
    if (variable.name === "KEPT") store.put({ ...variable, id: "added", name: "ADDED" });
  }
  const ref = { urn: "urn:pulumi:test::project::t::api", type: APP, name: "api" };
  const read = await cloud.session.read(ref, id, inputs, inputs);
  assert.deepEqual(read?.inputs.configVars, { KEPT: "k", OTHER: "x" });
  assert.deepEqual(read?.state.configVars, { KEPT: "k", OTHER: "x" });
});

test("app names are checked, and unique over all of Heroku", async () => {
  const cloud = await withApp();
  await assert.rejects(cloud.create(APP, "b", { name: "an-app", region: "us" }), {
    message: "422 invalid_params: Name an-app is already taken",
  });
  for (const name of ["Dandi", "1app", "app-", "a".repeat(31), "ab"])
    await assert.rejects(
      cloud.create(APP, "b", { name, region: "us" }),
      /422 invalid_params: Name must start/,
    );
  await assert.rejects(cloud.create(APP, "b", { name: "other", region: "tokyo" }), /Region 'tokyo'/);
  await assert.rejects(
    cloud.create(APP, "b", { name: "other", region: "us", stack: "cedar-14" }),
    /Stack 'cedar-14'/,
  );
});

test("a team has 100 apps at most; another team's do not count", async () => {
  const cloud = await play(heroku);
  const inTeam = (name: string, team: string) =>
    cloud.create(APP, name, { name, region: "us", organization: { name: team } });
  for (let i = 0; i < 100; i++) await inTeam(`app-${i}`, "full");
  await assert.rejects(inTeam("one-more", "full"), /limit of 100 apps/);
  await inTeam("elsewhere", "free");
});

test("a formation needs a release with its process type", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const web = { appId, type: "web", size: "standard-1x", quantity: 2 };
  await assert.rejects(cloud.create(FORMATION, "web", web), {
    message: "404 not_found: Couldn't find that process type (web).",
  });
  await released(cloud, { web: "perl web.pl" });
  await cloud.create(FORMATION, "web", web);
  await assert.rejects(
    cloud.create(FORMATION, "worker", { ...web, type: "worker" }),
    /process type \(worker\)/,
  );
});

test("dyno sizes exist, do not mix tiers, and eco and basic do not scale", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  await released(cloud, { web: "x", worker: "y" });
  const web = { appId, type: "web", size: "basic", quantity: 1 };
  await assert.rejects(cloud.create(FORMATION, "web", { ...web, size: "hobby" }), /No such size as hobby/);
  await assert.rejects(cloud.create(FORMATION, "web", { ...web, quantity: 2 }), /Cannot scale web to 2/);
  await cloud.create(FORMATION, "web", web);
  await assert.rejects(
    cloud.create(FORMATION, "worker", { ...web, type: "worker", size: "Standard-1X" }),
    /Cannot use the following dyno types in the same app: basic and standard-1x/,
  );
});

test("a slug is an existing gzip archive for a known stack, and its checksum is the file's", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const folder = mkdtempSync(path.join(tmpdir(), "slug-"));
  try {
    const text = path.join(folder, "slug.txt");
    writeFileSync(text, "no archive");
    const slug = { appId, processTypes: { web: "x" } };
    await assert.rejects(cloud.create(SLUG, "s", { ...slug, filePath: "no-such.tgz" }), /open no-such\.tgz/);
    await assert.rejects(cloud.create(SLUG, "s", { ...slug, filePath: text }), /not a gzip-compressed tar/);
    await assert.rejects(cloud.create(SLUG, "s", slug), /requires either/);
    await assert.rejects(cloud.create(SLUG, "s", { ...slug, fileUrl: "http://x/s.tgz" }), /secure URL/);
    await assert.rejects(
      cloud.create(SLUG, "s", { ...slug, filePath: slugFile, stack: "container" }),
      /find that stack/,
    );
    const { state } = await cloud.create(SLUG, "s", { ...slug, filePath: slugFile });
    assert.match(String(state.checksum), /^SHA256:[0-9a-f]{64}$/);
    assert.equal(state.stack, "heroku-24");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a release stays as it is: another description is refused", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const { id: slugId } = await cloud.create(SLUG, "s", {
    appId,
    filePath: slugFile,
    processTypes: { web: "x" },
  });
  await assert.rejects(cloud.create(RELEASE, "r", { appId, slugId: "nothing" }), /find that slug/);
  const { id } = await cloud.create(RELEASE, "r", { appId, slugId, description: "one" });
  await assert.rejects(
    cloud.update(RELEASE, "r", id, { appId, slugId, description: "two" }),
    /cannot update/,
  );
});

test("the first Postgres of an app is DATABASE_URL, a follower gets a color", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const plan = "heroku-postgresql:standard-0";
  const leader = await cloud.create(ADDON, "db", {
    appId,
    plan,
    name: "an-app-db",
    config: { version: "16" },
  });
  assert.deepEqual(leader.state.configVars, ["DATABASE_URL"]);
  const follower = await cloud.create(ADDON, "f", {
    appId,
    plan,
    name: "an-app-f",
    config: { follow: "DATABASE_URL" },
  });
  const [name] = follower.state.configVars as string[];
  assert.match(String(name), /^HEROKU_POSTGRESQL_[A-Z]+_URL$/);
  const vars = configVarsOf(cloud.store, appId);
  assert.match(String(vars.DATABASE_URL), /^postgres:\/\/u\w+:p\w+@[\w.-]+:5432\/d\w+$/);
  assert.notEqual(vars.DATABASE_URL, vars[String(name)]);
  await assert.rejects(
    cloud.create(ADDON, "g", { appId, plan, name: "an-app-g", config: { follow: "an-app-f" } }),
    /itself a follower/,
  );
});

test("a database's plan, version and tier are checked", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const essential = { appId, plan: "heroku-postgresql:essential-0", name: "small-db" };
  for (const plan of ["heroku-postgresql:hobby-dev", "cloudamqp:giant", "mysql:big", "heroku-postgresql"])
    await assert.rejects(
      cloud.create(ADDON, "db", { ...essential, plan }),
      /404 not_found: Couldn't find that/,
    );
  await assert.rejects(
    cloud.create(ADDON, "db", { ...essential, config: { version: "9" } }),
    /PostgreSQL version 9/,
  );
  const { id } = await cloud.create(ADDON, "db", essential);
  await cloud.update(ADDON, "db", id, { ...essential, plan: "heroku-postgresql:essential-1" });
  await assert.rejects(
    cloud.update(ADDON, "db", id, { ...essential, plan: "heroku-postgresql:standard-0" }),
    /pg:copy/,
  );
  await assert.rejects(
    cloud.update(ADDON, "db", id, { ...essential, plan: "cloudamqp:lemur" }),
    /from heroku-postgresql to cloudamqp/,
  );
  await assert.rejects(
    cloud.create(ADDON, "f", { ...essential, name: "f1", config: { follow: "DATABASE_URL" } }),
    /Followers are only supported/,
  );
  await assert.rejects(
    cloud.create(ADDON, "again", { ...essential }),
    /Add-on name small-db is already taken/,
  );
});

test("a change of an add-on's config replaces it, a change of its plan does not", async () => {
  const cloud = await play(heroku);
  const database = { appId: "a", plan: "heroku-postgresql:standard-0", config: { version: "16" } };
  assert.deepEqual(await cloud.diff(ADDON, database, { ...database, config: { version: "17" } }), {
    "config.version": "update-replace",
  });
  assert.deepEqual(await cloud.diff(ADDON, database, { ...database, plan: "heroku-postgresql:standard-2" }), {
    plan: "update",
  });
});

test("credentials of add-ons differ per add-on, and enter the state only where the provider may write them", async () => {
  const shown = await withApp();
  const broker = (appId: string) => ({ appId, plan: "cloudamqp:squirrel-1", name: `broker-${appId}` });
  const first = await shown.create(ADDON, "b", broker(shown.appId));
  assert.ok(first.state.configVarValues instanceof Secret);
  const values = first.state.configVarValues.value as Record<string, string>;
  assert.match(String(values.CLOUDAMQP_URL), /^amqps:\/\/\w+:\w+@\w+\.rmq\.cloudamqp\.com\/\w+$/);

  const other = await play(heroku, { store: shown.store, config: hidden });
  const { id: otherApp, state } = await other.create(APP, "api", {
    name: "other-app",
    region: "us",
    configVars: { A: "1" },
  });
  assert.deepEqual(state.allConfigVars, new Secret({}));
  const second = await other.create(ADDON, "b", broker(otherApp));
  assert.deepEqual(second.state.configVarValues, new Secret({}));
  const hiddenValues = configVarsOf(other.store, otherApp);
  assert.equal(hiddenValues.A, "1");
  assert.ok(hiddenValues.CLOUDAMQP_URL);
  assert.notEqual(hiddenValues.CLOUDAMQP_URL, values.CLOUDAMQP_URL);
});

test("two clouds give the same add-on the same credentials", async () => {
  const make = async () => {
    const cloud = await withApp();
    const { appId } = cloud;
    const { id } = await cloud.create(ADDON, "b", { appId, plan: "cloudamqp:lemur", name: "the-broker" });
    return { id, vars: configVarsOf(cloud.store, appId) };
  };
  assert.deepEqual(await make(), await make());
});

test("a config var that an add-on manages cannot be set, and goes with the add-on", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const addon = await cloud.create(ADDON, "db", {
    appId,
    plan: "heroku-postgresql:essential-0",
    name: "a-db",
  });
  const association = { appId, sensitiveVars: { DATABASE_URL: "postgres://mine" } };
  const refusal = { message: "422 invalid_params: Cannot overwrite attachment values DATABASE_URL." };
  await assert.rejects(cloud.create(ASSOCIATION, "c", association), refusal);
  await assert.rejects(
    cloud.update(APP, "api", appId, { name: "an-app", region: "us", configVars: { DATABASE_URL: "x" } }),
    refusal,
  );
  await cloud.remove(ADDON, "db", addon.id);
  assert.deepEqual(configVarsOf(cloud.store, appId), {});
  await cloud.create(ASSOCIATION, "c", association);
});

test("each that sets config vars takes away only its own", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const app = { name: "an-app", region: "us" };
  await cloud.update(APP, "api", appId, { ...app, configVars: { A: "1", B: "2" } });
  const { id } = await cloud.create(ASSOCIATION, "c", { appId, vars: { C: "3" }, sensitiveVars: { D: "4" } });
  await cloud.update(APP, "api", appId, { ...app, configVars: { B: "5" } });
  assert.deepEqual(configVarsOf(cloud.store, appId), { B: "5", C: "3", D: "4" });
  await cloud.remove(ASSOCIATION, "c", id);
  assert.deepEqual(configVarsOf(cloud.store, appId), { B: "5" });
  await assert.rejects(
    cloud.create(ASSOCIATION, "d", { appId, vars: { E: "1" }, sensitiveVars: { E: "1" } }),
    /both plain and sensitive: E/,
  );
  await assert.rejects(
    cloud.create(ASSOCIATION, "d", { appId, vars: { E: "x".repeat(65536) } }),
    /cannot exceed 64kb/,
  );
});

test("an attachment makes an add-on known to a further app until it goes", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const database = await cloud.create(ADDON, "db", {
    appId,
    plan: "heroku-postgresql:essential-0",
    name: "a-db",
  });
  const other = await cloud.create(APP, "review", { name: "review-app", region: "us" });
  const inputs = { appId: other.id, addonId: database.id };
  const attached = await cloud.create(ATTACHMENT, "at", inputs);
  assert.equal(attached.state.name, "DATABASE");
  assert.deepEqual(configVarsOf(cloud.store, other.id), configVarsOf(cloud.store, appId));
  await assert.rejects(cloud.create(ATTACHMENT, "b", { ...inputs, name: "DATABASE" }), /already taken/);
  await cloud.remove(ATTACHMENT, "at", attached.id);
  assert.deepEqual(configVarsOf(cloud.store, other.id), {});
});

test("a domain belongs to one app of all of Heroku and gets a target of its own", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const { state } = await cloud.create(DOMAIN, "d", { appId, hostname: "api.example.org" });
  assert.match(String(state.cname), /^[a-z]+-[a-z]+-[0-9a-f]{24}\.herokudns\.com$/);
  const other = await cloud.create(APP, "other", { name: "other-app", region: "us" });
  await assert.rejects(
    cloud.create(DOMAIN, "e", { appId: other.id, hostname: "api.example.org" }),
    /api\.example\.org is currently in use by another app/,
  );
  const second = await cloud.create(DOMAIN, "e", { appId: other.id, hostname: "b.example.org" });
  assert.notEqual(second.state.cname, state.cname);
});

test("an app has five drains at most, each to an address of a known kind", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const drain = (n: number) => ({ appId, sensitiveUrl: `syslog+tls://logs.example.org:${n}` });
  await assert.rejects(cloud.create(DRAIN, "d", { appId, url: "ftp://x" }), /Url is invalid/);
  await assert.rejects(
    cloud.create(DRAIN, "d", { ...drain(1), url: "https://x" }),
    /url conflicts with sensitiveUrl|exactly one/,
  );
  for (let n = 1; n <= 5; n++) {
    const { state } = await cloud.create(DRAIN, `d${n}`, drain(n));
    assert.match(String(state.token), /^d\.[0-9a-f-]{36}$/);
  }
  await assert.rejects(cloud.create(DRAIN, "d6", drain(6)), /up to 5 log drains/);
});

test("an app is in one pipeline only", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  const [one, two] = [
    await cloud.create(PIPELINE, "one", { name: "pipeline-one" }),
    await cloud.create(PIPELINE, "two", { name: "pipeline-two" }),
  ];
  await assert.rejects(
    cloud.create(COUPLING, "c", { appId, pipeline: one.id, stage: "live" }),
    /expected one of .*, got live/,
  );
  await cloud.create(COUPLING, "c", { appId, pipeline: one.id, stage: "staging" });
  await assert.rejects(
    cloud.create(COUPLING, "d", { appId, pipeline: two.id, stage: "staging" }),
    /already in a pipeline/,
  );
});

test("an app takes everything with it, and deleting that afterwards succeeds", async () => {
  const cloud = await withApp();
  const { appId } = cloud;
  await released(cloud, { web: "x" });
  const made = [
    [FORMATION, { appId, type: "web", size: "basic", quantity: 1 }],
    [ADDON, { appId, plan: "heroku-postgresql:essential-0", name: "a-db" }],
    [DOMAIN, { appId, hostname: "api.example.org" }],
    [DRAIN, { appId, url: "https://logs.example.org" }],
    [ASSOCIATION, { appId, vars: { A: "1" } }],
  ] as const;
  const ids: string[] = [];
  for (const [type, inputs] of made) ids.push((await cloud.create(type, "it", inputs)).id);
  await cloud.remove(APP, "api", appId);
  assert.deepEqual(cloud.store.all(), []);
  for (const [index, [type]] of made.entries()) await cloud.remove(type, "it", String(ids[index]));
});

test("what is not there is refused: apps, types and inputs", async () => {
  const cloud = await play(heroku);
  await assert.rejects(cloud.create(DOMAIN, "d", { appId: randomUUID(), hostname: "a.example.org" }), {
    message: "404 not_found: Couldn't find that app.",
  });
  await assert.rejects(cloud.create("heroku:space/space:Space", "s", {}), /does not know the resource type/);
  await assert.rejects(cloud.create(APP, "a", { regoin: "us", region: "us" }), /no input 'regoin'/);
});
