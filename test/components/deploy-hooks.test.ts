import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { test } from "vitest";
import { DeployHooks, type DeployHooksArgs } from "../../components/deploy-hooks";
import { githubProviders } from "../../components/providers/github";
import { type EnvironmentSpec, environment } from "../../stagewright/environment/schema/environment";
import { workflows } from "../../stagewright/release/workflow";
import { declared, secretOf } from "./declared";

const GITHUB = "github:index";
const type = {
  environment: `${GITHUB}/repositoryEnvironment:RepositoryEnvironment`,
  policy: `${GITHUB}/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy`,
  secret: `${GITHUB}/actionsEnvironmentSecret:ActionsEnvironmentSecret`,
  variable: `${GITHUB}/actionsEnvironmentVariable:ActionsEnvironmentVariable`,
  file: `${GITHUB}/repositoryFile:RepositoryFile`,
  ruleset: `${GITHUB}/repositoryRuleset:RepositoryRuleset`,
};

/** What GitHub tells of a repository, a person and a team. */
const GITHUB_KNOWS = {
  "github:index/getRepository:getRepository": { defaultBranch: "trunk" },
  "github:index/getUser:getUser": { id: "11" },
  "github:index/getTeam:getTeam": { id: "22" },
};

interface Changes {
  apiRepository?: string;
  guiRepository?: string;
  api?: object;
  gui?: object;
  errors?: object;
}

function specOf({ apiRepository, guiRepository, api, gui, errors }: Changes): EnvironmentSpec {
  return environment.parse({
    name: "staging",
    data: { protected: false },
    api: {
      via: "heroku",
      app: "dandi-api-staging",
      buildpacks: ["heroku/python"],
      repository: apiRepository ?? "dandi/dandi-api",
      processes: { web: { size: "standard-1x", quantity: 1 } },
    },
    gui: {
      site: "gui-staging",
      account: "dandi",
      repository: guiRepository ?? "dandi/dandiarchive",
      build: { command: "yarn build", publish: "dist" },
    },
    errors,
    release: {
      api: { tracks: "branch master", token: "herokuToken", ...api },
      gui: { tracks: "branch staging", ...gui },
    },
  });
}

async function run(changes: Changes = {}, args: Partial<DeployHooksArgs> = {}) {
  const spec = specOf(changes);
  const { resources } = await declared((opts) => {
    const hooks = {
      system: "dandi",
      spec,
      github: githubProviders(opts),
      api: {
        via: "heroku" as const,
        app: "dandi-api-staging",
        url: "https://api.example.org",
        token: pulumi.secret("HRKU"),
      },
      gui: { url: "https://gui.example.org", buildHookUrl: pulumi.secret("https://hooks.example.org/1") },
      ...args,
    };
    return new DeployHooks("deploys", hooks, opts);
  }, GITHUB_KNOWS);
  const names = (kind: keyof typeof type) =>
    [...resources.values()].filter((one) => one.type === type[kind]).map(({ name }) => name);
  const one = (kind: keyof typeof type, name: string) => {
    const found = resources.get(`${type[kind]} ${name}`);
    assert.ok(found, `${kind} ${name}`);
    return found;
  };
  return { spec, resources, names, one };
}

test("each repository gets an environment that only the tracked branch can use, with what its deploy reads", async () => {
  const { one } = await run();
  const where = { repository: "dandi-api", environment: "staging" };
  assert.deepEqual(one("environment", "deploys-api-environment").inputs, {
    ...where,
    deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
  });
  assert.deepEqual(one("policy", "deploys-api-policy-branch-master").inputs, {
    ...where,
    branchPattern: "master",
  });
  const { value: token, ...secret } = one("secret", "deploys-api-heroku-api-key").inputs;
  assert.deepEqual(secret, { ...where, secretName: "HEROKU_API_KEY" });
  assert.equal(secretOf(token), "HRKU");
  const app = one("variable", "deploys-api-heroku-app").inputs;
  assert.deepEqual(app, { ...where, variableName: "HEROKU_APP", value: "dandi-api-staging" });
  const url = one("variable", "deploys-api-api-url").inputs;
  assert.deepEqual(url, { ...where, variableName: "API_URL", value: "https://api.example.org" });

  assert.equal(one("environment", "deploys-gui-environment").inputs.repository, "dandiarchive");
  assert.equal(one("policy", "deploys-gui-policy-branch-staging").inputs.branchPattern, "staging");
  assert.equal(
    secretOf(one("secret", "deploys-gui-netlify-build-hook").inputs.value),
    "https://hooks.example.org/1",
  );
  assert.equal(one("variable", "deploys-gui-gui-url").inputs.value, "https://gui.example.org");
});

