import assert from "node:assert/strict";
import { test } from "vitest";
import { type Properties, Secret } from "../../providers/protocol/provider";
import { seedSentry, sentry } from "../../stagewright/rehearsal/vendors/sentry";
import { ALERT } from "../../stagewright/rehearsal/vendors/sentry/alerts";
import { KEY } from "../../stagewright/rehearsal/vendors/sentry/keys";
import { PROJECT } from "../../stagewright/rehearsal/vendors/sentry/organizations";
import { play } from "./vendor-play";

const organization = "dandiarchive";
const project = { organization, teams: ["dandidevs"], name: "dandi-api", slug: "dandi-api" };
const key = { organization, project: "dandi-api", name: "staging" };
const alert = {
  organization,
  project: "dandi-api",
  name: "New issue",
  actionMatch: "any",
  filterMatch: "all",
  frequency: 30,
  conditions: [{ id: "sentry.rules.conditions.first_seen_event.FirstSeenEventCondition" }],
  actions: [{ id: "sentry.mail.actions.NotifyEmailAction", targetType: "Team", targetIdentifier: "1" }],
};

async function dandi(stack = "test", earlier?: Awaited<ReturnType<typeof play>>) {
  const cloud = await play(sentry, { stack, store: earlier?.store });
  seedSentry(cloud.store, organization, { teams: ["dandidevs"], projects: ["legacy"] });
  return cloud;
}

function refOf(type: string) {
  return { urn: `urn:pulumi:test::project::${type}::it`, type, name: "it" };
}

test("a project, its key and its alert, and a read that agrees", async () => {
  const cloud = await dandi();
  for (const [type, inputs] of [
    [PROJECT, project],
    [KEY, key],
    [ALERT, alert],
  ] as [string, Properties][]) {
    const { id, state } = await cloud.create(type, "it", inputs);
    assert.deepEqual(await cloud.session.read(refOf(type), id, inputs, {}), { id, state, inputs }, type);
  }
});

test("a DSN has the form of Sentry's, and its secret form alone is secret", async () => {
  const cloud = await dandi();
  const { state: made } = await cloud.create(PROJECT, "it", project);
  const { id, state } = await cloud.create(KEY, "it", key);
  const [, publicKey, host, number] =
    /^https:\/\/([0-9a-f]{32})@(o\d+\.ingest\.us\.sentry\.io)\/(\d+)$/.exec(String(state.dsnPublic)) ?? [];
  assert.equal(publicKey, id);
  assert.equal(number, made.internalId);
  assert.equal(state.projectId, Number(number));
  assert.ok(Number.isSafeInteger(state.projectId));
  assert.ok(state.dsnSecret instanceof Secret && state.secret instanceof Secret);
  assert.equal(state.dsnSecret.value, `https://${id}:${state.secret.value}@${host}/${number}`);
});

test("two stacks have keys of their own in one project, and the same stack always the same", async () => {
  const one = await dandi("one");
  const two = await dandi("two", one);
  const shared = { ...key, project: "legacy" };
  const first = await one.create(KEY, "it", shared);
  const second = await two.create(KEY, "it", shared);
  assert.notEqual(first.state.dsnPublic, second.state.dsnPublic);
  assert.deepEqual(await (await dandi("one")).create(KEY, "it", shared), first);
});

test("a project needs a team, and its slug is unique in the organization", async () => {
  const cloud = await dandi();
  const make = (inputs: Properties) => cloud.create(PROJECT, "it", { ...project, ...inputs });
  await assert.rejects(make({ teams: undefined }), /400 one of team or teams/);
  await assert.rejects(make({ teams: ["nobody"] }), /404 .*team 'nobody' in the organization 'dandiarchive'/);
  await assert.rejects(make({ organization: "elsewhere" }), /404 .*'elsewhere'/);
  await assert.rejects(make({ slug: "123" }), /400 slug/);
  await assert.rejects(make({ slug: "A b" }), /400 slug/);
  await assert.rejects(make({ name: "n".repeat(51) }), /400 name/);
  await assert.rejects(make({ slug: "legacy" }), /409 A project with this slug already exists/);
  await make({});
  await assert.rejects(make({}), /409 A project with this slug already exists/);
  await cloud.update(PROJECT, "it", "dandi-api", { ...project, platform: "python" });
});

test("what Sentry does not accept in a key or an alert", async () => {
  const cloud = await dandi();
  await assert.rejects(cloud.create(KEY, "it", key), /404 .*project 'dandi-api'/);
  await assert.rejects(cloud.create(ALERT, "it", alert), /404 .*project 'dandi-api'/);
  await cloud.create(PROJECT, "it", project);
  const { id } = await cloud.create(KEY, "it", key);
  await assert.rejects(cloud.update(KEY, "it", id, { ...key, project: "legacy" }), /404/);
  const make = (inputs: Properties) => cloud.create(ALERT, "it", { ...alert, ...inputs });
  await assert.rejects(make({ frequency: 4 }), /400 frequency/);
  await assert.rejects(make({ name: "n".repeat(65) }), /400 name/);
  await assert.rejects(make({ conditions: [] }), /400 conditions/);
  await assert.rejects(make({ actions: [{}] }), /400 actions/);
  // The trap of the first `up`: no event came from there yet.
  await assert.rejects(
    make({ environment: "staging" }),
    /400 environment: This environment has not been created/,
  );
  seedSentry(cloud.store, organization, { teams: [], environments: ["staging"] });
  await make({ environment: "staging" });
});

test("what belongs to a project goes with it", async () => {
  const cloud = await dandi();
  const { id } = await cloud.create(PROJECT, "it", project);
  await cloud.create(KEY, "it", key);
  await cloud.create(ALERT, "it", alert);
  await cloud.remove(PROJECT, "it", id);
  assert.deepEqual([...cloud.store.list(KEY), ...cloud.store.list(ALERT)], []);
});

test("a team is looked up by its slug", async () => {
  const cloud = await dandi();
  const look = (slug: string) =>
    cloud.session.invoke("sentry:index/getSentryTeam:getSentryTeam", { organization, slug });
  assert.match(String((await look("dandidevs")).internalId), /^\d+$/);
  await assert.rejects(look("nobody"), /404/);
});
