import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { Environments } from "../../stagewright/ephemeral/environments";
import { reap } from "../../stagewright/ephemeral/reap";
import { Refusal } from "../../stagewright/ephemeral/refusal";
import type { Destruction, Ended } from "../../stagewright/ephemeral/stacks";
import { RehearsedStacks } from "../../stagewright/ephemeral/stacks/rehearsed";
import { RehearsalState } from "../../stagewright/rehearsal/state";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { scratch } from "../support/projects";
import { apart } from "./apart";
import { Mini, request } from "./mini";

const refused = (words: RegExp) => (error: unknown) => error instanceof Refusal && words.test(error.message);

/** Somebody always comes before it. */
class Hurried extends RehearsedStacks {
  before: () => Promise<unknown> = async () => {};

  override async destroy(stack: string, how: Destruction): Promise<Ended | undefined> {
    await this.before();
    return super.destroy(stack, how);
  }
}

test("an environment is created once, updated by whose it is, extended, and gone with all that it had", async () => {
  const mini = new Mini(scratch());
  const environments = mini.environments();
  const made = await environments.create(mini.project, { request: request("pr-1"), like: mini.like });
  assert.equal(made.state, "ready");
  assert.equal(made.owner, "anton");
  assert.equal(made.ttl, "72h");
  assert.deepEqual(made.shared, []);
  assert.equal(made.cost, 12); // a basic dyno and an essential-0 database
  assert.match(made.urls.api ?? "", /^https:\/\/mini-api-eph-pr-1-/);
  assert.deepEqual(mini.apps(), ["mini-api-eph-pr-1"]);

  const again = { request: request("pr-1"), like: mini.like };
  await assert.rejects(
    mini.environments("berta").create(mini.project, again),
    refused(
      /^pr-1 exists already: anton created it, like staging, at 2\S+; accepted: another name, or --update$/,
    ),
  );
  await assert.rejects(
    environments.create(mini.project, { ...again, owner: "berta", update: true }),
    refused(/anton's, not berta's/),
  );

  mini.wait(10);
  const set = { api: { variables: { COLOUR: "blue" } } };
  const updated = await environments.create(mini.project, {
    request: request("pr-1", { set, branch: "feature" }),
    like: mini.like,
    update: true,
  });
  assert.equal(Date.parse(updated.expires ?? "") - Date.parse(made.expires ?? ""), 10 * 3_600_000);
  assert.equal(updated.created, made.created);
  assert.equal(updated.branch, "feature");
  const app = mini.things().find(({ name }) => name === "mini-api-eph-pr-1");
  assert.deepEqual(app?.properties.configVars, { COLOUR: "blue" });

  const extended = await environments.extend("pr-1", "7d");
  assert.equal(Date.parse(extended.expires ?? "") - mini.now.getTime(), 7 * 24 * 3_600_000);
  assert.deepEqual(extended.urls, updated.urls);
  assert.equal(extended.state, "ready");
  assert.deepEqual(await environments.list(), [extended]);

  assert.equal(await environments.destroy("pr-1"), true);
  assert.equal(await environments.destroy("pr-1"), false);
  assert.deepEqual(await environments.list(), []);
  const rest = mini.things().filter(({ type }) => !type.startsWith("github:"));
  assert.deepEqual(rest, []);
});

test("what is shared is attached with the least rights, shown, and stays when the environment goes", async () => {
  const mini = new Mini(scratch(), {}, { ephemeral: { credential: "reader" } });
  await mini.staging();
  const before = mini.things();
  const environments = mini.environments();
  const asked = request("pr-2", { database: "shared" });
  const made = await environments.create(mini.project, { request: asked, like: mini.like });
  assert.deepEqual(made.shared, ["database of staging"]);
  assert.equal(made.cost, 7); // the database is its owner's to pay
  const attached = mini.things().find(({ type }) => type === "heroku:addon/attachment:Attachment");
  const database = before.find(({ name }) => name === "mini-api-staging-database");
  assert.equal(attached?.properties.addonId, database?.id);
  assert.equal(attached?.properties.namespace, "credential:reader");
  const urls = mini.things().filter(({ name }) => name === "DATABASE_URL");
  assert.equal(new Set(urls.map(({ properties }) => properties.value)).size, 2, "a credential of its own");
  await environments.destroy("pr-2");
  assert.deepEqual(mini.things(), before);
});

test("a copy starts from the other's data where the plan can, and is refused in a sentence where it cannot", async () => {
  const mini = new Mini(scratch());
  await mini.staging();
  const environments = mini.environments();
  const small = new Mini(scratch(), { database: { plan: "essential-0" } });
  await assert.rejects(
    small
      .environments()
      .create(small.project, { request: request("pr-3", { database: "copy" }), like: small.like }),
    /^ConfigError: env create pr-3: database\.plan: is essential-0, which cannot be forked; accepted: a standard or premium plan/,
  );
  await environments.create(mini.project, {
    request: request("pr-3", { database: "copy" }),
    like: mini.like,
  });
  const copy = mini.things().find(({ name }) => name === "mini-api-eph-pr-3-database");
  assert.deepEqual(copy?.properties.config, { fork: "mini-api-staging::DATABASE_URL" });
});

