import assert from "node:assert/strict";
import { test } from "vitest";
import type { Tree } from "../../../stagewright/environment/merge";
import { readProject, readStack } from "../../../stagewright/project/project";
import { expression } from "../../../stagewright/release/document";
import { workflows } from "../../../stagewright/release/workflow";
import { ROOT } from "../../support/projects";
import { SYSTEMS } from "../rules/systems";
import { specWith, targetWith, workflowsOfSystem, workflowWith } from "./deployed";
import { read } from "./runner";

function dandi(stack: string) {
  const project = readProject(ROOT);
  return workflows(project.name, readStack(project, stack).spec);
}

const triggersOf = (component: "api" | "gui", rules: Tree, suffix?: string) =>
  read(workflowWith(component, rules, { suffix })).on;

test("dandi: what follows what, and where the files are", () => {
  const seen = ["staging", "production"]
    .flatMap(dandi)
    .filter(({ path }) => path.includes("/deploy-"))
    .map((file) => {
      const { path, repository, branch } = file;
      return { path, repository, branch, event: Object.entries(read(file).on)[0] };
    });
  assert.deepEqual(seen, [
    {
      path: ".github/workflows/deploy-api-staging.yml",
      repository: "dandi/dandi-api",
      branch: "master",
      event: ["push", { branches: ["master"] }],
    },
    {
      path: ".github/workflows/deploy-gui-staging.yml",
      repository: "dandi/dandiarchive",
      branch: "staging",
      event: ["push", { branches: ["staging"] }],
    },
    {
      path: ".github/workflows/deploy-api-production.yml",
      repository: "dandi/dandi-api",
      branch: undefined,
      event: ["release", { types: ["released"] }],
    },
    {
      path: ".github/workflows/deploy-gui-production.yml",
      repository: "dandi/dandiarchive",
      branch: "master",
      event: ["push", { branches: ["master"] }],
    },
  ]);
});

test("a tag pattern stays a pattern, a branch is a name", () => {
  assert.deepEqual(triggersOf("api", { tracks: "tags v*" }), { push: { tags: ["v*"] } });
  assert.deepEqual(triggersOf("api", { tracks: "branch a+b!" }), { push: { branches: ["a\\+b\\!"] } });
});

test("what tracks nothing has no file", () => {
  assert.deepEqual(workflows("acme", specWith({ api: { tracks: "nothing", token: "t" } })), []);
  assert.throws(() => targetWith("api", { tracks: "nothing" }), /is no target/);
});

test("what a person starts is on the default branch: in a file of its own where pushes start deploys, too", () => {
  const tracks = "branch master";
  const hotfix = { branch: undefined, on: ["commit", "hotfix", "reason"] };
  const files = (rules: Tree) =>
    workflowsOf(rules).map((file) => {
      const { workflow_dispatch: hand } = read(file).on as { workflow_dispatch?: { inputs?: object } };
      return { branch: file.branch, on: hand && Object.keys(hand.inputs ?? {}) };
    });
  assert.deepEqual(files({ tracks }), [{ branch: "master", on: undefined }]);
  assert.deepEqual(files({ tracks, onRequest: true }), [
    { branch: "master", on: undefined },
    { branch: undefined, on: ["commit"] },
  ]);
  assert.deepEqual(files({ tracks, hotfix: {} }), [{ branch: "master", on: undefined }, hotfix]);
  assert.deepEqual(files({ tracks, schedule: "hourly", hotfix: {} }), [hotfix]);
  assert.deepEqual(files({ tracks: "releases", hotfix: {} }), [
    { branch: undefined, on: ["hotfix", "reason"] },
  ]);
  assert.deepEqual(files({ tracks, ownBranch: true, gates: { confirm: "x" } }), [
    { branch: undefined, on: ["branch", "commit", "confirm"] },
  ]);
});

function workflowsOf(rules: Tree) {
  return workflows("acme", specWith({ api: { token: "t", ...rules } }));
}

test("what a person must type starts by hand alone; a promotion may start what a push does", () => {
  assert.deepEqual(Object.keys(triggersOf("api", { tracks: "branch master", gates: { confirm: "x" } })), [
    "workflow_dispatch",
  ]);
  const promotion = { from: "staging", approval: { by: ["team web"] } };
  assert.deepEqual(triggersOf("gui", { tracks: "branch master", promotion }), {
    push: { branches: ["master"] },
    workflow_dispatch: {},
  });
});

