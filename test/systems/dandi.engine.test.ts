import assert from "node:assert/strict";
import { beforeAll, test } from "vitest";
import { parse } from "yaml";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { configVarsOf } from "../../stagewright/rehearsal/vendors/heroku/config-vars";
import type { WorkflowFile } from "../../stagewright/release/workflow-file";
import { ALL, API, FIRST, GUI, Gui, REFUSED, SECOND } from "../release/workflows/promoting";
import { isSecret, type Resources, Stage } from "../support/rehearsed";

// The rows of DANDI's table: each test is one, seen in both stacks after one rehearsed `up` in one
// cloud.
const stage = new Stage();
const stacks = ["production", "staging"] as const;
const rehearsed = {} as Record<(typeof stacks)[number], Resources>;

beforeAll(async () => {
  for (const stack of stacks) await stage.done(stack, "up");
  for (const stack of stacks) rehearsed[stack] = await stage.resources(stack);
});

/** What differs by stack in the seed. */
const HOSTS = {
  production: { api: "api.dandiarchive.org", gui: "gui.dandiarchive.org" },
  staging: { api: "api-staging.dandiarchive.org", gui: "gui-staging.dandiarchive.org" },
};

for (const stack of stacks) {
  const { api: apiHost, gui: guiHost } = HOSTS[stack];

  test(`1 ${stack}: the API runs web, worker and checksum-worker at ${apiHost}, with TLS and DNS`, () => {
    const all = rehearsed[stack];
    const types = all.of("Formation").map(({ inputs }) => inputs?.type);
    assert.deepEqual(types.sort(), ["checksum-worker", "web", "worker"]);
    const app = all.one("App");
    assert.deepEqual(app.inputs.buildpacks, ["heroku/python"]);
    assert.equal(app.inputs.acm, true, "a managed certificate");
    const domain = all.one("Domain", { hostname: apiHost });
    const record = all.one("Record", { name: apiHost });
    assert.equal(record.inputs.type, "CNAME");
    assert.deepEqual(record.inputs.records, [domain.outputs.cname]);
  });

  test(`2 ${stack}: Postgres and CloudAMQP are reached by the app through config vars, and by nobody else`, () => {
    const all = rehearsed[stack];
    const app = all.one("App");
    const addons = all.of("Addon");
    assert.deepEqual(addons.map(({ inputs }) => String(inputs?.plan).split(":")[0]).sort(), [
      "cloudamqp",
      "heroku-postgresql",
    ]);
    for (const { inputs } of addons) assert.equal(inputs?.appId, app.id);
    const cloud = new CloudStore(stage.cloud);
    const vars = configVarsOf(cloud, String(app.id));
    cloud.close();
    const credentials = [vars.DATABASE_URL, vars.CLOUDAMQP_URL];
    assert.match(String(credentials[0]), /^postgres:\/\//);
    assert.match(String(credentials[1]), /^amqps:\/\//);
    // Nobody else: no resource of the stack holds them, and no other app has them attached.
    assert.equal(all.of("Attachment").length, 0);
    const state = JSON.stringify(all.all);
    for (const value of credentials) assert.ok(!state.includes(String(value)));
  });

  test(`4 ${stack}: the GUI is served by Netlify at ${guiHost}`, () => {
    const all = rehearsed[stack];
    const site = all.one("Site");
    assert.equal(site.inputs.customDomain, guiHost);
    assert.equal(site.inputs.forceSsl, true);
    assert.deepEqual(all.one("Certificate").outputs.domains, [guiHost]);
    assert.deepEqual(all.one("Record", { name: guiHost }).inputs.records, [site.outputs.defaultDomain]);
    const root = all.one("EnvironmentVariable", { key: "VUE_APP_DANDI_API_ROOT" });
    assert.deepEqual(
      root.inputs.values,
      { all: `https://${apiHost}/api/` },
      "it calls this environment's API",
    );
  });

  test(`5 ${stack}: errors go to Sentry, tagged with this environment`, () => {
    const all = rehearsed[stack];
    const key = all.one("SentryKey");
    const project = all.one("SentryProject");
    assert.equal(key.inputs.project, project.inputs.slug);
    const app = all.one("App").inputs.configVars as Record<string, string>;
    assert.equal(app.DJANGO_SENTRY_ENVIRONMENT, stack);
    assert.equal(app.DJANGO_SENTRY_DSN, key.outputs.dsnPublic);
    const gui = all.one("EnvironmentVariable", { key: "VUE_APP_SENTRY_ENVIRONMENT" });
    assert.deepEqual(gui.inputs.values, { all: stack });
  });
}

test("3: production's bucket is public and in the sponsored account, staging's private and in the project account", () => {
  const accountOf = (all: Resources) => {
    const reference = String(
      all.of("aws:s3/bucket:Bucket").find(({ urn }) => urn.endsWith("::bucket"))?.provider,
    );
    const provider = all.all.find(({ urn }) => reference.startsWith(`${urn}::`));
    return provider?.inputs ?? {};
  };
  assert.deepEqual(JSON.parse(String(accountOf(rehearsed.production).allowedAccountIds)), ["769362853226"]);
  assert.match(String(accountOf(rehearsed.production).assumeRoles), /arn:aws:iam::769362853226:role\//);
  assert.deepEqual(JSON.parse(String(accountOf(rehearsed.staging).allowedAccountIds)), ["278212569472"]);
  assert.equal(accountOf(rehearsed.staging).assumeRoles, undefined);

  const policy = (all: Resources) =>
    JSON.parse(
      String(all.of("BucketPolicy").find(({ urn }) => urn.endsWith("::bucket-policy"))?.inputs?.policy),
    ) as {
      Statement: { Effect: string; Principal: unknown; Action: unknown }[];
    };
  const anybody = (all: Resources) =>
    policy(all).Statement.filter(({ Effect, Principal }) => Effect === "Allow" && Principal === "*");
  assert.equal(anybody(rehearsed.staging).length, 0);
  assert.ok(anybody(rehearsed.production).length > 0);
  const block = (all: Resources) =>
    all.of("BucketPublicAccessBlock").find(({ urn }) => urn.endsWith("::bucket-public-access"))?.inputs;
  assert.equal(block(rehearsed.staging)?.restrictPublicBuckets, true);
  assert.equal(block(rehearsed.staging)?.blockPublicPolicy, true);
  assert.equal(block(rehearsed.production)?.blockPublicAcls, true);
});

test("8: production's database and buckets are protected and retained, staging's need no unprotecting", () => {
  const data = (all: Resources) => [...all.of("Addon"), ...all.of("aws:s3/bucket:Bucket")];
  assert.equal(data(rehearsed.production).length, 4);
  for (const { urn, protect, retainOnDelete } of data(rehearsed.production)) {
    assert.deepEqual({ protect, retainOnDelete }, { protect: true, retainOnDelete: true }, urn);
  }
  for (const { urn, protect, retainOnDelete } of rehearsed.staging.all) {
    assert.ok(!protect && !retainOnDelete, urn);
  }
});

/** The workflow that a stack commits for one of its parts. */
function workflow(stack: (typeof stacks)[number], part: "api" | "gui") {
  const file = rehearsed[stack].one("RepositoryFile", {
    file: `.github/workflows/deploy-${part}-${stack}.yml`,
  });
  return { ...file.inputs, on: (parse(String(file.inputs.content)) as { on: unknown }).on };
}

/** What may deploy to a stack's environment. */
function allowed(stack: (typeof stacks)[number], repository: string) {
  const { branchPattern, tagPattern } = rehearsed[stack].one("RepositoryEnvironmentDeploymentPolicy", {
    repository,
    environment: stack,
  }).inputs;
  return { branchPattern, tagPattern };
}

test("9: every push to master of dandi-api redeploys the staging API, and nothing else does", () => {
  const { on, branch, repository } = workflow("staging", "api") as Record<string, unknown>;
  assert.deepEqual(
    { on, branch, repository },
    { on: { push: { branches: ["master"] } }, branch: "master", repository: "dandi-api" },
  );
  assert.deepEqual(allowed("staging", "dandi-api"), { branchPattern: "master", tagPattern: undefined });
});

test("10: a published release redeploys the production API, no branch does", () => {
  const { on, repository } = workflow("production", "api") as Record<string, unknown>;
  assert.deepEqual({ on, repository }, { on: { release: { types: ["released"] } }, repository: "dandi-api" });
  assert.deepEqual(allowed("production", "dandi-api"), { branchPattern: undefined, tagPattern: "**/*" });
});

test("11: the staging GUI tracks staging of dandiarchive, the production GUI tracks master", () => {
  for (const [stack, branch] of [
    ["staging", "staging"],
    ["production", "master"],
  ] as const) {
    const { on, ...file } = workflow(stack, "gui") as Record<string, unknown>;
    // What a promotion pushes to master starts nothing by itself (row 12), so it may start this.
    const promoted = stack === "production" ? { workflow_dispatch: {} } : {};
    assert.deepEqual(on, { push: { branches: [branch] }, ...promoted });
    assert.equal(file.branch, branch);
    assert.deepEqual(allowed(stack, "dandiarchive"), { branchPattern: branch, tagPattern: undefined });
    assert.equal(rehearsed[stack].one("BuildHook").inputs.branch, branch);
  }
});

/** A workflow as production commits it to dandiarchive. */
function committed(kind: "promote" | "offer"): WorkflowFile {
  const file = `.github/workflows/${kind}-gui-production.yml`;
  const { inputs } = rehearsed.production.one("RepositoryFile", { repository: "dandiarchive", file });
  assert.equal(inputs.branch, undefined, "GitHub asks the default branch for it");
  return { path: file, repository: GUI, branch: undefined, content: String(inputs.content) };
}

test("12: releasing the GUI is one step that the team approves, instead of a merge by hand", async () => {
  const { inputs } = rehearsed.production.one("RepositoryEnvironment", {
    environment: "production-promotion",
  });
  assert.equal(inputs.repository, "dandiarchive");
  const [{ teams = [], ...others } = {}] = inputs.reviewers as { teams?: number[] }[];
  assert.deepEqual({ teams: teams.length, others }, { teams: 1, others: {} });
  assert.deepEqual([inputs.preventSelfReview, inputs.canAdminsBypass], [true, false]);
  const files = rehearsed.staging.of("RepositoryFile").map(({ inputs: { file } = {} }) => String(file));
  assert.ok(!files.some((file) => /promote|offer/.test(file)), "staging is promoted from, not to");

  // The steps as they are committed, between stand-ins of the vendors and with a real Git
  // repository.
  const gui = new Gui();
  gui.state.deployments[API] = [
    {
      environment: "production",
      task: "deploy:api",
      sha: "a".repeat(40),
      created_at: "2026-05-04T11:00:00Z",
      states: ["success"],
    },
  ];
  await gui.run(committed("offer"), { event: "schedule", now: "2026-05-04T11:05:00Z" });
  const [offered] = gui.state.dispatched;
  assert.equal(offered?.workflow, "promote-gui-production.yml", "offered when the API release went out");

  const asked: string[] = [];
  const beforeApproval = (environment: string) => {
    asked.push(environment);
    assert.deepEqual(gui.site(), FIRST, "nothing goes out before");
  };
  const promoted = await gui.run(committed("promote"), { inputs: offered?.inputs, beforeApproval });
  assert.deepEqual(promoted.results, ALL, promoted.output);
  assert.deepEqual(asked, ["production-promotion"]);
  assert.deepEqual(gui.site(), SECOND);
  assert.deepEqual(gui.state.dispatched.at(-1), { workflow: "deploy-gui-production.yml", ref: "master" });

  const undone = await gui.run(committed("promote"), { inputs: { undo: true } });
  assert.deepEqual(undone.results, ALL, undone.output);
  assert.deepEqual(gui.site(), FIRST);

  gui.direct({ ...FIRST, "web/hotfix.css": "now" });
  assert.deepEqual((await gui.run(committed("promote"))).results, REFUSED, "diverged");
});

test("what deploys with is a secret of its environment alone", () => {
  for (const stack of stacks) {
    for (const { urn, inputs } of rehearsed[stack].of("ActionsEnvironmentSecret")) {
      assert.ok(isSecret(inputs?.value), urn);
    }
  }
});
