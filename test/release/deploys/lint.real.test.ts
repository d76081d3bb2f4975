import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { run } from "../../../stagewright/host/run";
import { readProject, readStack } from "../../../stagewright/project/project";
import { expression } from "../../../stagewright/release/document";
import { workflows } from "../../../stagewright/release/workflow";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { ROOT } from "../../support/projects";
import { linters } from "../../support/tools";
import { SYSTEMS } from "../rules/systems";
import { workflowsOfSystem, workflowWith } from "./deployed";
import { type File, findings } from "./findings";

const named = (file: WorkflowFile, name: string): File => ({
  ...file,
  path: `.github/workflows/${name}.yml`,
});

test("the workflows of dandi have no finding", async () => {
  const dandi = readProject(ROOT);
  const specs = ["staging", "production"].map((stack) => readStack(dandi, stack).spec);
  const files = specs.flatMap((spec) => workflows(dandi.name, spec));
  assert.ok(files.length >= 4);
  assert.equal(await findings(files), "");
});

for (const system of SYSTEMS) {
  test(`the workflows of ${system} have no finding`, async () => {
    assert.equal(await findings(workflowsOfSystem(system)), "");
  });
}

test("no workflow has a finding, whatever is tracked", async () => {
  const api = [
    "branch release/1.x",
    "branch a+b!",
    "releases",
    "releases on x",
    "tags v*",
    "tags */v* on x",
    "prereleases on x",
    "stable tags api/v*.*.*",
  ];
  const files = [
    ...api.map((tracks, index) => named(workflowWith("api", { tracks }), `api-${index}`)),
    workflowWith("gui", { tracks: "branch x]y" }),
  ];
  assert.equal(await findings(files), "");
});

test("no workflow has a finding, whatever the rules are", async () => {
  const everything = {
    owner: "anton",
    onRequest: true,
    ownBranch: true,
    window: "weekdays 09:00-17:00, saturday 22:00-02:00",
    hotfix: { by: ["user bea", "team dt"] },
    exclusive: "train",
    gates: {
      checks: { "ci: build $x `y`": "any" },
      environments: { tests: "verified", stage: "deployed" },
      errors: { all: "last 7 days", stage: "since its deploy" },
      commands: { types: "npx tsc", [expression("x")]: "echo '$y' \"z\"" },
      absent: { "test functions": { pattern: "\\btest[A-Z]'\"" } },
      pullRequest: "merged",
      approval: { by: ["user bea"] },
    },
    verify: { run: "dt test --notify" },
    migrations: { when: "before release", command: "python manage.py migrate", testedIn: "stage" },
    staticFiles: { when: "before release", command: "python manage.py collectstatic" },
    onFailure: { action: "restore", tell: "ashwin" },
  };
  const schedules = [
    "every second monday from 2026-01-05 at 07:30",
    "hourly",
    "after tests",
    "after every merged pull request",
  ];
  const files = (["api", "gui"] as const).flatMap((component) => {
    const rules = { tracks: "branch main", ...everything };
    return [
      named(workflowWith(component, rules), `${component}-push`),
      named(workflowWith(component, rules, { suffix: "-by-hand" }), `${component}-hand`),
      named(
        workflowWith(component, { ...rules, gates: { ...rules.gates, confirm: `yes ${expression("x")}` } }),
        `${component}-confirm`,
      ),
      ...schedules.map((schedule, index) =>
        named(workflowWith(component, { ...rules, schedule }), `${component}-${index}`),
      ),
    ];
  });
  const byHand = {
    tracks: "branch main",
    migrations: { when: "by hand", command: `echo '${expression("x")}'` },
  };
  files.push(workflowWith("api", byHand, { prefix: "migrate" }));
  assert.equal(await findings(files), "");
});

test("the linters find what is wrong", async () => {
  const good = workflowWith("api", { tracks: "branch master" });
  const spoil = (from: string, to: string) => {
    assert.ok(good.content.includes(from), from);
    return findings([{ ...good, content: good.content.replace(from, to) }]);
  };
  assert.match(
    await spoil('output="$work/source.tar.gz" "$COMMIT"', "output=x $COMMIT"),
    /shellcheck reported issue.*SC2086/,
  );
  assert.match(
    await spoil(expression("github.sha"), expression("github.shaa")),
    /property "shaa" is not defined/,
  );
  assert.match(await spoil("persist-credentials: false", "fetch-depth: 1"), /artipacked/);
  assert.match(await spoil("permissions: {}", "permissions: write-all"), /excessive-permissions/);
  assert.match(
    await spoil("HEROKU_APP/builds", `${expression("github.ref_name")}/builds`),
    /template-injection/,
  );
  assert.match(await spoil("@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7"), /unpinned-uses/);
  assert.match(await spoil("timeout-minutes: 90", "timeout: 90"), /Unexpected value 'timeout'/);
});

// SC2153 takes the names that a workflow sets for misspelt ones.
test("the scripts of the steps are clean on their own too", async () => {
  const bin = await linters();
  const scripts = ["steps", "gates", "pin"].flatMap((folder) =>
    readdirSync(path.join(ROOT, "stagewright/release", folder))
      .filter((name) => name.endsWith(".sh"))
      .map((name) => path.join("stagewright/release", folder, name)),
  );
  assert.ok(scripts.length > 25);
  const { code, output } = await run(
    path.join(bin, "shellcheck"),
    ["--external-sources", "--exclude", "SC2153", ...scripts],
    {
      cwd: ROOT,
    },
  );
  assert.equal(code, 0, output);
});
