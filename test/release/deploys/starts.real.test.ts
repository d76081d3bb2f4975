import assert from "node:assert/strict";
import { test } from "vitest";
import { workflowWith } from "./deployed";
import type { Repository } from "./github-platform";
import { read } from "./runner";
import { deployed, OTHER, SHA, untouched, type Wish } from "./world";

/** The commit that was deployed by a run of an event whose own commit is another one. */
async function pinned(rules: object, wish: Wish & { suffix?: string }): Promise<string | undefined> {
  const seen = await deployed(workflowWith("api", rules as never, { suffix: wish.suffix }), {
    sha: OTHER,
    ...wish,
  });
  if (seen.results.deploy !== "success") return undefined;
  assert.equal(seen.repository.deployments?.at(-1)?.sha, SHA, seen.output);
  const build = seen.received.heroku.find(({ url }) => url.endsWith("/builds"));
  assert.equal(JSON.parse(build?.body.toString() ?? "").source_blob.version, SHA);
  return SHA;
}

const event = "workflow_dispatch";

test("a branch: by the clock and by hand it is the newest commit at that moment, whatever comes later", async () => {
  const repository: Repository = { branches: { master: SHA } };
  repository.before = (call) => {
    if (call === "POST /repos/team/app/deployments") repository.branches = { master: OTHER };
  };
  assert.equal(
    await pinned({ tracks: "branch master", schedule: "hourly" }, { event: "schedule", repository }),
    SHA,
  );
  const byHand = { tracks: "branch master", onRequest: true };
  assert.equal(await pinned(byHand, { event, suffix: "-by-hand" }), SHA);
});

test("a release: the commit that it marks; by hand that of the latest", async () => {
  const rules = { tracks: "releases", onRequest: true };
  const repository = { tags: { v2: SHA, v1: OTHER }, latestRelease: "v2" };
  assert.equal(await pinned(rules, { event: "release", sha: SHA, repository }), SHA);
  assert.equal(await pinned(rules, { event, repository }), SHA);
  assert.equal(await pinned(rules, { event, repository: {} }), undefined);
});

test("pre-releases: only where they are stated; a draft never", async () => {
  const on = (tracks: string) => read(workflowWith("api", { tracks })).on;
  assert.deepEqual(on("releases"), { release: { types: ["released"] } });
  assert.deepEqual(on("prereleases"), { release: { types: ["published"] } });
  const releases = [
    { tag_name: "v3", draft: true, published_at: null },
    { tag_name: "v2-rc.1", prerelease: true, published_at: "2026-01-03T00:00:00Z" },
    { tag_name: "v1", published_at: "2026-01-02T00:00:00Z" },
  ];
  const tags = { v1: OTHER, "v2-rc.1": SHA, v3: OTHER };
  const rules = { tracks: "prereleases", onRequest: true };
  assert.equal(await pinned(rules, { event, repository: { tags, releases } }), SHA);
});

test("stable tags: no pre-release, be it by SemVer or by Python's", async () => {
  const rules = { tracks: "stable tags my-api/v*", onRequest: true };
  assert.deepEqual((read(workflowWith("api", rules)).on.push as { tags: string[] }).tags, [
    "my-api/v*",
    "!my-api/v**-**",
    "!my-api/v**[A-Za-z]**",
  ]);
  const tags = {
    "my-api/v1.9.0": SHA,
    "my-api/v2.0.0-rc.1": OTHER,
    "my-api/v2.0rc1": OTHER,
    "my-api/v3/x": OTHER,
  };
  assert.equal(await pinned(rules, { event, repository: { tags } }), SHA);
});

test("tags: by hand the highest version that matches", async () => {
  const rules = { tracks: "tags v*", onRequest: true };
  const repository = { tags: { "v1.9.0": OTHER, "v1.10.0": SHA, "w9.0.0": OTHER } };
  assert.equal(await pinned(rules, { event: "push", sha: SHA, repository }), SHA);
  assert.equal(await pinned(rules, { event, repository }), SHA);
  assert.equal(await pinned(rules, { event, repository: { tags: { w1: SHA } } }), undefined);
});

test("on a branch: a release elsewhere is refused", async () => {
  const file = workflowWith("api", { tracks: "releases on master" });
  const run = (status: string) =>
    deployed(file, { event: "release", repository: { compared: { [`master...${SHA}`]: { status } } } });
  for (const status of ["behind", "identical"])
    assert.equal((await run(status)).results.deploy, "success", status);
  for (const status of ["ahead", "diverged"]) {
    const seen = await run(status);
    assert.match(seen.output, new RegExp(`::error::${SHA} is not on the branch master \\(${status}\\)`));
    assert.ok(untouched(seen));
  }
});

const AFTER = {
  tracks: "branch master",
  schedule: "after tests",
  gates: { environments: { tests: "verified" } },
};
const record = (task: string, sha = SHA, environment = "tests", states = ["success"]) => ({
  environment,
  task,
  sha,
  states,
});
const onMaster = { [`master...${SHA}`]: { status: "identical" } };
const bell = { event: "workflow_run", github: { event: { workflow_run: { conclusion: "success" } } } };

test("after an environment: the commit that passed it last, as its records say", async () => {
  const deployments = [record("verify:api", OTHER), record("deploy:api"), record("verify:api")];
  assert.equal(await pinned(AFTER, { ...bell, repository: { deployments, compared: onMaster } }), SHA);
});

