import assert from "node:assert/strict";
import { test } from "vitest";
import { limitsOf } from "../../stagewright/ephemeral/limits";
import { readProject } from "../../stagewright/project/project";
import { readSystem } from "../../stagewright/project/system";
import { evaluated } from "../release/deploys/expressions";
import { read } from "../release/deploys/runner";
import type { Pull } from "../release/workflows/github-on-git";
import { eventOf, groupOf, type Happening, type Previewing, SECRETS } from "../release/workflows/previewing";
import { ROOT } from "../support/projects";
import { ownRepository, ownWorkflow, runOwn } from "./own";

const FILE = ownWorkflow("ephemeral");
const CREATE = "create pr-7 --update --like staging --owner octocat";

const run = (play: Previewing, happening: Happening) => runOwn(play, FILE, happening);
const labelled = (play: Previewing, ...more: string[]) => play.pull(7, { labels: ["environment", ...more] });

test("the label brings up an environment from the pull request, and one comment says where it is", async () => {
  const play = ownRepository();
  const pull = labelled(play);
  const { results, output } = await run(play, { pull, action: "labeled", label: "environment" });
  assert.deepEqual(results, { environment: "success" }, output);
  assert.deepEqual(play.commands, [`${CREATE} --dir . --json`]);
  const [comment, ...more] = pull.comments;
  assert.deepEqual(more, []);
  assert.match(comment?.body ?? "", new RegExp(`\\*\\*Preview\\*\\* shows ${play.sha.slice(0, 9)}\\.`));
  assert.match(
    comment?.body ?? "",
    /\| API \| http:.*\n\| Cost \| \$7 a month \|\n\| Until \| 2026-01-08 08:00 UTC, .* label `keep-environment` makes it 14d \|/,
  );
});

test("it works with the role and the tokens of its own environment, and the run's token is not the engine's", async () => {
  const play = ownRepository();
  const { output } = await run(play, { pull: labelled(play) });
  const env = play.calls[0]?.env ?? {};
  assert.equal(env.AWS_SESSION_TOKEN, "session");
  assert.equal(env.PULUMI_BACKEND_URL, "s3://state");
  assert.equal(env.GITHUB_TOKEN, SECRETS.STAGEWRIGHT_GITHUB_TOKEN);
  const shown = output.replaceAll(/^::add-mask::.*$/gm, "");
  for (const secret of [...Object.values(SECRETS), "secret/+="]) assert.ok(!shown.includes(secret), secret);
  const { environment, permissions } = read(FILE).jobs.environment ?? {};
  assert.equal(environment, "ephemeral");
  assert.deepEqual(permissions, { contents: "read", "id-token": "write", "pull-requests": "write" });
});

test("a push brings the same environment and the same comment up to date, and the other label lets it live longer", async () => {
  const play = ownRepository();
  const pull = labelled(play);
  await run(play, { pull, action: "labeled", label: "environment" });
  const sha = play.push(pull);
  await run(play, { pull });
  pull.labels.push("keep-environment");
  await run(play, { pull, action: "labeled", label: "keep-environment" });
  assert.deepEqual(play.commands.slice(1), [
    `${CREATE} --dir . --json`,
    `${CREATE} --ttl 14d --dir . --json`,
  ]);
  assert.deepEqual(play.environments, ["pr-7"]);
  assert.equal(pull.comments.length, 1);
  assert.match(pull.comments[0]?.body ?? "", new RegExp(`shows ${sha.slice(0, 9)}`));
});

for (const [what, change, happening] of [
  ["closes", { state: "closed" }, { action: "closed" }],
  ["loses its label", { labels: [] }, { action: "unlabeled", label: "environment" }],
] as const) {
  test(`a pull request that ${what} loses its environment`, async () => {
    const play = ownRepository();
    const pull = labelled(play);
    await run(play, { pull, action: "labeled", label: "environment" });
    Object.assign(pull, change);
    const { results, output } = await run(play, { pull, ...happening });
    assert.deepEqual(results, { environment: "success" }, output);
    assert.deepEqual(play.environments, []);
    assert.match(pull.comments[0]?.body ?? "", /\*\*Preview\*\* is gone, and costs nothing any more/);
  });
}

test("the close of one that was never made is no fault", async () => {
  const play = ownRepository();
  const pull = labelled(play);
  pull.state = "closed";
  const { results } = await run(play, { pull, action: "closed" });
  assert.deepEqual(results, { environment: "success" });
  assert.deepEqual(play.commands, ["destroy pr-7 --dir . --json"]);
});

test("a run that has waited does what the pull request needs by then", async () => {
  const play = ownRepository();
  const pull = labelled(play);
  await run(play, { pull, action: "labeled", label: "environment" });
  const pushed = structuredClone(pull);
  pull.labels = [];
  // The event is of before the label went.
  await run(play, { pull: pushed });
  assert.deepEqual(play.environments, []);
});

