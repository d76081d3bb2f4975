import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "vitest";
import { requirements } from "../../../stagewright/release/workflows";
import { APP, ended } from "../deploys/heroku-platform";
import { apiWith, REPOSITORY, specWith, workflowOf } from "./acme";
import { type GitHubState, gitHubState } from "./github-on-git";
import { run, type Wish } from "./run";

const THRICE = apiWith({ operations: { by: "anton", command: "dt", confirmations: 3 } });
const TWICE = apiWith({ operations: { by: "anton", command: "python manage.py dt" } });
const ALL = { confirm: "success", approve: "success", run: "success" };
const NOTHING = { confirm: "failure", approve: "skipped", run: "skipped" };

function operate(state: GitHubState, typed: string, wish: Partial<Wish> & { spec?: typeof THRICE } = {}) {
  const { spec = THRICE, ...more } = wish;
  const inputs = { arguments: typed, confirm: "production", ...(spec === THRICE && { again: typed }) };
  return run(workflowOf("operate", spec), { state, actor: "anton", inputs, ...more });
}

test("three confirmations: typed twice, approved twice, then run and written down", async () => {
  const state = gitHubState(REPOSITORY);
  const asked: string[] = [];
  const { results, commands, output, summary } = await operate(state, "fix prices --since 2026-01-01", {
    beforeApproval: (environment) => asked.push(environment),
  });
  assert.deepEqual(results, ALL, output);
  assert.deepEqual(asked, ["production-operations", "production-operations-again"]);
  assert.deepEqual(commands, ["dt fix prices --since 2026-01-01"]);
  const [issue] = state.issues;
  assert.equal(issue?.title, "Data operations in production (api)");
  const url = `https://github.com/${REPOSITORY}/actions/runs/1`;
  assert.deepEqual(issue?.comments, [
    `anton: \`dt fix prices --since 2026-01-01\` starts (${url})`,
    `anton: \`dt fix prices --since 2026-01-01\` ended: success (${url})`,
  ]);
  assert.match(summary, /To be run once anton approves: `dt fix prices --since 2026-01-01`/);
});

test("two confirmations: typed and approved", async () => {
  const state = gitHubState(REPOSITORY);
  const asked: string[] = [];
  const { results, commands } = await operate(state, "", {
    spec: TWICE,
    beforeApproval: (environment) => asked.push(environment),
  });
  assert.deepEqual(results, { confirm: "success", run: "success" });
  assert.deepEqual(asked, ["production-operations"]);
  assert.deepEqual(commands, ["python manage.py dt"]);
});

test("each operation is a comment on the same issue", async () => {
  const state = gitHubState(REPOSITORY);
  await operate(state, "one");
  await operate(state, "two");
  assert.equal(state.issues.length, 1);
  assert.equal(state.issues[0]?.comments.length, 4);
});

test("anybody else is refused, who started it or ran it again", async () => {
  for (const who of [{ actor: "bea" }, { actor: "anton", triggeringActor: "bea" }]) {
    const state = gitHubState(REPOSITORY);
    const { results, heroku, output } = await operate(state, "fix", who);
    assert.deepEqual(results, NOTHING);
    assert.match(output, /::error::Only anton .* not bea/);
    assert.deepEqual(heroku, []);
    assert.deepEqual(state.issues, []);
  }
});

test("whoever runs a later job again is looked at there, too", async () => {
  const state = gitHubState(REPOSITORY);
  const wish: Partial<Wish> = { triggeringActor: "bea" };
  const { results } = await operate(state, "fix", wish);
  assert.notEqual(results.run, "success");
});

test("a wrong confirmation is refused", async () => {
  const { results, heroku, output } = await operate(gitHubState(REPOSITORY), "fix", {
    inputs: { arguments: "fix", again: "fix", confirm: "prod" },
  });
  assert.deepEqual(results, NOTHING);
  assert.match(output, /::error::Not confirmed: 'production' must be typed, not 'prod'/);
  assert.deepEqual(heroku, []);
});

test("arguments that differ the second time are refused", async () => {
  const { results, output } = await operate(gitHubState(REPOSITORY), "fix", {
    inputs: { arguments: "fix --all", again: "fix --al", confirm: "production" },
  });
  assert.deepEqual(results, NOTHING);
  assert.match(output, /::error::Not confirmed: the arguments were not typed the same twice/);
});