test("it is destroyed when its branch, its stack's files and their meaning are gone", async () => {
  const dir = scratch();
  const release = { api: { tracks: "branch master", token: "herokuToken" } };
  const mini = new Mini(dir, { release });
  const environments = mini.environments();
  const asked = request("pr-4", { branch: "feature", follow: true });
  const made = await environments.create(mini.project, { request: asked, like: mini.like });
  assert.deepEqual(made.shared, ["secret herokuToken of staging"]);
  const committed = mini.things().filter(({ type }) => type === "github:index/repositoryFile:RepositoryFile");
  assert.deepEqual(
    committed.map(({ scope, name }) => [scope, name]),
    [["mini/api@feature", ".github/workflows/deploy-api-eph-pr-4.yml"]],
  );
  const store = new CloudStore(mini.cloud);
  for (const { type, id } of committed) store.remove(type, id);
  store.close();
  rmSync(path.join(dir, "system"), { recursive: true });
  // A later version of the program, which accepts nothing that this one wrote.
  environments.runOf = () => undefined;
  assert.equal(await environments.destroy("pr-4"), true);
  assert.deepEqual(mini.apps(), []);
});

test("one whose state is lost is not made a second time", async () => {
  const mini = new Mini(scratch());
  const environments = mini.environments();
  const creation = { request: request("pr-8"), like: mini.like };
  await environments.create(mini.project, creation);
  const { stacks } = environments.settings;
  rmSync(new RehearsalState(mini.cloud).checkpoint(stacks.project, "eph-pr-8"));
  await assert.rejects(
    environments.create(mini.project, creation),
    refused(
      /^pr-8 is there already in part, and no state knows it: .*heroku:app\/app:App mini-api-eph-pr-8.*; delete that at the vendors, or choose another name$/,
    ),
  );
  assert.deepEqual(await environments.list(), []);
});

test("a creation that fails leaves nothing behind, and says why", async () => {
  const folder = scratch();
  const { output } = await apart("failing-process", folder, "Addon:create:1:422 no credit card", "pr-5");
  assert.match(output, /pr-5: [\s\S]*422 no credit card/);
  const mini = new Mini(folder);
  assert.deepEqual(mini.apps(), []);
  assert.deepEqual(await mini.environments().list(), []);
});

test("what a killed engine left half-created is completed by an update, and destroyed by the reaper", async () => {
  const folder = scratch();
  const { output } = await apart("failing-process", folder, "App:create:1:crash", "pr-6", "pr-7");
  assert.equal(output.match(/engine was killed/g)?.length, 2, output);
  const mini = new Mini(folder);
  const environments = mini.environments();
  assert.deepEqual(
    (await environments.list()).map(({ state, like }) => [state, like]),
    [
      ["incomplete", "staging"],
      ["incomplete", "staging"],
    ],
  );
  const update = { request: request("pr-6"), like: mini.like, update: true };
  assert.equal((await environments.create(mini.project, update)).state, "ready");
  mini.wait(73);
  const reaped = await reap(environments, { likes: [mini.like.spec] });
  assert.deepEqual(reaped.failed, []);
  assert.deepEqual(reaped.destroyed.map(({ name }) => name).sort(), ["pr-6", "pr-7"]);
  assert.deepEqual(mini.apps(), []);
});

test("two people who create the same name at once: one wins, the other is told", async () => {
  const mini = new Mini(scratch());
  const asked = () => ({ request: request("pr-8"), like: mini.like });
  const ends = await Promise.allSettled(
    ["anton", "berta", "clara"].map((user) => mini.environments(user).create(mini.project, asked())),
  );
  const won = ends.filter(({ status }) => status === "fulfilled");
  assert.equal(won.length, 1, JSON.stringify(ends));
  for (const end of ends) {
    if (end.status === "rejected")
      assert.ok(refused(/somebody else|created it/)(end.reason), String(end.reason));
  }
  const [listed] = await mini.environments().list();
  const [winner] = won;
  assert.equal(winner?.status === "fulfilled" && winner.value.owner, listed?.owner);
  assert.deepEqual(mini.apps(), ["mini-api-eph-pr-8"]);
});

test("nobody destroys what an engine is at work on, and what was updated meanwhile lives on", async () => {
  const mini = new Mini(scratch());
  const environments = mini.environments();
  await environments.create(mini.project, { request: request("pr-9"), like: mini.like });
  mini.wait(73);
  const update = environments.create(mini.project, {
    request: request("pr-9", { set: { api: { variables: { COLOUR: "blue" } } } }),
    like: mini.like,
    update: true,
  });
  const stacks = new RehearsedStacks(mini.project, { cloud: mini.cloud });
  while (!(await stacks.read("eph-pr-9"))?.busy) await new Promise((resolve) => setTimeout(resolve, 5));
  const reaped = await reap(mini.environments(), { likes: [mini.like.spec] });
  assert.deepEqual(
    reaped.busy.map(({ name }) => name),
    ["pr-9"],
  );
  await assert.rejects(mini.environments().destroy("pr-9"), refused(/being worked on by somebody else/));
  assert.equal((await update).state, "ready");
  const later = await reap(mini.environments(), { likes: [mini.like.spec] });
  assert.deepEqual([later.destroyed, later.busy], [[], []]);
});

test("what is renewed between the reaper's last look and its engine lives on", async () => {
  const mini = new Mini(scratch());
  await mini.environments().create(mini.project, { request: request("pr-10"), like: mini.like });
  mini.wait(73);
  const stacks = new Hurried(mini.project, { cloud: mini.cloud });
  stacks.before = () => mini.environments().extend("pr-10", "72h");
  const { program, user, now } = mini.environments().settings;
  const reaped = await reap(new Environments({ stacks, program, user, now }), { likes: [mini.like.spec] });
  assert.deepEqual([reaped.destroyed, reaped.busy, reaped.failed], [[], [], []]);
  const [left] = await mini.environments().list();
  assert.deepEqual([left?.state, left?.due, mini.apps()], ["ready", "later", ["mini-api-eph-pr-10"]]);
});