const OTHERS: [string, Partial<Pull>, Partial<Happening>][] = [
  ["a fork's pull request", { head: { sha: "a".repeat(40), ref: "x", repo: "mallory/infrastructure" } }, {}],
  ["Dependabot's pull request", { author: "dependabot[bot]" }, {}],
  ["a pull request without the label", { labels: [] }, {}],
  ["another label", {}, { action: "labeled", label: "bug" }],
  ["another label that goes", {}, { action: "unlabeled", label: "bug" }],
  [
    "the label that keeps, alone",
    { labels: ["keep-environment"] },
    { action: "labeled", label: "keep-environment" },
  ],
  ["a pull request that closes without the label", { labels: [], state: "closed" }, { action: "closed" }],
  ["a project without accounts", {}, { vars: { PULUMI_BACKEND_URL: "" } }],
];
for (const [what, more, happening] of OTHERS) {
  test(`${what} starts no job`, async () => {
    const play = ownRepository();
    const pull = play.pull(7, { labels: ["environment"], ...more });
    const { results, steps, output } = await run(play, { pull, ...happening });
    assert.deepEqual(results, { environment: "skipped" });
    assert.deepEqual([steps, play.calls, output, pull.comments], [[], [], "", []]);
  });
}

test("what looks like a branch of ours in the event and is a fork's at GitHub gets nothing either", async () => {
  const play = ownRepository();
  const pull = labelled(play);
  play.state.pulls = [{ ...pull, head: { ...pull.head, repo: "mallory/infrastructure" } }];
  await run(play, { pull });
  assert.deepEqual([play.calls, pull.comments], [[], []]);
});

for (const [what, leaves] of [
  ["takes away what it has made", false],
  ["is killed half-way", true],
] as const) {
  test(`a creation that ${what} leaves a comment with the reason, and nothing that is billed`, async () => {
    const play = ownRepository();
    const pull = labelled(play);
    play.plays({ create: { code: 3, error: "Heroku: no `@team/all` plan", leaves } });
    const { results } = await run(play, { pull });
    assert.deepEqual(results, { environment: "failure" });
    assert.deepEqual(play.environments, []);
    assert.match(
      pull.comments[0]?.body ?? "",
      /could not be brought to \w{9}\. .*\n\n`Heroku: no {2}@team\/all {2}plan\. .*: nothing is billed`/,
    );
  });
}

test("an update that fails leaves what was there, and a refusal says why", async () => {
  const play = ownRepository();
  const pull = labelled(play);
  play.made("pr-7");
  play.plays({ create: { code: 3, error: "Heroku did not answer" } });
  await run(play, { pull });
  assert.deepEqual(play.environments, ["pr-7"]);
  assert.match(pull.comments[0]?.body ?? "", /`Heroku did not answer`/);
  play.plays({ create: { code: 1, error: "ephemeral.max is 20; destroy one first" } });
  await run(play, { pull });
  assert.match(pull.comments[0]?.body ?? "", /`ephemeral\.max is 20; destroy one first`/);
});

test("by hand any is created, extended and destroyed, and the run's page says what it is", async () => {
  const play = ownRepository();
  const byHand = (action: string) =>
    run(play, {
      event: "workflow_dispatch",
      inputs: { action, name: "demo", like: "staging", ttl: "7d" },
    });
  const { results, summary, output } = await byHand("create");
  assert.deepEqual(results, { environment: "success" }, output);
  assert.match(summary, /\| API \| http:.*\n\| Cost \| \$7 a month \|\n\| Until \| 2026-01-08 08:00 UTC \|/);
  await byHand("extend");
  const last = await byHand("destroy");
  assert.match(last.summary, /is gone, and costs nothing any more/);
  assert.deepEqual(play.commands, [
    "create demo --update --like staging --owner anton --ttl 7d --dir . --json",
    "extend demo --ttl 7d --dir . --json",
    "destroy demo --dir . --json",
  ]);
  play.plays({ create: { code: 1, error: "demo is bea's, not anton's" } });
  const refused = await byHand("create");
  assert.deepEqual(refused.results, { environment: "failure" });
  assert.match(refused.summary, /`demo is bea's, not anton's`/);
});

test("all that do something for a pull request wait for each other, and what does nothing pushes none of them out", async () => {
  const { concurrency, jobs } = read(FILE);
  assert.equal(concurrency?.["cancel-in-progress"], false);
  const play = ownRepository();
  const all = [[], ["environment"], ["keep-environment"], ["environment", "keep-environment", "bug"]];
  for (const labels of all) {
    const pull = play.pull(7, { labels });
    for (const [action, label] of [
      ...["synchronize", "reopened", "closed"].map((each) => [each, undefined] as const),
      ...["environment", "keep-environment", "bug"].flatMap((each) => [
        ["labeled", each] as const,
        ["unlabeled", each] as const,
      ]),
    ]) {
      const github = {
        event_name: "pull_request",
        repository: play.repository,
        event: eventOf(pull, action, label),
      };
      const contexts = { github, vars: { PULUMI_BACKEND_URL: "s3://state" } };
      const { truthy } = await evaluated(jobs.environment?.if ?? "", contexts, { failed: false });
      const group = await groupOf(FILE, pull, action, label);
      assert.equal(group, truthy ? "ephemeral-7" : "ephemeral-42", `${labels} ${action} ${label}`);
    }
  }
});

test("what the workflow says twice is what the spec says", () => {
  const system = readSystem(readProject(ROOT));
  const { on, jobs } = read(FILE);
  const { inputs } = on.workflow_dispatch as { inputs: { like: { options: string[] } } };
  const open = system.filter(({ spec }) => !spec.data.protected);
  assert.deepEqual(
    inputs.like.options,
    open.map(({ stack }) => stack),
  );
  for (const step of jobs.environment?.steps ?? [])
    for (const { spec } of open)
      if (step.env?.KEPT) assert.equal(step.env.KEPT, limitsOf(spec).maxTtl, step.name);
});
