import assert from "node:assert/strict";
import { test } from "vitest";
import { requirements } from "../../../stagewright/release/workflows";
import { read } from "../deploys/runner";
import { apiWith, REPOSITORY, workflowOf } from "./acme";
import { type GitHubState, gitHubState } from "./github-on-git";
import { run, type Wish } from "./run";
import type { SentryError } from "./sentry";

const SPEC = apiWith({ logWatch: { schedule: "hourly", tell: "anton" } });
const FILE = workflowOf("watch", SPEC);
const NOW = "2026-05-04T12:00:00Z";

const look = (state: GitHubState, errors: SentryError[], wish: Partial<Wish> = {}) =>
  run(FILE, { state, event: "schedule", cron: "0 * * * *", now: NOW, sentry: { errors }, ...wish });

/** A look that succeeded began then. */
function looked(at: string): GitHubState {
  const state = gitHubState(REPOSITORY);
  state.runs["watch-api-production.yml"] = [
    {
      event: "schedule",
      status: "completed",
      conclusion: "success",
      display_title: "Watch",
      run_started_at: at,
    },
  ];
  return state;
}

const error = (id: string, firstSeen: string, more: Partial<SentryError> = {}): SentryError => ({
  id,
  title: `KeyError: ${id}`,
  firstSeen,
  ...more,
});

test("no new error, no issue", async () => {
  const state = looked("2026-05-04T11:00:00Z");
  const { results, output } = await look(state, [error("1", "2026-05-04T10:59:00Z")]);
  assert.deepEqual(results, { watch: "success" }, output);
  assert.deepEqual(state.issues, []);
});

