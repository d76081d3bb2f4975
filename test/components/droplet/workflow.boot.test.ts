import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import type { Tree } from "../../../stagewright/environment/merge";
import { type EnvironmentSpec, environment } from "../../../stagewright/environment/schema/environment";
import { targets } from "../../../stagewright/release/target";
import { workflowsFor } from "../../../stagewright/release/workflow";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { furtherWorkflows } from "../../../stagewright/release/workflows";
import { git } from "../../release/deploys/checkout";
import { findings } from "../../release/deploys/findings";
import type { Repository } from "../../release/deploys/github-platform";
import { deployed, type Seen, type Wish } from "../../release/deploys/world";
import { scratch } from "../../support/projects";
import { change, HOST, keyPair, type Machine, machine, migration, text } from "./machine";

const COLLECT = "python manage.py collectstatic --noinput";
const RULES = {
  tracks: "branch dev",
  ownBranch: true,
  migrations: { when: "before release", command: "python manage.py migrate" },
  staticFiles: { when: "before release", command: COLLECT },
  onFailure: { action: "restore" },
};

/** The environment `dev` on a droplet under these rules. */
function specWith(rules: Tree): EnvironmentSpec {
  return environment.parse({
    name: "dev",
    data: { protected: false },
    api: {
      via: "digitalocean",
      app: "shop-dev",
      host: HOST,
      repository: "team/app",
      processes: { web: { quantity: 2 }, worker: { quantity: 1 } },
    },
    release: { timezone: "Africa/Nairobi", api: { ...RULES, ...rules } },
  });
}

function filesOf(rules: Tree): WorkflowFile[] {
  const spec = specWith(rules);
  return [...targets("shop", spec).flatMap(workflowsFor), ...furtherWorkflows("shop", spec)];
}

function fileOf(name: string, rules: Tree = {}): WorkflowFile {
  const files = filesOf(rules);
  const file = files.find((each) => path.basename(each.path) === `${name}.yml`);
  if (!file) throw new Error(`there is no ${name} among ${files.map(({ path }) => path)}`);
  return file;
}

