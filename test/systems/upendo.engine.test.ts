import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, test } from "vitest";
import { parse } from "yaml";
import type { ComposeFile } from "../../stagewright/compose/file";
import { costOf } from "../../stagewright/cost/cost";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { commit } from "../release/deploys/checkout";
import { read } from "../release/deploys/runner";
import { deployed, type Seen, untouched, type Wish } from "../release/deploys/world";
import { stagewright } from "../review/projects";
import { composeFault } from "../support/compose-loader";
import { ROOT, scratch } from "../support/projects";
import { isSecret, type Resources, Stage } from "../support/rehearsed";
import { committed } from "./committed";
import { changed } from "./copies";

// The rows of upendo's table but for the second, which is upendo-previews.test.ts: each test is
// one, seen in both stacks after one rehearsed `up` in one cloud, or in what their committed
// workflows do in real bash between stand-ins of the vendors.
const DIR = path.join(ROOT, "systems/upendo");
const REPOSITORY = "csc301-summer-2020/team-project-3-upendo-honey";
const stage = new Stage(DIR);
const stacks = ["production", "staging"] as const;
const rehearsed = {} as Record<(typeof stacks)[number], Resources>;

beforeAll(async () => {
  for (const stack of stacks) await stage.done(stack, "up");
  for (const stack of stacks) rehearsed[stack] = await stage.resources(stack);
});

const FILES = {
  Procfile: "release: python manage.py migrate\nweb: gunicorn upendo.wsgi\n",
  ".python-version": "3.12\n",
  "package.json":
    '{"scripts":{"heroku-postbuild":"cd client && npm ci && CI=1 npm test && npm run build"}}\n',
};

/** A commit of the app with some files changed, or taken away. */
function commitWith(files: Partial<Record<keyof typeof FILES, string>> = {}): {
  checkout: string;
  sha: string;
} {
  const checkout = path.join(scratch(), "upendo");
  const all = Object.entries({ ...FILES, ...files }).filter(([, text]) => text !== "");
  return { checkout, sha: commit(checkout, Object.fromEntries(all)) };
}

const WELL = commitWith();
const GREEN = { context: "ci/circleci: build", state: "success" };

/** Deploys a pushed commit to staging by the committed workflow. */
function push({ checkout, sha } = WELL, wish: Wish = {}): Promise<Seen> {
  const { repository, ...others } = wish;
  return deployed(committed(rehearsed.staging, "deploy-api-staging"), {
    checkout,
    sha,
    repository: { branches: { master: sha }, statuses: [{ ...GREEN, sha }], ...repository },
    github: { repository: REPOSITORY },
    ...others,
  });
}

test("1: staging-upendo redeploys every push to master once CircleCI is green, and never before", async () => {
  const all = rehearsed.staging;
  assert.equal(all.one("App").inputs.name, "staging-upendo");
  assert.deepEqual(read(committed(all, "deploy-api-staging")).on, { push: { branches: ["master"] } });
  const green = await push();
  assert.equal(green.results.deploy, "success", green.output);
  const build = green.received.heroku.find(({ url }) => url.endsWith("/builds"));
  assert.equal(JSON.parse(build?.body.toString() ?? "").source_blob.version, WELL.sha);
  for (const statuses of [[], [{ ...GREEN, sha: WELL.sha, state: "failure" }]]) {
    const seen = await push(WELL, { repository: { statuses }, env: { CHECKS_SECONDS: "0" } });
    assert.match(seen.output, /::error::.*'ci\/circleci: build'/);
    assert.ok(untouched(seen));
  }
});

test("3: production deploys when a release tags master, by GitHub Actions, with the key from the secrets", () => {
  const all = rehearsed.production;
  const file = committed(all, "deploy-api-production");
  assert.equal(file.repository, REPOSITORY.split("/")[1]);
  assert.equal(file.branch, undefined, "the default branch, whose commits are tagged");
  assert.deepEqual(read(file).on, { release: { types: ["released"] } });
  assert.match(file.content, /refs\/(remotes\/origin|heads)\/master|BRANCH: master/);
  const secret = all.one("ActionsEnvironmentSecret", { secretName: "HEROKU_API_KEY" });
  assert.equal(secret.inputs.environment, "production");
  const [held] = all.of("ActionsEnvironmentSecret");
  assert.ok(Object.values(held?.inputs ?? {}).some(isSecret), "encrypted in the state");
  const read_ = /\$\{\{ ?secrets\.HEROKU_API_KEY ?\}\}/;
  assert.match(file.content, read_);
  assert.ok(!file.content.includes("placeholder"), "no value of it in the file");
});

