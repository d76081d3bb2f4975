import assert from "node:assert/strict";
import { test } from "vitest";
import { previewChecks } from "../../../stagewright/release/checks/previews";
import { furtherWorkflows, requirements } from "../../../stagewright/release/workflows";
import { read } from "../deploys/runner";
import { apiWith, REPOSITORY, workflowOf } from "./acme";
import { groupOf, Previewing, SECRETS } from "./previewing";

const SPEC = apiWith(
  {
    previews: {
      of: "pull requests",
      after: { ci: "any" },
      database: "staging",
      label: "keep-preview",
      project: { directory: "." },
    },
    migrations: { when: "in release", command: "python manage.py migrate" },
  },
  "staging",
);
const FILE = workflowOf("preview", SPEC);

const ready = (play: Previewing) => {
  const pull = play.pull();
  play.green(pull.head.sha);
  return pull;
};

test("an opened pull request whose checks are green gets an environment, the commit, and one comment", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  const { results, output, heroku } = await play.run(FILE, { pull, action: "opened" });
  assert.deepEqual(results, { environment: "success", deploy: "success" }, output);
  assert.deepEqual(play.commands, [
    "create pr-7 --update --like staging --owner octocat --branch=feature/x --database=shared --dir . --json",
  ]);
  assert.ok(heroku.includes("POST /apps/dandi-api-staging/builds"), "the environment's own app is built");
  const [comment, ...more] = pull.comments;
  assert.deepEqual(more, []);
  assert.match(
    comment?.body ?? "",
    new RegExp(
      `^<!-- stagewright: preview -->\n\\*\\*Preview\\*\\* shows ${play.sha.slice(0, 9)}\\. \\[Log\\]`,
    ),
  );
  assert.match(comment?.body ?? "", /\| API \| http:\/\/127/);
  assert.match(
    comment?.body ?? "",
    /\| Cost \| \$7 a month \|\n\| Until \| 2026-01-08 08:00 UTC.*\|\n\| Shared \| database of staging \|/,
  );
  assert.deepEqual(
    play.state.deployments[REPOSITORY]?.map(({ environment, task, sha, states }) => ({
      environment,
      task,
      sha,
      states,
    })),
    [
      {
        environment: "staging-previews",
        task: "preview:pr-7",
        sha: play.sha,
        states: ["success", "in_progress"],
      },
    ],
  );
});

test("the job with the engine's credentials has no file of the pull request, and the one that has them has no such credential", async () => {
  const { environment, deploy } = read(FILE).jobs;
  const checkedOut = environment?.steps.flatMap((step) => (step.uses === undefined ? [] : [step.with]));
  assert.deepEqual(checkedOut, [
    { ref: "${{ github.event.repository.default_branch }}", "persist-credentials": false },
  ]);
  assert.deepEqual([...new Set(JSON.stringify(deploy).match(/secrets\.\w+/g))], ["secrets.HEROKU_API_KEY"]);
  assert.equal(environment?.environment?.name, "staging-previews");
  assert.equal(deploy?.environment?.name, "staging-previews-deploy");
  assert.deepEqual(requirements("acme", SPEC), [
    { repository: REPOSITORY, environment: "staging-previews", secrets: [], variables: [] },
    {
      repository: REPOSITORY,
      environment: "staging-previews-deploy",
      secrets: ["HEROKU_API_KEY"],
      variables: [],
    },
    { repository: REPOSITORY, environment: "staging-previews", secrets: [], variables: [] },
  ]);
});

test("the token of the run is not given to the engine, and nothing that it prints commands the runner", async () => {
  const play = new Previewing(REPOSITORY);
  const { output } = await play.run(FILE, { pull: ready(play) });
  assert.equal(play.calls[0]?.env.GITHUB_TOKEN, SECRETS.STAGEWRIGHT_GITHUB_TOKEN);
  for (const secret of Object.values(SECRETS)) assert.ok(!output.includes(secret), secret);
  const [, before = ""] = /^([\s\S]*)::add-mask::powerless/.exec(output) ?? [];
  assert.ok(before.lastIndexOf("::stop-commands::") > before.lastIndexOf("::notice::"));
});

for (const [who, more] of [
  ["a fork", { head: { sha: "a".repeat(40), ref: "x", repo: "mallory/app" } }],
  ["Dependabot", { author: "dependabot[bot]" }],
] as const) {
  test(`${who}'s pull request starts nothing, and no secret reaches it`, async () => {
    const play = new Previewing(REPOSITORY);
    const pull = play.pull(7, more);
    play.green(pull.head.sha);
    for (const action of ["opened", "synchronize", "closed"]) {
      const { results, heroku, output } = await play.run(FILE, { pull, action });
      assert.deepEqual(results, { environment: "skipped", deploy: "skipped" });
      assert.deepEqual([play.calls, heroku, output, pull.comments], [[], [], "", []]);
    }
  });
}

