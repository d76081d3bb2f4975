import assert from "node:assert/strict";
import { test } from "vitest";
import { workflowWith } from "./deployed";
import type { Repository } from "./github-platform";
import { deployed, OTHER, SHA, untouched, type Wish } from "./world";

const here = (sha: string, states = ["success"]) => ({
  environment: "staging",
  task: "deploy:api",
  sha,
  states,
});
const PUSH = workflowWith("api", { tracks: "branch master", onFailure: { tell: "ashwin" } });

/** A push of SHA while OTHER is deployed, and how SHA stands to it. */
function pushed(status: string, more: Partial<Repository> & { added?: string[]; standing?: string } = {}) {
  const { added, standing = "behind", ...repository } = more;
  return deployed(PUSH, {
    repository: {
      deployments: [here(OTHER)],
      compared: { [`master...${OTHER}`]: { status: standing }, [`${OTHER}...${SHA}`]: { status, added } },
      ...repository,
    },
  });
}

test("an older commit never takes the place of a newer one, and whoever is told is not told of it", async () => {
  const failure = { number: 1, label: "deploy-api-staging", state: "open", assignees: [], comments: [] };
  const seen = await pushed("behind", { issues: [failure] });
  assert.deepEqual(seen.results, { deploy: "success", tell: "skipped" }, seen.output);
  assert.match(
    seen.output,
    new RegExp(`::notice::Not deployed: staging has ${OTHER} already, which is newer`),
  );
  assert.ok(untouched(seen));
  assert.deepEqual(failure.comments, [], "the failure of before is not mended by this");
});

test("what broke off since the newest success does not make an older commit newer", async () => {
  const seen = await pushed("behind", { deployments: [here(OTHER), here("c".repeat(40), ["failure"])] });
  assert.ok(untouched(seen), seen.output);
});

test("a newer commit goes out, and so does the tracked branch after a developer's own", async () => {
  assert.equal(
    (await pushed("ahead", { added: ["app/models.py"] })).repository.deployments?.at(-1)?.sha,
    SHA,
  );
  const back = await pushed("behind", { standing: "diverged" });
  assert.equal(back.repository.deployments?.at(-1)?.sha, SHA, back.output);
});

test("a commit of our own workflow files alone starts nothing where something is deployed", async () => {
  const own = ".github/workflows/deploy-api-tests.yml";
  const seen = await pushed("ahead", { added: [own, ".github/workflows/restore-data-tests.yml"] });
  assert.match(
    seen.output,
    /Not deployed: since b{40}, which staging has, only workflow files of Stagewright's/,
  );
  assert.ok(untouched(seen));
  for (const other of [".github/workflows/ci.yml", "deploy-x.yml", "app/.github/workflows/deploy-x.yml"])
    assert.ok(!untouched(await pushed("ahead", { added: [own, other] })), other);
});

const CHAIN = {
  tracks: "branch master",
  schedule: "hourly",
  onRequest: true,
  gates: { environments: { tests: "verified", stage: "deployed" } },
};
const passed = (sha: string, tasks: string[]) =>
  tasks.map((each) => {
    const [environment = "", task = ""] = each.split(" ");
    return { environment, task, sha, states: ["success"] };
  });
const ALL = ["tests deploy:api", "tests verify:api", "stage deploy:api"];
const onMaster = { [`master...${SHA}`]: { status: "behind" }, [`master...${OTHER}`]: { status: "behind" } };
const chain = (wish: Wish) => deployed(workflowWith("api", CHAIN), { event: "schedule", ...wish });

test("people work on: the newest commit that passed what is required goes out, not the newest of all", async () => {
  const deployments = [...passed(SHA, ALL), ...passed(OTHER, ["tests deploy:api", "stage deploy:api"])];
  const repository = { branches: { master: OTHER }, deployments, compared: onMaster };
  const seen = await chain({ sha: OTHER, repository });
  assert.equal(seen.results.deploy, "success", seen.output);
  assert.equal(seen.repository.deployments?.at(-1)?.sha, SHA);
});

test("while nothing has passed, the clock leaves it and a person is told", async () => {
  const repository = { branches: { master: OTHER }, deployments: passed(OTHER, ["tests deploy:api"]) };
  const seen = await chain({ sha: OTHER, repository });
  assert.deepEqual(seen.results, { rules: "success", deploy: "skipped" }, seen.output);
  const asked = await chain({ sha: OTHER, repository, event: "workflow_dispatch" });
  assert.match(
    asked.output,
    /::error::No commit of master has passed yet what is required: tests deploy:api, /,
  );
});

test("a commit that a person names is judged by every gate, and must be on the branch", async () => {
  const event = "workflow_dispatch";
  const run = (commit: string, more: Partial<Repository> = {}) => {
    const deployments = passed(SHA, ALL);
    const repository = { deployments, compared: onMaster, commits: [SHA, OTHER], ...more };
    return chain({ event, sha: OTHER, inputs: { commit }, repository });
  };
  assert.equal((await run(SHA.slice(0, 9))).repository.deployments?.at(-1)?.sha, SHA);
  const wrong: [string, RegExp, Partial<Repository>][] = [
    ["master; id", /'master; id' is no commit/, {}],
    ["abcdef1234567", /was refused with HTTP 404|GitHub knows of no commit/, { commits: [] }],
    [OTHER, /b{40} has no successful deploy:api in tests/, {}],
    [
      SHA,
      /is not on the branch master \(diverged\)/,
      { compared: { [`master...${SHA}`]: { status: "diverged" } } },
    ],
  ];
  for (const [commit, says, more] of wrong) {
    const seen = await run(commit, more);
    assert.match(seen.output, says);
    assert.ok(untouched(seen));
  }
});