/** Runs a workflow against the droplet, with the branches as the repository has them. */
async function run(droplet: Machine, file: WorkflowFile, wish: Wish = {}): Promise<Seen> {
  const branches = Object.fromEntries(
    git(droplet.origin, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads")
      .trim()
      .split("\n")
      .map((line) => line.split(" ") as [string, string]),
  );
  const seen = await deployed(file, {
    sha: branches.dev ?? "",
    ...wish,
    repository: { branches, ...wish.repository } satisfies Repository,
    secrets: { ...droplet.secrets, ...wish.secrets },
    vars: { ...droplet.vars, ...wish.vars },
    env: { SETUP_SECONDS: "0", ...wish.env },
  });
  const named = (said: string) => said.replaceAll(droplet.address, "ADDRESS");
  return { ...seen, output: named(seen.output), summary: named(seen.summary) };
}

const push = fileOf("deploy-api-dev");
const byHand = fileOf("deploy-api-dev-by-hand");

test("a push is deployed: the commit of the event, recorded, and no secret in the log", async () => {
  const droplet = await machine();
  const first = git(droplet.origin, "rev-parse", "dev").trim();
  change(droplet.origin, { "version.txt": "later\n" });
  const seen = await run(droplet, push, { sha: first });
  assert.equal(seen.results.deploy, "success", seen.output);
  const { version, workers, collected, tables } = (await droplet.answer()) ?? {};
  assert.deepEqual([version, workers, collected, tables], ["one", "2", true, ["shop_cart"]]);
  assert.match(seen.output, new RegExp(`::notice::ADDRESS runs ${first} as release 1`));
  const [record] = seen.repository.deployments ?? [];
  assert.deepEqual([record?.task, record?.sha, record?.states[0]], ["deploy:api", first, "success"]);
  const { DEPLOY_KEY = "" } = droplet.secrets;
  for (const secret of ["s3cret-of-the-app", ...DEPLOY_KEY.trim().split("\n").slice(1, -1)])
    assert.ok(!seen.output.includes(secret) && !seen.summary.includes(secret));
});

test("a branch of one's own, by hand, and one step back", async () => {
  const droplet = await machine();
  const event = "workflow_dispatch";
  const compared = (sha: string, added: string[]) => ({ [`dev...${sha}`]: { status: "ahead", added } });
  const dev = git(droplet.origin, "rev-parse", "dev").trim();
  assert.equal((await run(droplet, push)).results.deploy, "success");
  const file = "shop/migrations/0002_price.py";
  const own = change(
    droplet.origin,
    { "version.txt": "mine\n", [file]: migration("0001_cart", "Price") },
    "feature/prices",
  );
  const out = await run(droplet, byHand, {
    event,
    inputs: { branch: "feature/prices" },
    repository: { compared: compared(own, [file]) },
  });
  assert.equal(out.results.deploy, "success", out.output);
  const flagged =
    /::warning::feature\/prices runs migrations that dev has not: shop 0002_price\. They are undone before it goes/;
  assert.match(out.output, flagged);
  assert.equal((await droplet.answer())?.version, "mine");

  const back = await run(droplet, byHand, { event, inputs: { branch: "" } });
  assert.equal(back.results.deploy, "success", back.output);
  assert.match(
    back.output,
    /::warning::The database of ADDRESS has migrations that the tracked branch had not: shop 0002_price of feature\/prices \(migrate shop 0001_cart\)/,
  );
  assert.match(
    back.output,
    new RegExp(`::warning::Undone, because ${dev} does not know them: shop 0002_price`),
  );
  const { version, tables } = (await droplet.answer()) ?? {};
  assert.deepEqual([version, tables], ["one", ["shop_cart"]]);
});

test("who is not the droplet gets nothing, and who has no key gets nowhere", async () => {
  const droplet = await machine();
  const [host, key] = ["host", "key"].map((name) => keyPair(scratch(), name)) as [string, string];
  const posing = await run(droplet, push, { vars: { DROPLET_HOST_KEY: text(`${host}.pub`).trim() } });
  assert.equal(posing.results.deploy, "failure");
  assert.match(
    posing.output,
    /::error::Who answers at ADDRESS is not the droplet: its key is another than DROPLET_HOST_KEY/,
  );
  const stranger = await run(droplet, push, { secrets: { DEPLOY_KEY: text(key) } });
  assert.match(stranger.output, /::error::ADDRESS gave no answer to 'status' \(SSH ended with 255\)/);
  assert.match(stranger.output, /Permission denied \(publickey\)/);
  for (const { repository } of [posing, stranger]) assert.equal(repository.deployments, undefined);
  assert.equal((await droplet.ask("status")).answer.release, null);
});

test("a droplet that is still being set up is waited for", async () => {
  const droplet = await machine();
  const ready = path.join(droplet.root, "var/lib/stagewright/ready");
  rmSync(ready);
  const early = await run(droplet, push);
  assert.match(early.output, /::error::The droplet is still being set up: look again in a few minutes/);
  setTimeout(() => writeFileSync(ready, ""), 2000);
  const seen = await run(droplet, push, { env: { SETUP_SECONDS: "60", POLL_SECONDS: "1" } });
  assert.match(seen.output, /ADDRESS is not ready yet: asked again in 1 seconds/);
  assert.equal(seen.results.deploy, "success", seen.output);
});

test("restore: where the public address does not answer, the release from before serves again", async () => {
  const droplet = await machine();
  assert.equal((await run(droplet, push)).results.deploy, "success");
  change(droplet.origin, { "version.txt": "two\n" });
  const seen = await run(droplet, push, { health: [502] });
  assert.equal(seen.results.deploy, "failure");
  assert.match(seen.output, /::warning::ADDRESS is back at release 1, from before this deploy/);
  assert.equal((await droplet.answer())?.version, "one");

  const bad = change(droplet.origin, {
    "shop/migrations/0002_bad.py": "raise RuntimeError('broken on purpose')\n",
  });
  const failed = await run(droplet, push, { sha: bad });
  assert.match(failed.output, /::error::'python manage\.py migrate' failed/);
  assert.equal(failed.repository.deployments?.[0]?.states[0], "failure");
  assert.equal((await droplet.answer())?.version, "one");
});

test("verification and migrations by hand run on the droplet, with what is deployed", async () => {
  const droplet = await machine();
  const migrations = { when: "by hand", command: "python manage.py migrate" };
  const rules = {
    migrations,
    staticFiles: undefined,
    ownBranch: false,
    verify: { run: "python manage.py check" },
  };
  const deploy = await run(droplet, fileOf("deploy-api-dev", rules));
  assert.equal(deploy.results.deploy, "success", deploy.output);
  assert.match(deploy.output, /System check identified no issues/);
  assert.deepEqual((await droplet.answer())?.tables, []);
  const { deployments } = deploy.repository;
  assert.deepEqual(
    deployments?.map(({ task, states }) => `${task} ${states[0]}`),
    ["deploy:api success", "verify:api success"],
  );
  const migrate = await run(droplet, fileOf("migrate-api-dev", rules), {
    event: "workflow_dispatch",
    inputs: { confirm: "dev" },
    repository: { deployments },
  });
  assert.equal(migrate.results.migrate, "success", migrate.output);
  assert.deepEqual((await droplet.answer())?.tables, ["shop_cart"]);
  assert.match(migrate.summary, /`ssh -n admin@ADDRESS sudo stagewright-deploy run migrate`/);
});

test("no workflow of a droplet has a finding, whatever the rules are", async () => {
  const more = {
    verify: { run: "dt test", schedule: "daily 00:00" },
    operations: { by: "anton", command: "dt", confirmations: 3 },
  };
  const byHand = { migrations: { when: "by hand", command: "python manage.py migrate" } };
  assert.equal(
    await findings([...filesOf(more), ...filesOf(byHand).filter(({ path }) => path.includes("migrate"))]),
    "",
  );
});