test("one lock for all under a name, else one for each component and environment; the rules hold none of them", () => {
  const groups = (rules: Tree) =>
    Object.values(read(workflowWith("api", rules)).jobs).map(({ concurrency }) => concurrency.group);
  const tracks = "branch master";
  assert.deepEqual(groups({ tracks }), ["deploy-api-staging"]);
  assert.deepEqual(groups({ tracks, exclusive: "train", window: "daily 09:00-17:00" }), [
    "deploy-api-staging-rules",
    "train",
  ]);
  const { content } = workflowWith("api", { tracks, exclusive: "train" });
  assert.match(content, /# GitHub's locks end at the repository/);
});

const ALL = [...["staging", "production"].flatMap(dandi), ...SYSTEMS.flatMap(workflowsOfSystem)];

test("every workflow has the least rights, runs nowhere else, and is never cut off", () => {
  assert.ok(ALL.length > 15);
  for (const file of ALL) {
    const { permissions, jobs } = read(file);
    assert.deepEqual(permissions, {}, file.path);
    for (const [id, job] of Object.entries(jobs)) {
      const about = `${file.path} ${id}`;
      assert.match(job.if, /!github\.event\.repository\.fork$/, about);
      assert.equal(job["runs-on"], "ubuntu-24.04", about);
      assert.ok(job["timeout-minutes"] > 0, about);
      assert.equal(job.concurrency["cancel-in-progress"], false, about);
      assert.equal(job.concurrency.queue, "max", `${about}: what waits is thrown away`);
      for (const { uses, run = "" } of job.steps) {
        assert.ok(uses === undefined || /@[0-9a-f]{40}$/.test(uses), uses);
        assert.ok(!run.includes("${{"), "an expression in a shell line would be code");
        assert.doesNotMatch(run, /BASH_SOURCE/, about);
      }
    }
  }
});

test("a job asks for the rights that its steps need, each with why", () => {
  const { content } = workflowWith("api", { tracks: "branch master", gates: { checks: { build: "any" } } });
  const { rules, deploy } = read({ content }).jobs;
  assert.deepEqual(rules?.permissions, { checks: "read", statuses: "read" });
  assert.deepEqual(deploy?.permissions, { contents: "read", deployments: "write" });
  assert.match(content, /checks: read # to see the checks of the commit\n/);
});

test("only the job that deploys has the environment's secrets, and the rules that GitHub itself enforces", () => {
  const approval = { by: ["user bea"] };
  const file = workflowWith("api", {
    tracks: "branch master",
    gates: { approval, errors: { all: "last 1 day" } },
    window: "daily 09:00-10:00",
  });
  const { rules, deploy } = read(file).jobs;
  assert.equal(rules?.environment, undefined);
  assert.deepEqual(deploy?.environment, {
    name: "staging",
    url: expression("vars.API_URL"),
    deployment: false,
  });
  assert.match(file.content, /# release\.api\.gates\.approval: \{ by: \[ user bea \], self: excluded \}\n/);
  for (const { env = {} } of rules?.steps ?? []) assert.doesNotMatch(JSON.stringify(env), /secrets\./);
});

test("a person can read it: the rule that each step states is quoted before it", () => {
  const rules = {
    tracks: "tags v* on main",
    schedule: "every second monday from 2026-01-05 at 07:30",
    window: "weekdays 07:00-09:00",
    owner: "anton",
    onRequest: true,
    exclusive: "train",
    gates: {
      checks: { build: "any" },
      environments: { stage: "deployed" },
      absent: { notes: { pattern: "FIXME" } },
      commands: { types: "npx tsc" },
    },
    onFailure: { action: "restore", tell: "ashwin" },
    verify: { run: "dt test" },
    migrations: { when: "in release", command: "dt migrate" },
  };
  const { content } = workflowWith("api", rules, { timezone: "Europe/London" });
  assert.match(content, /^# Written by Stagewright from release\.api of the environment staging of acme\.\n/);
  const quoted = [
    "tracks: tags v* on main",
    "schedule: every second monday from 2026-01-05 at 07:30",
    "window: weekdays 07:00-09:00",
    "owner: anton",
    "exclusive: train",
    "gates.checks: { build: any }",
    "gates.environments.stage: deployed",
    "gates.absent: ",
    "gates.commands.types: npx tsc",
    "onFailure.action: restore",
    "onFailure.tell: ashwin",
    "verify.run: dt test",
    "migrations: { when: in release, command: dt migrate }",
  ];
  for (const text of quoted) assert.ok(content.includes(`# release.api.${text}`), text);
  assert.match(content, /uses: actions\/checkout@[0-9a-f]{40} # v\d+\.\d+\.\d+\n/);
  assert.match(content, /\n {8}run: \|\n/);
});

test("a text of the spec is no expression in the workflow", () => {
  const gates = { commands: { [expression("x")]: `echo '${expression("secrets.HEROKU_API_KEY")}'` } };
  const { jobs } = read(workflowWith("api", { tracks: "branch master", gates }));
  const step = jobs.commands?.steps.at(-1);
  assert.equal(step?.env?.COMMAND, `echo '${expression("'${{'")} secrets.HEROKU_API_KEY }}'`);
});

test("errors without a section that says where they are cannot be asked for", () => {
  const spec = {
    ...specWith({ api: { token: "t", tracks: "releases", gates: { errors: { all: "last 1 day" } } } }),
    errors: undefined,
  };
  assert.throws(() => workflows("acme", spec), /release\.api\.gates\.errors: .* has no 'errors' section/);
});

test("the same target gives the same text", () => {
  const again = SYSTEMS.flatMap(workflowsOfSystem).map(({ content }) => content);
  assert.deepEqual(
    ALL.slice(-again.length).map(({ content }) => content),
    again,
  );
});