test("the committed files are those that `stagewright workflows` writes, where GitHub looks for them", async () => {
  const { spec, one } = await run();
  const [api, gui] = workflows("dandi", spec);
  for (const [name, file] of [
    ["deploys-api-workflow", api],
    ["deploys-gui-workflow", gui],
  ] as const) {
    const { inputs } = one("file", name);
    assert.equal(inputs.file, file?.path);
    assert.equal(inputs.content, file?.content);
    assert.equal(inputs.branch, file?.branch);
    assert.equal(inputs.overwriteOnCreate, true);
  }
  assert.equal(one("file", "deploys-api-workflow").inputs.branch, "master");
});

test("releases and tags are followed from the default branch, by tags alone", async () => {
  for (const [tracks, tagPattern] of [
    ["releases", "**/*"],
    ["tags v*", "v*"],
  ]) {
    const { one } = await run({ api: { tracks } });
    const { inputs } = one("policy", `deploys-api-policy-tags-${tagPattern}`);
    assert.deepEqual(inputs, { repository: "dandi-api", environment: "staging", tagPattern });
    assert.equal(one("file", "deploys-api-workflow").inputs.branch, undefined);
  }
});

test("what tracks nothing gets nothing", async () => {
  const { resources } = await run({ api: { tracks: "nothing" }, gui: { tracks: "nothing" } });
  assert.deepEqual(
    [...resources.values()].filter((one) => one.type.startsWith(GITHUB)),
    [],
  );
  const { names } = await run({}, { gui: undefined });
  assert.deepEqual(names("file"), ["deploys-api-workflow"]);
});

test("two targets in one repository share its environment, and its policy where they track the same", async () => {
  const shared = await run({ guiRepository: "dandi/dandi-api" });
  assert.deepEqual(shared.names("environment"), ["deploys-api-environment"]);
  assert.deepEqual(shared.names("policy"), [
    "deploys-api-policy-branch-master",
    "deploys-gui-policy-branch-staging",
  ]);
  assert.equal(shared.names("secret").length, 2);
  const same = await run({ guiRepository: "dandi/dandi-api", gui: { tracks: "branch master" } });
  assert.deepEqual(same.names("policy"), ["deploys-api-policy-branch-master"]);
});

test("one provider for each owner", async () => {
  const providers = async (changes: Changes) =>
    [...(await run(changes)).resources.values()].filter((one) => one.type === "pulumi:providers:github");
  assert.deepEqual(
    (await providers({})).map(({ inputs }) => inputs.owner),
    ["dandi"],
  );
  assert.deepEqual(
    (await providers({ guiRepository: "web/dandiarchive" })).map(({ inputs }) => inputs.owner),
    ["dandi", "web"],
  );
});

test("a protected branch gets its rules after every file is committed", async () => {
  const protection = { requiredChecks: ["test", "lint"], bypass: ["role admin", "app 12", "team 3"] };
  const { one, names } = await run({ api: { protection } });
  assert.deepEqual(names("ruleset"), ["deploys-api-protection"]);
  const { inputs, options } = one("ruleset", "deploys-api-protection");
  assert.deepEqual(inputs, {
    repository: "dandi-api",
    name: "master (api of staging)",
    target: "branch",
    enforcement: "active",
    conditions: { refName: { includes: ["refs/heads/master"], excludes: [] } },
    rules: {
      deletion: true,
      nonFastForward: true,
      pullRequest: {},
      requiredStatusChecks: { requiredChecks: [{ context: "test" }, { context: "lint" }] },
    },
    bypassActors: [
      { actorType: "RepositoryRole", actorId: 5, bypassMode: "always" },
      { actorType: "Integration", actorId: 12, bypassMode: "always" },
      { actorType: "Team", actorId: 3, bypassMode: "always" },
    ],
  });
  assert.deepEqual(dependencies(options), ["deploys-api-workflow", "deploys-gui-workflow"]);
});

test("a workflow is committed only when all that its run reads is there", async () => {
  const { one } = await run();
  assert.deepEqual(dependencies(one("file", "deploys-api-workflow").options), [
    "deploys-api-api-url",
    "deploys-api-heroku-api-key",
    "deploys-api-heroku-app",
    "deploys-api-policy-branch-master",
  ]);
});

test("approval: the environment's reviewers, whom neither the starter nor an administrator can stand in for", async () => {
  const { one } = await run({ api: { gates: { approval: { by: ["user bea", "team dt"] } } } });
  const { inputs } = one("environment", "deploys-api-environment");
  assert.deepEqual(inputs.reviewers, [{ users: [11], teams: [22] }]);
  assert.equal(inputs.preventSelfReview, true);
  assert.equal(inputs.canAdminsBypass, false);
  const self = await run({ api: { gates: { approval: { by: ["user bea"], self: "allowed" } } } });
  assert.equal(self.one("environment", "deploys-api-environment").inputs.preventSelfReview, false);
  assert.equal(one("environment", "deploys-gui-environment").inputs.reviewers, undefined);
});