// What Heroku's shell makes of the line, in a real one.
function shellWords(line: string): string[] {
  const print = 'for word in "$@"; do printf "%s\\0" "$word"; done';
  const text = execFileSync("bash", ["-c", `dt() { ${print}; }\n${line}`], { encoding: "utf8", cwd: "/" });
  return text.split("\0").slice(0, -1);
}

for (const [typed, words] of Object.entries({
  "fix; rm -rf /": ["fix;", "rm", "-rf", "/"],
  "$(id) `id` $HOME $$": ["$(id)", "`id`", "$HOME", "$$"],
  "a && b || c | d > e < f &": ["a", "&&", "b", "||", "c", "|", "d", ">", "e", "<", "f", "&"],
  "'two words' \"and 'more'\" a\\ b": ["two words", "and 'more'", "a b"],
  "* ~ {a,b} !x #y": ["*", "~", "{a,b}", "!x", "#y"],
  "--name=Zoë ''": ["--name=Zoë", ""],
})) {
  test(`to the shell of the dyno ${typed} is arguments and nothing more`, async () => {
    const { results, commands, output } = await operate(gitHubState(REPOSITORY), typed);
    assert.deepEqual(results, ALL, output);
    assert.deepEqual(shellWords(commands[0] ?? ""), words);
  });
}

for (const typed of ["it's", 'say "x', "a\nb", "a\u0007b"]) {
  test(`${JSON.stringify(typed)} is refused`, async () => {
    const { results, heroku, output } = await operate(gitHubState(REPOSITORY), typed);
    assert.deepEqual(results, NOTHING);
    assert.match(output, /::error::The arguments (have a quote that is not closed|hold a line break)/);
    assert.deepEqual(heroku, []);
  });
}

test("what was typed cannot command the runner or break out of the record", async () => {
  const state = gitHubState(REPOSITORY);
  const { output } = await operate(state, "'::add-mask::x' '`@all`'");
  assert.ok(!/^::add-mask::/m.test(output), output);
  assert.match(state.issues[0]?.comments[0] ?? "", /^anton: `dt ::add-mask::x ' @all '` starts/);
});

test("an operation that fails is written down as that", async () => {
  const state = gitHubState(REPOSITORY);
  const { results, output } = await operate(state, "fix", { heroku: { log: ended(3) } });
  assert.equal(results.run, "failure");
  assert.match(output, /::error::'dt fix' failed on .* with status 3/);
  assert.match(state.issues[0]?.comments[1] ?? "", /`dt fix` ended: failure/);
});

test("what cannot be written down does not run", async () => {
  for (const down of [/POST .*\/issues$/, /POST .*\/comments/]) {
    const state = gitHubState(REPOSITORY);
    state.down = down;
    const { results, heroku } = await operate(state, "fix");
    assert.equal(results.run, "failure");
    assert.deepEqual(heroku, []);
  }
});

for (const fault of [500, "gone"] as const) {
  test(`where Heroku does not say whether it started the dyno (${fault}), it is not started again`, async () => {
    const state = gitHubState(REPOSITORY);
    const { results, commands } = await operate(state, "fix", {
      heroku: { faults: { [`POST /apps/${APP}/dynos`]: [fault] } },
    });
    assert.equal(results.run, "failure");
    assert.equal(commands.length, 1);
    assert.match(state.issues[0]?.comments[1] ?? "", /ended: failure/);
  });
}

test("only the one person approves, and only the last approval opens the way to the app", () => {
  const approval = { by: ["user anton"], self: "allowed" };
  const where = { repository: REPOSITORY, approval };
  assert.deepEqual(requirements("acme", THRICE), [
    { ...where, environment: "production-operations", secrets: [], variables: [] },
    {
      ...where,
      environment: "production-operations-again",
      secrets: ["HEROKU_API_KEY"],
      variables: ["HEROKU_APP"],
    },
  ]);
  assert.deepEqual(requirements("acme", TWICE), [
    {
      ...where,
      environment: "production-operations",
      secrets: ["HEROKU_API_KEY"],
      variables: ["HEROKU_APP"],
    },
  ]);
});

test("a GUI has no data to change", () => {
  const spec = specWith({ gui: { tracks: "branch master", operations: { by: "anton", command: "dt" } } });
  assert.throws(
    () => workflowOf("operate", spec),
    /^Error: release\.gui\.operations: .* accepted is release\.api\.operations$/,
  );
});