test("4: build packs, static files, migrations, and React's tests and build are all in the build", async () => {
  for (const stack of stacks) {
    assert.deepEqual(rehearsed[stack].one("App").inputs.buildpacks, ["heroku/nodejs", "heroku/python"]);
  }
  const well = await push();
  assert.equal(well.results.deploy, "success", well.output);
  const migrationless = await push(commitWith({ Procfile: "web: gunicorn upendo.wsgi\n" }));
  assert.match(migrationless.output, /needs 'release: python manage\.py migrate'/);
  assert.ok(untouched(migrationless));
  for (const [script, missing] of [
    ['{"scripts":{"heroku-postbuild":"npm run build"}}', "npm test"],
    ['{"scripts":{"build":"npm test"}}', "npm run build"],
    ['{"scripts":{"heroku-postbuild":"true","build":"npm test && npm run build"}}', "npm test"],
    ["{}", "npm test"],
  ] as const) {
    const seen = await push(commitWith({ "package.json": script }));
    assert.match(seen.output, new RegExp(`::error::The script heroku-postbuild .* needs '${missing}'`));
    assert.ok(untouched(seen), script);
  }
  assert.match((await push(commitWith({ "package.json": "" }))).output, /has no package\.json/);
});

test("4: a build or a migration that fails stops the deploy, and ashwin is told once", async () => {
  for (const course of [{ build: "failed" }, { release: "failed" }] as const) {
    const seen = await push(WELL, { heroku: course });
    assert.equal(seen.results.deploy, "failure");
    assert.equal(seen.results.tell, "success", seen.output);
    assert.deepEqual(
      seen.repository.issues?.map(({ assignees, state }) => ({ assignees, state })),
      [{ assignees: ["ashwin"], state: "open" }],
    );
    assert.doesNotMatch(seen.output, /runs \w{40} as v/);
  }
});

test("5: one command gives the Compose file with the same Python, requirements and Postgres", async () => {
  const dir = scratch();
  const out = path.join(dir, "compose.yaml");
  const { status, output } = await stagewright(
    ...["compose", "--stack", "production", "--dir", "systems/upendo", "--out", out],
  );
  assert.equal(status, 0, output);
  assert.equal(await composeFault(out), undefined);
  const { services } = parse(readFileSync(out, "utf8")) as ComposeFile;
  const { version } = rehearsed.production.one("Addon").inputs.config as { version: string };
  assert.equal(services.database?.image, `postgres:${version}`);
  assert.equal(services.web?.image, "python:3.12");
  assert.match(services.packages?.command?.at(-1) ?? "", /requirements\.txt/);
});

test("5: a commit of another Python is not deployed, so the laptop's and production's cannot part", async () => {
  const patch = await push(commitWith({ ".python-version": "3.12.8\n" }));
  assert.equal(patch.results.deploy, "success", patch.output);
  const other = await push(commitWith({ ".python-version": "3.13\n" }));
  assert.match(other.output, /::error::The \.python-version of \w+ says '3\.13', .* runs Python 3\.12/);
  assert.ok(untouched(other));
  const none = await push(commitWith({ ".python-version": "" }));
  assert.match(none.output, /has no \.python-version/);
});

test("6: what is rehearsed costs the budget to the cent: one basic dyno and one essential-0 database", () => {
  for (const stack of stacks) {
    const { total, lines, unpriced } = costOf(rehearsed[stack].all);
    assert.equal(total, stage.files(stack).spec.budget?.monthly);
    assert.deepEqual(
      lines.filter(({ usd }) => usd > 0).map(({ plan, usd }) => `${plan} ${usd}`),
      ["basic 7", "essential-0 5"],
    );
    assert.deepEqual(unpriced, []);
  }
});

test("6: the cost is shown with the budget, and a stack above it is refused before anything is created", async () => {
  const cloud = path.join(scratch(), "cloud.db");
  const args = ["rehearse", "preview", "--stack", "staging", "--cloud", cloud, "--dir"];
  const { status, stdout } = await stagewright(...args, DIR);
  assert.equal(status, 0);
  assert.match(stdout, /^staging costs \$12\.00 a month of a budget of \$12\.00$/m);

  const dir = changed("upendo", "staging", { api: { processes: { web: { size: "standard-1x" } } } });
  const nothing = path.join(dir, "cloud.db");
  const refused = await stagewright(...args.with(5, nothing), dir);
  assert.equal(refused.status, 2);
  assert.match(
    refused.stderr,
    /^Pulumi\.yaml:\d+: upendo:environment\.budget\.monthly: is 12, but this environment costs \$30\.00 a month \(api\.processes\.web standard-1x \$25\.00, database essential-0 \$5\.00\); accepted: smaller plans, or a budget of at least \$30\.00\n$/,
  );
  assert.ok(!existsSync(nothing));
});

test("both stacks stay as they are, and staging goes without a trace", async () => {
  for (const stack of stacks) {
    for (const operation of ["preview", "refresh", "up"] as const) {
      assert.deepEqual(Object.keys(await stage.done(stack, operation)), ["same"], `${operation} ${stack}`);
    }
  }
  await stage.done("staging", "destroy");
  const cloud = new CloudStore(stage.cloud);
  const left = cloud.all().filter(({ name }) => name.includes("staging"));
  cloud.close();
  assert.deepEqual(left, []);
});
