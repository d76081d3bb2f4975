import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, test } from "vitest";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { configVarsOf } from "../../stagewright/rehearsal/vendors/heroku/config-vars";
import { commit } from "../release/deploys/checkout";
import type { Repository } from "../release/deploys/github-platform";
import { APP } from "../release/deploys/heroku-platform";
import { read } from "../release/deploys/runner";
import { deployed, type Seen, untouched, type Wish } from "../release/deploys/world";
import { run as runProcess } from "../support/process";
import { ROOT, scratch } from "../support/projects";
import { type Resources, Stage } from "../support/rehearsed";
import { committed } from "./committed";
import { changed } from "./copies";

// The rows of payslip's table: each test is one, seen in the stack after one rehearsed `up`, or in
// what its committed workflows do in real bash between stand-ins of the vendors.
const stage = new Stage(path.join(ROOT, "systems/payslip"));
let all: Resources;

beforeAll(async () => {
  await stage.done("staging", "up");
  all = await stage.resources("staging");
});

const CHECKOUT = path.join(scratch(), "payslip");
const SHA = commit(CHECKOUT, { Procfile: "web: gunicorn payslip.wsgi\n", "manage.py": "" });
const TRAVIS = { sha: SHA, context: "continuous-integration/travis-ci/push", state: "success" };
const SCAN = { sha: SHA, context: "quantifiedcode", state: "success" };
const GREEN = [TRAVIS, SCAN];

/** The command of the seed, letter by letter. */
const COMMAND = "heroku run -a ach-payslip-staging python manage.py migrate";

function execute(file: string, wish: Wish): Promise<Seen> {
  return deployed(committed(all, file), {
    checkout: CHECKOUT,
    sha: SHA,
    ...wish,
    github: { repository: "payslip/payslip", ...wish.github },
  });
}

function deploy(statuses: Repository["statuses"], more: Wish = {}): Promise<Seen> {
  return execute("deploy-api-staging", { repository: { statuses }, ...more });
}

const migrate = (confirm: string, more: Wish = {}) =>
  execute("migrate-api-staging", {
    event: "workflow_dispatch",
    inputs: { confirm },
    repository: {
      deployments: [{ environment: "staging", task: "deploy:api", sha: SHA, states: ["success"] }],
    },
    ...more,
  });

test("1: ach-payslip-staging is on Heroku with the buildpack heroku/python, at its own address", () => {
  const app = all.one("App");
  assert.equal(app.outputs.name, "ach-payslip-staging");
  assert.deepEqual(app.inputs.buildpacks, ["heroku/python"]);
  const { apiUrl } = all.one("pulumi:pulumi:Stack").outputs;
  assert.match(String(apiUrl), /^https:\/\/ach-payslip-staging[\w-]*\.herokuapp\.com$/);
  assert.deepEqual(all.of("Domain"), [], "no other name");
});

test("2: every push to the blessed repository's master is deployed when both checks are green", async () => {
  const file = committed(all, "deploy-api-staging");
  assert.deepEqual(read(file).on, { push: { branches: ["master"] } });
  assert.deepEqual([file.repository, file.branch], ["payslip", "master"]);
  const seen = await deploy(GREEN);
  assert.equal(seen.results.deploy, "success", seen.output);
  const build = seen.received.heroku.find(({ url }) => url.endsWith("/builds"));
  assert.equal(JSON.parse(build?.body.toString() ?? "").source_blob.version, SHA);
});

test("2: a check that is missing, red, still running or of another commit keeps everything out", async () => {
  for (const check of GREEN) {
    const others = GREEN.filter((other) => other !== check);
    for (const instead of [
      [],
      [{ ...check, state: "failure" }],
      [{ ...check, state: "error" }],
      [{ ...check, state: "pending" }],
      [{ ...check, sha: "b".repeat(40) }],
    ]) {
      const seen = await deploy([...others, ...instead], { env: { CHECKS_SECONDS: "0" } });
      assert.match(seen.output, new RegExp(`::error::.*'${check.context}'`));
      assert.ok(untouched(seen), JSON.stringify(instead));
    }
  }
});