test("what the clock or a person starts runs from the default branch, which the environment lets in", async () => {
  const scheduled = await run({ api: { schedule: "sunday 20:00" } });
  assert.deepEqual(scheduled.names("policy"), [
    "deploys-api-default-branch-policy",
    "deploys-gui-policy-branch-staging",
  ]);
  const policy = scheduled.one("policy", "deploys-api-default-branch-policy").inputs;
  assert.deepEqual(policy, { repository: "dandi-api", environment: "staging", branchPattern: "trunk" });
  const both = await run({ api: { onRequest: true } });
  assert.deepEqual(both.names("policy").sort(), [
    "deploys-api-default-branch-policy",
    "deploys-api-policy-branch-master",
    "deploys-gui-policy-branch-staging",
  ]);
  assert.deepEqual(both.names("file").sort(), [
    "deploys-api-by-hand-workflow",
    "deploys-api-workflow",
    "deploys-gui-workflow",
  ]);
  assert.equal(both.one("file", "deploys-api-by-hand-workflow").inputs.branch, undefined);
  const migrations = { when: "by hand", command: "dt migrate" };
  const byHand = await run({ api: { migrations } });
  assert.ok(byHand.names("file").includes("deploys-migrate-api-workflow"));
  assert.ok(byHand.names("policy").includes("deploys-api-default-branch-policy"));
  // The pushed branch may be the default branch, of which GitHub takes no second policy.
  const beside = byHand.one("policy", "deploys-api-default-branch-policy").inputs.branchPattern;
  assert.equal(beside, "trun[k]");
});

test("two files of a repository are committed one after the other", async () => {
  const { one } = await run({ api: { onRequest: true } });
  const before = dependencies(one("file", "deploys-api-by-hand-workflow").options);
  assert.ok(before.includes("deploys-api-workflow"));
});

test("hotfix: whoever may agrees in an environment of its own, without its secrets", async () => {
  const { one } = await run({ api: { window: "daily 09:00-10:00", hotfix: { by: ["user bea"] } } });
  const { inputs } = one("environment", "deploys-api-hotfix-environment");
  assert.equal(inputs.environment, "staging-hotfix");
  assert.deepEqual(inputs.reviewers, [{ users: [11] }]);
  assert.equal(inputs.preventSelfReview, false);
  assert.equal(one("policy", "deploys-api-hotfix-default-branch-policy").inputs.branchPattern, "trunk");
});

test("errors: the deploy reads the stated token, and none where nobody asks Sentry", async () => {
  const errors = {
    organization: "acme",
    team: "dt",
    project: "app",
    environment: "prod",
    readToken: "sentryRead",
  };
  const sentryToken = () => pulumi.secret("sntrys");
  const api = { gates: { errors: { all: "last 7 days" } } };
  const { one } = await run({ errors, api }, { sentryToken });
  const { secretName, value } = one("secret", "deploys-api-sentry-auth-token").inputs;
  assert.equal(secretName, "SENTRY_AUTH_TOKEN");
  assert.equal(secretOf(value), "sntrys");
  assert.ok(
    !(await run({ errors }, { sentryToken })).names("secret").includes("deploys-api-sentry-auth-token"),
  );
  await assert.rejects(
    run({ errors, api }),
    /reads SENTRY_AUTH_TOKEN at GitHub, .*errors\.readToken names the secret/,
  );
});

test("a promotion runs in an environment with its own reviewers", async () => {
  const promotion = { from: "next", approval: { by: ["team web"] } };
  const { resources, names } = await run({ gui: { promotion } });
  const reviewed = [...resources.values()].filter(({ inputs }) => inputs.reviewers !== undefined);
  assert.deepEqual(
    reviewed.map(({ inputs }) => inputs.reviewers),
    [[{ teams: [22] }]],
  );
  assert.ok(names("file").some((name) => name.includes("promote-gui")));
});

test("two targets that share an environment share its approval, too", async () => {
  const approval = { by: ["user bea"] };
  const changes = { guiRepository: "dandi/dandi-api", api: { gates: { approval } } };
  const same = await run({ ...changes, gui: { gates: { approval } } });
  assert.deepEqual(same.names("environment"), ["deploys-api-environment"]);
});

function dependencies({ dependsOn }: pulumi.CustomResourceOptions): string[] {
  return [dependsOn]
    .flat()
    .map((resource) => (resource as pulumi.Resource & { __name?: string }).__name ?? "")
    .sort();
}