test("after an environment: nothing where its run failed, nothing passed it, or the commit is here already", async () => {
  const file = workflowWith("api", AFTER);
  const failed = await deployed(file, {
    ...bell,
    github: { event: { workflow_run: { conclusion: "failure" } } },
  });
  assert.deepEqual(failed.results, { rules: "skipped", deploy: "skipped" });
  const here = record("deploy:api", SHA, "staging");
  for (const deployments of [[], [record("deploy:api"), record("verify:api"), here]]) {
    const seen = await deployed(file, { ...bell, repository: { deployments, compared: onMaster } });
    assert.deepEqual(seen.results, { rules: "success", deploy: "skipped" }, seen.output);
    assert.ok(untouched(seen));
  }
});

test("after an environment: a commit that is not on the tracked branch is refused", async () => {
  const repository = {
    deployments: [record("deploy:api"), record("verify:api")],
    compared: { [`master...${SHA}`]: { status: "diverged" } },
  };
  const seen = await deployed(workflowWith("api", AFTER), { ...bell, repository });
  assert.match(seen.output, /is not on the branch master/);
  assert.ok(untouched(seen));
});

const OWN = { tracks: "branch dev", ownBranch: true, gates: { pullRequest: "merged" } };

test("own branch: its newest commit, with a loud word on migrations that only it has", async () => {
  const file = workflowWith("api", OWN, { suffix: "-by-hand" });
  const added = ["shop/migrations/0007_colour.py", "shop/models.py"];
  const repository = {
    branches: { dev: OTHER, "anton/try": SHA },
    compared: { [`dev...${SHA}`]: { status: "ahead", added } },
  };
  const seen = await deployed(file, { event, inputs: { branch: "anton/try" }, repository });
  assert.equal(seen.results.deploy, "success", seen.output);
  assert.match(
    seen.output,
    /::warning::anton\/try has migrations that dev has not; .*: shop\/migrations\/0007_colour\.py\n/,
  );
  assert.match(seen.summary, /\*\*anton\/try\*\* of anton takes the place of dev/);
  assert.equal(seen.repository.deployments?.[0]?.sha, SHA);
});

test("own branch: without one, the tracked branch comes back, by all its rules", async () => {
  const file = workflowWith("api", OWN, { suffix: "-by-hand" });
  const inputs = { branch: "" };
  const back = await deployed(file, {
    event,
    inputs,
    repository: { branches: { dev: SHA }, pulls: { [SHA]: true } },
  });
  assert.equal(back.results.deploy, "success", back.output);
  const seen = await deployed(file, { event, inputs, repository: { branches: { dev: SHA }, pulls: {} } });
  assert.match(seen.output, /did not come through a merged pull request/);
});

test("own branch: what is no branch is refused", async () => {
  const file = workflowWith("api", OWN, { suffix: "-by-hand" });
  for (const branch of ["gone", "../../x", "a b", "x\n::add-mask::y"]) {
    const seen = await deployed(file, { event, inputs: { branch } });
    assert.equal(seen.results.rules, "failure");
    assert.ok(untouched(seen));
    assert.doesNotMatch(seen.output, /^::add-mask/m);
  }
});

const TELL = { tracks: "branch master", onFailure: { tell: "ashwin" } };

test("tell: one issue for the stated person, a comment for the next failure, closed by the next success", async () => {
  const file = workflowWith("api", TELL);
  const repository: Repository = {};
  const wish = { repository, heroku: { build: "failed" as const } };
  const first = await deployed(file, wish);
  assert.equal(first.results.tell, "success", first.output);
  Object.assign(repository, first.repository);
  assert.deepEqual(
    repository.issues?.map(({ assignees, state }) => ({ assignees, state })),
    [{ assignees: ["ashwin"], state: "open" }],
  );
  assert.match(
    repository.issues?.[0]?.comments[0] ?? "",
    new RegExp(
      `^Deploy api to staging went wrong for ${SHA}, started by anton: https://github.com/team/app/actions/runs/1$`,
    ),
  );
  await deployed(file, wish);
  assert.equal(repository.issues?.length, 1);
  assert.equal(repository.issues?.[0]?.comments.length, 2);
  await deployed(file, { repository });
  assert.equal(repository.issues?.[0]?.state, "closed");
  const quiet = await deployed(file, { repository });
  assert.ok(!quiet.written.some(({ call }) => call.includes("issues")));
});

test("tell: of a refusal too, unless a person sees it anyway; not of what was left alone", async () => {
  const checks = { ...TELL, onRequest: true, gates: { checks: { build: "any" } } };
  const pushed = await deployed(workflowWith("api", checks));
  assert.deepEqual([pushed.results.rules, pushed.repository.issues?.length], ["failure", 1]);
  const asked = await deployed(workflowWith("api", checks, { suffix: "-by-hand" }), { event });
  assert.deepEqual([asked.results.rules, asked.results.tell], ["failure", "skipped"]);
  const merged = await deployed(
    workflowWith("api", { ...TELL, schedule: "after every merged pull request" }),
  );
  assert.deepEqual(merged.results, { rules: "success", deploy: "skipped", tell: "skipped" });
});