test("3: DATABASE_URL comes from the database, SECRET_KEY is generated and kept", async () => {
  const cloud = new CloudStore(stage.cloud);
  const vars = () => configVarsOf(cloud, String(all.one("App").id));
  try {
    assert.match(String(vars().DATABASE_URL), /^postgres:\/\//);
    const { SECRET_KEY } = vars();
    assert.match(String(SECRET_KEY), /^[A-Za-z0-9]{64}$/);
    for (const operation of ["refresh", "up"] as const) await stage.done("staging", operation);
    assert.equal(vars().SECRET_KEY, SECRET_KEY);
  } finally {
    cloud.close();
  }
  assert.equal(all.one("Addon").inputs.appId, all.one("App").id);
});

for (const [what, change, says] of [
  [
    "SECRET_KEY",
    { api: { variables: { SECRET_KEY: null } } },
    /requires 'SECRET_KEY', which nothing provides/,
  ],
  ["DATABASE_URL", { database: null }, /requires 'DATABASE_URL', which nothing provides/],
] as const) {
  test(`3: without ${what} nothing is created: one sentence says so`, async () => {
    const dir = changed("payslip", "staging", change);
    const cloud = path.join(dir, "cloud.db");
    const args = ["rehearse", "up", "--stack", "staging", "--dir", dir, "--cloud", cloud];
    const { status, stderr } = await runProcess(
      process.execPath,
      [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args],
      { cwd: ROOT },
    );
    assert.equal(status, 2);
    assert.match(stderr, says);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.ok(!existsSync(cloud), "no cloud was touched");
  });
}

test("4: static files are the buildpack's, in the build: nothing switches that off, and no step does it again", () => {
  const { variables } = stage.files("staging").spec.api ?? {};
  // https://devcenter.heroku.com/articles/django-assets
  assert.ok(variables && !("DISABLE_COLLECTSTATIC" in variables));
  assert.deepEqual(stage.files("staging").spec.release.api?.staticFiles, { when: "in build" });
  assert.doesNotMatch(committed(all, "deploy-api-staging").content, /collectstatic/);
});

test("4: no deploy ever migrates", async () => {
  const seen = await deploy(GREEN);
  assert.deepEqual(
    seen.calls.heroku.filter((call) => call.endsWith("/dynos")),
    [],
  );
  for (const { content } of [committed(all, "deploy-api-staging")])
    assert.doesNotMatch(content, /manage\.py migrate/);
});

test("4: one confirmed action runs `python manage.py migrate`, once", async () => {
  const started = ({ received }: Seen) =>
    received.heroku
      .filter(({ method, url }) => method === "POST" && url.endsWith("/dynos"))
      .map(({ url, body }) => [url, JSON.parse(body.toString()).command]);
  const wrong = await migrate("yes");
  assert.equal(wrong.results.migrate, "failure");
  assert.deepEqual(started(wrong), []);
  const seen = await migrate("staging");
  assert.equal(seen.results.migrate, "success", seen.output);
  assert.deepEqual(started(seen), [[`/apps/${APP}/dynos`, "python manage.py migrate"]]);
  assert.deepEqual(Object.keys(read(committed(all, "migrate-api-staging")).on), ["workflow_dispatch"]);
});

test("4: the same command line works locally: the seed's, as the workflow, the stack and the docs give it", async () => {
  const { HEROKU_APP } = Object.fromEntries(
    all.of("ActionsEnvironmentVariable").map(({ inputs }) => [inputs?.variableName, inputs?.value]),
  );
  const seen = await migrate("staging", { vars: { HEROKU_APP: String(HEROKU_APP) } });
  assert.match(seen.summary, new RegExp(`\`${COMMAND}\``));
  assert.equal(all.one("pulumi:pulumi:Stack").outputs.migrateCommand, COMMAND);
  assert.ok(readFileSync(path.join(ROOT, "docs/systems/payslip.md"), "utf8").includes(COMMAND));
});
