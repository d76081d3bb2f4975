import assert from "node:assert/strict";
import { test } from "vitest";
import { workflowWith } from "./deployed";
import { deployed, OTHER, SHA, untouched, type Wish } from "./world";

const REF = "GET /repos/team/app/git/ref/heads/master";
const deploy = (wish: Wish = {}, rules: object = {}) =>
  deployed(workflowWith("gui", { tracks: "branch master", ...rules }), wish);

test("the hook is called for the branch while the commit is its newest, without GitHub's token", async () => {
  const { results, output, received } = await deploy();
  assert.equal(results.deploy, "success", output);
  const [hook] = received.netlify;
  const called = new URL(hook?.url ?? "", "http://netlify");
  assert.equal(`${hook?.method} ${called.pathname}`, "POST /build_hooks/5f1e");
  assert.deepEqual(Object.fromEntries(called.searchParams), {
    trigger_branch: "master",
    trigger_title: `master at ${SHA}`,
  });
  assert.equal(hook?.body.toString(), "{}");
  assert.equal(hook?.headers.authorization, undefined);
  assert.match(output, /::notice::Netlify builds master/);
});

test("a pushed commit that is not the newest any more is left to the newer run, and is no success", async () => {
  const seen = await deploy({ repository: { branches: { master: OTHER } } }, { verify: { run: "true" } });
  assert.equal(seen.results.deploy, "success", seen.output);
  assert.match(seen.output, /::notice::master has moved on/);
  assert.deepEqual(seen.calls.netlify, []);
  const records = seen.repository.deployments?.map(({ task, states }) => `${task} ${states[0]}`);
  assert.deepEqual(records, ["deploy:gui inactive"]);
});

test("where the branch moves while the rules are checked, a deploy by the clock is refused", async () => {
  const file = workflowWith("gui", { tracks: "branch master", schedule: "hourly" });
  let asked = 0;
  const repository = {
    branches: { master: SHA },
    before(call: string) {
      if (call === REF && ++asked === 2) repository.branches.master = OTHER;
    },
  };
  const seen = await deployed(file, { event: "schedule", repository });
  assert.equal(seen.results.deploy, "failure");
  assert.match(seen.output, /::error::master has moved on from .* while the rules were checked/);
  assert.deepEqual(seen.calls.netlify, []);
});

for (const fault of [500, 429, "gone"] as const) {
  test(`what passes (${fault}) is tried again, at both calls`, async () => {
    const hook = "POST /build_hooks/5f1e";
    const seen = await deploy({ githubFaults: { [REF]: [fault] }, netlifyFaults: { [hook]: [fault] } });
    assert.equal(seen.results.deploy, "success", seen.output);
    assert.deepEqual(seen.calls.netlify, [hook, hook]);
  });
}

test("a hook that is gone ends the step without showing its address", async () => {
  const { results, output } = await deploy({ netlifyFaults: { "POST /build_hooks/5f1e": [404] } });
  assert.equal(results.deploy, "failure");
  assert.match(output, /::error::The build hook of Netlify was refused with HTTP 404/);
  assert.ok(!output.includes("/build_hooks/"));
});

test("where GitHub does not say what is newest, nothing is deployed", async () => {
  const seen = await deploy({ githubFaults: { [REF]: [401] } });
  assert.equal(seen.results.deploy, "failure");
  assert.match(seen.output, /::error::GET \/git\/ref\/heads\/master at GitHub was refused with HTTP 401/);
  assert.deepEqual(seen.calls.netlify, []);
});

test("what cannot be restored without an account's token is said", async () => {
  const { output } = await deploy({ health: [500] }, { onFailure: { action: "restore" } });
  assert.match(output, /::warning::A build that fails leaves the site as it is/);
});

test("verify: the command runs in the checkout after the deploy", async () => {
  const seen = await deploy({}, { verify: { run: "grep -q gunicorn Procfile" } });
  assert.equal(seen.results.deploy, "success", seen.output);
  const failed = await deploy({}, { verify: { run: "grep -q tomcat Procfile" } });
  const records = failed.repository.deployments?.map(({ task, states }) => `${task} ${states[0]}`);
  assert.deepEqual(records, ["deploy:gui success", "verify:gui failure"]);
});

test("a promotion's deploy, which it starts without a push, is that of the branch", async () => {
  const promotion = { from: "staging", approval: { by: ["team web"] } };
  const seen = await deploy({ event: "workflow_dispatch", sha: OTHER }, { promotion });
  assert.equal(seen.results.deploy, "success", seen.output);
  assert.equal(seen.repository.deployments?.[0]?.sha, SHA);
  const stopped = await deploy({ event: "push", gone: ["github"] }, { promotion });
  assert.ok(untouched(stopped));
});