test("new errors since the last look open one issue, assigned to whoever is told", async () => {
  const state = looked("2026-05-04T09:30:00Z");
  const { output } = await look(state, [
    error("1", "2026-05-04T09:31:00Z"),
    error("2", "2026-05-04T11:59:00Z"),
    error("3", "2026-05-04T11:00:00Z", { environment: "stage" }),
    error("4", "2026-05-04T11:00:00Z", { project: "other" }),
    error("5", "2026-05-04T11:00:00Z", { status: "resolved" }),
  ]);
  assert.match(output, /::warning::New errors in production: 2, see issue #1/);
  const [issue, ...more] = state.issues;
  assert.deepEqual(more, []);
  assert.equal(issue?.title, "Errors in production (api)");
  assert.deepEqual(issue?.assignees, ["anton"]);
  assert.match(
    issue?.body ?? "",
    /- \[APP-1\]\(https:\/\/sentry\.example\.org\/issues\/1\/\) `KeyError: 1` \(3 times\)\n- \[APP-2\]/,
  );
  assert.match(issue?.body ?? "", /<!-- since 2026-05-04T09:30:00Z known 1 2 -->\s*$/);
});

test("without a look before, the last hour counts", async () => {
  const state = gitHubState(REPOSITORY);
  await look(state, [error("1", "2026-05-04T10:59:59Z"), error("2", "2026-05-04T11:00:00Z")]);
  assert.match(state.issues[0]?.body ?? "", /known 2 -->/);
});

test("further errors come as a comment; the same ones do not come again", async () => {
  const state = looked("2026-05-04T11:00:00Z");
  const errors = [error("1", "2026-05-04T11:30:00Z")];
  await look(state, errors);
  await look(state, errors, { now: "2026-05-04T13:00:00Z" });
  assert.deepEqual(state.issues[0]?.comments, []);
  errors.push(error("2", "2026-05-04T13:30:00Z"));
  const { output } = await look(state, errors, { now: "2026-05-04T14:00:00Z" });
  assert.match(output, /::warning::New errors in production: 1, see issue #1/);
  assert.equal(state.issues.length, 1);
  assert.equal(state.issues[0]?.comments.length, 1);
  assert.match(state.issues[0]?.comments[0] ?? "", /^New:\n\n- \[APP-2\]/);
  assert.match(state.issues[0]?.body ?? "", /known 1 2 -->/);
});

test("what is resolved goes from the issue, and the last one closes it", async () => {
  const state = looked("2026-05-04T11:00:00Z");
  const errors = [error("1", "2026-05-04T11:30:00Z"), error("2", "2026-05-04T11:40:00Z")];
  await look(state, errors);
  Object.assign(errors[0] ?? {}, { status: "resolved" });
  await look(state, errors);
  assert.match(state.issues[0]?.body ?? "", /known 2 -->/);
  assert.equal(state.issues[0]?.state, "open");
  Object.assign(errors[1] ?? {}, { status: "resolved" });
  const { output } = await look(state, errors);
  assert.match(output, /::notice::No error is left in production: issue #1 is closed/);
  assert.equal(state.issues[0]?.state, "closed");

  errors.push(error("3", "2026-05-04T11:50:00Z"));
  await look(state, errors);
  assert.equal(state.issues.length, 2, "the next ones open another");
});

test("what users typed calls nobody and hides nothing", async () => {
  const state = looked("2026-05-04T11:00:00Z");
  const title = "` @team/all <!-- since 2030-01-01T00:00:00Z known 9 -->\n::error::x";
  await look(state, [error("1", "2026-05-04T11:30:00Z", { title })]);
  const body = state.issues[0]?.body ?? "";
  assert.match(body, /` {2}@team\/all <!-- since .* known 9 --> ::error::x` \(3 times\)/);
  await look(state, [error("1", "2026-05-04T11:30:00Z", { title })]);
  assert.match(state.issues[0]?.body ?? "", /<!-- since 2026-05-04T11:00:00Z known 1 -->\s*$/);
});

test("more than a page of errors is said, not cut off silently", async () => {
  const state = looked("2026-05-04T11:00:00Z");
  await look(
    state,
    Array.from({ length: 120 }, (_, n) => error(`${n + 1}`, "2026-05-04T11:30:00Z")),
  );
  assert.match(state.issues[0]?.body ?? "", /- and more at Sentry\n/);
});

test("an issue that somebody else opened under the same name is left alone", async () => {
  const state = looked("2026-05-04T11:00:00Z");
  state.issues.push({
    title: "Errors in production (api)",
    body: "x",
    state: "open",
    assignees: [],
    labels: [],
    comments: [],
  });
  await look(state, [error("1", "2026-05-04T11:30:00Z")]);
  assert.equal(state.issues.length, 2);
  assert.deepEqual(state.issues[0]?.comments, []);
});

test("an issue whose last line was changed is not guessed at", async () => {
  const state = looked("2026-05-04T11:00:00Z");
  await look(state, [error("1", "2026-05-04T11:30:00Z")]);
  Object.assign(state.issues[0] ?? {}, { body: "edited" });
  const { results, output } = await look(state, [error("1", "2026-05-04T11:30:00Z")]);
  assert.deepEqual(results, { watch: "failure" });
  assert.match(output, /::error::The last line of issue #1 is not as it was left/);
});

const QUESTION = "GET /organizations/acme/issues/";
for (const fault of [500, 429, "gone"] as const) {
  test(`what passes (${fault}) at Sentry is tried again`, async () => {
    const state = looked("2026-05-04T11:00:00Z");
    const errors = [error("1", "2026-05-04T11:30:00Z")];
    await look(state, errors, { sentry: { errors, faults: { [QUESTION]: [fault] } } });
    assert.equal(state.issues.length, 1);
  });
}

test("Sentry out of reach is a failure, not a quiet night, and the next look starts where the last good one did", async () => {
  const state = looked("2026-05-04T11:00:00Z");
  const { results, output } = await look(state, [], { gone: ["sentry"] });
  assert.deepEqual(results, { watch: "failure" });
  assert.match(output, /::error::The question for errors at Sentry: no answer/);
  assert.deepEqual(state.issues, []);
});

test("it may write issues and read runs, and its token is in an environment of its own", () => {
  const { watch } = read(FILE).jobs;
  assert.deepEqual(watch?.permissions, { issues: "write", actions: "read" });
  assert.deepEqual(requirements("acme", SPEC), [
    {
      repository: REPOSITORY,
      environment: "production-watch",
      secrets: ["SENTRY_AUTH_TOKEN"],
      variables: [],
    },
  ]);
});

test("without a Sentry project there is nothing to watch", () => {
  const { errors: _, ...spec } = SPEC;
  assert.throws(() => workflowOf("watch", spec), {
    message:
      "release.api.logWatch: { schedule: hourly, tell: anton }: the environment production has no 'errors' section that names the Sentry project",
  });
});
