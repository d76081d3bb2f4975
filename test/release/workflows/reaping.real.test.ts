import assert from "node:assert/strict";
import { test } from "vitest";
import { read } from "../deploys/runner";
import { apiWith, REPOSITORY, workflowOf } from "./acme";
import { Previewing } from "./previewing";

const PREVIEWS = { of: "pull requests", after: {}, label: "keep-preview", project: { directory: "." } };
const SPEC = apiWith({ previews: PREVIEWS, onFailure: { action: "stop", tell: "bea" } }, "staging");
const FILE = workflowOf("reap", SPEC);
const soon = (name: string) => ({ name, expires: "2026-01-08T08:00:00.000Z" });

test("it runs every hour, by hand too, and one job for each fifty environments that there may be", () => {
  const { on, jobs } = read(FILE);
  assert.deepEqual(on, { schedule: [{ cron: "17 * * * *" }], workflow_dispatch: {} });
  assert.deepEqual(jobs.reap?.strategy?.matrix, { part: ["1/1"] });
  const many = {
    ...SPEC,
    ephemeral: { max: 1000, ttl: "72h", maxTtl: "14d", sandboxes: true, database: "empty" },
  } as typeof SPEC;
  const { part } = read(workflowOf("reap", many)).jobs.reap?.strategy?.matrix ?? {};
  assert.deepEqual([part?.length, part?.[0], part?.at(-1)], [20, "1/20", "20/20"]);
});

test("with nothing to do it says nothing to anybody", async () => {
  const play = new Previewing(REPOSITORY);
  const pull = play.pull();
  play.made("pr-7");
  const { results, output } = await play.run(FILE);
  assert.deepEqual(results, { reap: "success" }, output);
  assert.deepEqual([play.environments, play.state.issues, pull.comments], [["pr-7"], [], []]);
  assert.deepEqual(play.commands, ["reap --shard 1/1 --dir . --json", "list --dir . --json"]);
});

test("a pull request is told once that its preview ends within a day, and that it is gone", async () => {
  const play = new Previewing(REPOSITORY);
  const pulls = [play.pull(7), play.pull(8, { locked: true }), play.pull(9)];
  play.plays({
    reaped: { soon: [soon("pr-7"), soon("pr-8"), soon("sandbox-anton")], destroyed: [soon("pr-9")] },
  });
  const first = await play.run(FILE);
  assert.deepEqual(first.results, { reap: "success" });
  assert.match(first.output, /::warning::#8 could not be told/);
  assert.deepEqual(
    pulls.map(({ comments }) => comments.map(({ body }) => body.split("\n")[1])),
    [
      ["The preview ends at 2026-01-08 08:00 UTC. A push, or the label `keep-preview` for 14d, keeps it."],
      [],
      [
        "**Preview** is gone, as its time was over or the pull request is closed. A push to an open one brings it back.",
      ],
    ],
  );
  const before = JSON.stringify(pulls);
  await play.run(FILE);
  assert.equal(JSON.stringify(pulls), before);
});

test("what could not be destroyed and what nobody owns is one issue, which closes when nothing is left", async () => {
  const play = new Previewing(REPOSITORY);
  play.plays({
    code: 3,
    reaped: {
      failed: [{ name: "pr-3", reason: "Heroku: `@team/all` 503\nno" }],
      orphans: [{ environment: "eph-pr-4", type: "heroku:app/app:App", name: "acme-eph-pr-4", id: "1" }],
    },
  });
  const first = await play.run(FILE);
  assert.match(first.output, /::warning::Environments are left over, see issue #1/);
  await play.run(FILE);
  const [issue, ...more] = play.state.issues;
  assert.deepEqual(more, []);
  assert.deepEqual(
    [issue?.assignees, issue?.labels, issue?.comments],
    [["bea"], ["reap-api-staging-1/1"], []],
  );
  assert.match(issue?.body ?? "", /- `pr-3`: `Heroku: {2}@team\/all {2}503 no`/);
  assert.match(issue?.body ?? "", /- `heroku:app\/app:App` `acme-eph-pr-4` of `eph-pr-4`/);
  play.plays({});
  await play.run(FILE);
  assert.equal(issue?.state, "closed");
});

test("a preview whose close GitHub lost is destroyed; one whose pull request nobody knows, or is open, is left", async () => {
  const play = new Previewing(REPOSITORY);
  const closed = play.pull(7, { state: "closed" });
  play.pull(8);
  for (const name of ["pr-7", "pr-8", "pr-99", "sandbox-anton"]) play.made(name);
  const { results, output } = await play.run(FILE);
  assert.deepEqual(results, { reap: "success" }, output);
  assert.deepEqual(play.environments, ["pr-8", "pr-99", "sandbox-anton"]);
  assert.match(closed.comments[0]?.body ?? "", /is gone/);
});

test("one that cannot be destroyed then is on the issue", async () => {
  const play = new Previewing(REPOSITORY);
  play.pull(7, { state: "closed" });
  play.made("pr-7");
  play.plays({ destroy: 1 });
  await play.run(FILE);
  assert.match(
    play.state.issues[0]?.body ?? "",
    /`pr-7`: `its pull request is closed, and it could not be destroyed`/,
  );
});

test("a reaper that cannot even look is a red run", async () => {
  const play = new Previewing(REPOSITORY);
  play.plays({ code: 2 });
  const { results, output } = await play.run(FILE);
  assert.deepEqual(results, { reap: "failure" });
  assert.match(output, /::error::stagewright ended with 2/);
});

test("without a person to tell, the issue is nobody's", async () => {
  const play = new Previewing(REPOSITORY);
  play.plays({ code: 3, reaped: { failed: [{ name: "pr-3", reason: "no" }] } });
  await play.run(
    workflowOf("reap", apiWith({ previews: PREVIEWS, onFailure: { action: "stop" } }, "staging")),
  );
  assert.deepEqual(play.state.issues[0]?.assignees, []);
});

test("with more open pull requests than GitHub lists, none of them loses its preview", async () => {
  const play = new Previewing(REPOSITORY);
  for (let number = 1; number <= 1001; number++) play.pull(number);
  play.made("pr-1001");
  const { results, output } = await play.run(FILE);
  assert.deepEqual(results, { reap: "success" }, output);
  assert.deepEqual(play.environments, ["pr-1001"]);
});