test("what looks like a branch of ours in the event and is a fork's at GitHub starts nothing either", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  play.state.pulls = [{ ...pull, head: { ...pull.head, repo: "mallory/app" } }];
  const { results } = await play.run(FILE, { pull });
  assert.deepEqual(results, { environment: "success", deploy: "skipped" });
  assert.deepEqual(play.calls, []);
});

for (const [what, state, says] of [
  ["red", "failure", /::error::The check 'ci' is red \(failure\)/],
  ["still running", "pending", /::error::Not green on .* 'ci' \(pending\)/],
  ["missing", undefined, /::error::Not green on .* 'ci' \(missing\)/],
] as const) {
  test(`a check that is ${what} makes nothing, and the comment says so`, async () => {
    const play = new Previewing(REPOSITORY);
    const pull = play.pull();
    if (state) play.state.statuses.push({ sha: play.sha, context: "ci", state });
    const { results, output } = await play.run(FILE, { pull, env: { CHECKS_SECONDS: "0" } });
    assert.deepEqual(results, { environment: "failure", deploy: "skipped" });
    assert.match(output, says);
    assert.deepEqual(play.calls, []);
    assert.match(pull.comments[0]?.body ?? "", /does not show \w{9}, whose checks are not green/);
  });
}

test("a second push brings the same environment and the same comment up to date", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  await play.run(FILE, { pull, action: "opened" });
  const sha = play.push(pull);
  play.green(sha);
  const { results } = await play.run(FILE, { pull });
  assert.deepEqual(results, { environment: "success", deploy: "success" });
  assert.deepEqual(play.environments, ["pr-7"]);
  assert.equal(pull.comments.length, 1);
  assert.match(pull.comments[0]?.body ?? "", new RegExp(`shows ${sha.slice(0, 9)}`));
});

test("a pull request that closes loses its environment, and GitHub shows no address of it", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  await play.run(FILE, { pull, action: "opened" });
  pull.state = "closed";
  const { results, output } = await play.run(FILE, { pull, action: "closed" });
  assert.deepEqual(results, { environment: "success", deploy: "skipped" }, output);
  assert.deepEqual(play.environments, []);
  assert.match(pull.comments[0]?.body ?? "", /\*\*Preview\*\* is gone, and costs nothing any more/);
  assert.equal(play.state.deployments[REPOSITORY]?.[0]?.states[0], "inactive");
});

test("a close during a creation waits for it, and then destroys; so does whichever run is left of those that waited", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  assert.equal(await groupOf(FILE, pull, "opened"), await groupOf(FILE, pull, "closed"));
  assert.equal(await groupOf(FILE, pull, "opened"), await groupOf(FILE, pull, "labeled", "keep-preview"));
  assert.notEqual(await groupOf(FILE, pull, "opened"), await groupOf(FILE, play.pull(8), "opened"));
  // Another label's run does nothing, so it must push none out that waits.
  assert.notEqual(await groupOf(FILE, pull, "closed"), await groupOf(FILE, pull, "labeled", "bug"));
  assert.equal(read(FILE).concurrency?.["cancel-in-progress"], false);

  for (const [action, label] of [
    ["closed", undefined],
    ["synchronize", undefined],
    ["labeled", "keep-preview"],
  ] as const) {
    pull.state = "open";
    await play.run(FILE, {
      pull,
      action: "opened",
      beforeJob: ({ name }) => {
        if (name === "Heroku") pull.state = "closed";
      },
    });
    assert.deepEqual(play.environments, ["pr-7"]);
    await play.run(FILE, { pull, action, label });
    assert.deepEqual(play.environments, [], action);
  }
});

test("a creation that fails leaves a comment with the reason, and nothing that is billed", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  play.plays({ create: { code: 3, error: "Heroku: no `@team/all` plan\n::error::x", leaves: true } });
  const { results } = await play.run(FILE, { pull, action: "opened" });
  assert.deepEqual(results, { environment: "failure", deploy: "skipped" });
  assert.deepEqual(play.environments, []);
  assert.match(
    pull.comments[0]?.body ?? "",
    /could not be brought to \w{9}\. .*\n\n`Heroku: no {2}@team\/all {2}plan ::error::x\. What was made is destroyed again: nothing is billed`/,
  );
});

test("where even that cannot be destroyed, the comment says who will", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  play.plays({ create: { code: 3, leaves: true }, destroy: 9 });
  const { output } = await play.run(FILE, { pull, action: "opened" });
  assert.match(
    pull.comments[0]?.body ?? "",
    /stagewright ended with 3\. What was made could not be destroyed again; the hourly reaper tries that/,
    output,
  );
});

test("an update that fails leaves what was there before", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  play.made("pr-7");
  play.plays({ create: { code: 3, error: "Heroku did not answer" } });
  await play.run(FILE, { pull });
  assert.deepEqual(play.environments, ["pr-7"]);
  assert.match(pull.comments[0]?.body ?? "", /`Heroku did not answer`/);
});

test("a refusal says why, and looks for nothing to destroy", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  play.plays({ create: { code: 1, error: "ephemeral.max is 20; destroy one first" } });
  await play.run(FILE, { pull });
  assert.match(pull.comments[0]?.body ?? "", /`ephemeral\.max is 20; destroy one first`/);
  assert.equal(play.calls.length, 1);
});

test("the label extends, and deploys nothing again; another label does nothing", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  await play.run(FILE, { pull, action: "opened" });
  const bug = await play.run(FILE, { pull, action: "labeled", label: "bug" });
  assert.deepEqual(bug.results, { environment: "skipped", deploy: "skipped" });
  pull.labels = ["bug", "keep-preview"];
  const { results, heroku } = await play.run(FILE, { pull, action: "labeled", label: "keep-preview" });
  assert.deepEqual(results, { environment: "success", deploy: "skipped" });
  assert.deepEqual(heroku, []);
  assert.equal(play.commands.at(-1), "extend pr-7 --ttl 14d --dir . --json");
  assert.match(pull.comments[0]?.body ?? "", /lives on/);
  play.green(play.push(pull));
  await play.run(FILE, { pull });
  assert.match(play.commands.at(-1) ?? "", /^create pr-7 .*--ttl 14d/);
});

test("a label that pushes a waiting push out does its work, too", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  await play.run(FILE, { pull, action: "opened" });
  play.green(play.push(pull));
  pull.labels = ["keep-preview"];
  const { results } = await play.run(FILE, { pull, action: "labeled", label: "keep-preview" });
  assert.deepEqual(results, { environment: "success", deploy: "success" });
  assert.match(pull.comments[0]?.body ?? "", new RegExp(`shows ${pull.head.sha.slice(0, 9)}`));
});

test("a deploy that fails is said, and recorded", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = ready(play);
  const { results } = await play.run(FILE, { pull, heroku: { build: "failed" } });
  assert.deepEqual(results, { environment: "success", deploy: "failure" });
  assert.match(pull.comments[0]?.body ?? "", /is there, but \w{9} could not be deployed to it/);
  assert.equal(play.state.deployments[REPOSITORY]?.[0]?.states[0], "failure");
});

test("the project may be in another repository", () => {
  const spec = apiWith(
    {
      previews: {
        of: "pull requests",
        after: {},
        label: "keep",
        project: { repository: "team/infra", directory: "systems/app" },
      },
    },
    "staging",
  );
  const { environment } = read(workflowOf("preview", spec)).jobs;
  const checkout = environment?.steps.find(({ name }) => name === "Check out the project");
  assert.equal(checkout?.with?.repository, "team/infra");
  assert.equal(checkout?.with?.token, "${{ secrets.STAGEWRIGHT_GITHUB_TOKEN }}");
  assert.ok(!environment?.steps.some(({ id }) => id === "checks"), "no check is stated");
});

test("an API on a droplet has no previews, in one sentence", () => {
  const spec = { ...SPEC, api: { ...SPEC.api, via: "digitalocean" } } as typeof SPEC;
  assert.throws(
    () => furtherWorkflows("acme", spec),
    /^Error: release\.api\.previews: .* accepted is an API with via: heroku$/,
  );
});

test("what previews need of their environment is checked before anything is written", () => {
  const at = ["release", "api", "previews"];
  const says = (more: object) =>
    previewChecks({ ...SPEC, ...more } as typeof SPEC).map(({ path, says: text }) => [path, text]);
  const idle = { ...SPEC.release, api: { ...SPEC.release.api, tracks: "nothing" } };
  assert.deepEqual(says({ api: { ...SPEC.api, via: "digitalocean" } }), [
    [
      at,
      "makes an app at Heroku for each pull request, but api.via is 'digitalocean'; accepted with api.via: heroku",
    ],
  ]);
  assert.match(String(says({ api: undefined })), /but there is no 'api' section/);
  assert.match(String(says({ release: idle })), /deploys nothing here/);
  assert.match(String(says({})), /previews,database,is 'staging', but there is no 'database' section/);
  assert.deepEqual(says({ database: {} }), []);
});
