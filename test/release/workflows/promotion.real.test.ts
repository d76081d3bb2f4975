import assert from "node:assert/strict";
import { test } from "vitest";
import { ALL, FIRST, GUI, Gui, guiSpec, REFUSED, SECOND, writes } from "./promoting";

const APPROVED_ONLY = { check: "success", promote: "failure", deploy: "skipped" };

test("what staging holds goes out: master has its files, its history, and its own workflow file", async () => {
  const gui = new Gui();
  const before = gui.head("master");
  const staging = gui.head("staging");
  const { results, output, summary, name } = await gui.run("promote");
  assert.deepEqual(results, ALL, output);
  assert.equal(name, "Promote staging to master");
  assert.deepEqual(gui.site(), SECOND);
  const made = gui.git.info("master");
  assert.deepEqual(made?.parents, [before, staging]);
  assert.equal(
    made?.message,
    `Promote staging to master\n\nRun: https://github.com/${GUI}/actions/runs/1\nPromoted-commit: ${staging}`,
  );
  assert.equal(gui.head("staging"), staging, "staging stays as it is");
  assert.ok(summary.includes(`https://github.com/${GUI}/compare/${before}...${staging}`), summary);
  assert.match(summary, /- `[0-9a-f]{12}` `Show {2}more `\n/);
  assert.ok(summary.includes(`went out to master as [\`${made?.sha}\`]`), summary);
});

test("the production deploy is started for master: a push by the token of a run starts nothing", async () => {
  const gui = new Gui();
  const { output } = await gui.run("promote");
  assert.deepEqual(gui.state.dispatched, [{ workflow: "deploy-gui-production.yml", ref: "master" }], output);
});

test("where the clock deploys master, a promotion starts nothing", async () => {
  const gui = new Gui();
  const spec = guiSpec({ schedule: "weekdays 09:00" });
  const { results } = await gui.run("promote", { spec });
  assert.deepEqual(results, { check: "success", promote: "success" });
  assert.deepEqual(gui.state.dispatched, []);
});

test("one release follows another", async () => {
  const gui = new Gui();
  await gui.run("promote");
  const third = { ...SECOND, "web/index.html": "three" };
  const staging = gui.work(third);
  const { results, output } = await gui.run("promote");
  assert.deepEqual(results, ALL, output);
  assert.deepEqual(gui.site(), third);
  assert.equal(gui.git.info("master")?.parents[1], staging);
});

test("where master holds what staging holds, nothing is promoted and nobody asked", async () => {
  const gui = new Gui();
  await gui.run("promote");
  const asked: string[] = [];
  const again = await gui.run("promote", { beforeApproval: (environment) => asked.push(environment) });
  assert.deepEqual(again.results, { check: "success", promote: "skipped", deploy: "skipped" });
  assert.match(again.output, /::notice::Nothing to promote: master holds what staging holds/);
  assert.deepEqual(asked, []);
});

test("only the job that waits for its approval changes anything", async () => {
  const gui = new Gui();
  const asked: string[] = [];
  const master = gui.head("master");
  await gui.run("promote", {
    beforeApproval: (environment) => {
      asked.push(environment);
      assert.equal(gui.head("master"), master);
    },
  });
  assert.deepEqual(asked, ["production-promotion"]);
});

test("work on master that staging never had is never lost: refused", async () => {
  const gui = new Gui();
  const master = gui.direct({ ...FIRST, "web/hotfix.css": "now" });
  const { results, output, calls } = await gui.run("promote");
  assert.deepEqual(results, REFUSED);
  assert.match(
    output,
    /::error::Not promoted: master has what staging has not \(web\/hotfix\.css\): merge master into staging first/,
  );
  assert.deepEqual(writes(calls), []);
  assert.equal(gui.head("master"), master);
});

test("a long divergence is said in short", async () => {
  const gui = new Gui();
  const many = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`web/${n}.css`, "x"]));
  gui.direct({ ...FIRST, ...many });
  const { output } = await gui.run("promote");
  assert.match(output, /\(web\/1\.css, web\/2\.css, web\/3\.css and 2 more\)/);
});

test("once master is merged into staging, it goes on", async () => {
  const gui = new Gui();
  const hotfix = gui.direct({ ...FIRST, "web/hotfix.css": "now" });
  const merged = { ...SECOND, "web/hotfix.css": "now" };
  const staging = gui.head("staging");
  const sha = gui.git.commit("staging", merged, "Merge master", [staging, hotfix]);
  gui.state.checks.push({ sha, name: "build", conclusion: "success" });
  const { results, output } = await gui.run("promote");
  assert.deepEqual(results, ALL, output);
  assert.deepEqual(gui.site(), merged);
});

test("workflow files are no part of it: a promotion leaves those of master alone, and GitHub lets it", async () => {
  const gui = new Gui();
  gui.work({
    ...SECOND,
    ".github/workflows/ci.yml": "on: pull_request",
    ".github/workflows/extra.yml": "new",
  });
  const { results, output } = await gui.run("promote");
  assert.deepEqual(results, ALL, output);
  assert.deepEqual(gui.site(), SECOND);
  const again = await gui.run("promote");
  assert.match(again.output, /Nothing to promote/);
});

test("the commit that was approved goes out, whatever came to staging meanwhile", async () => {
  const gui = new Gui();
  const approved = gui.head("staging");
  const { results, output } = await gui.run("promote", {
    beforeApproval: () => void gui.work({ ...SECOND, "web/index.html": "unapproved" }),
  });
  assert.deepEqual(results, ALL, output);
  assert.deepEqual(gui.site(), SECOND);
  assert.equal(gui.git.info("master")?.parents[1], approved);
});

test("work that came to master meanwhile stops it", async () => {
  const gui = new Gui();
  let direct = "";
  const { results, output } = await gui.run("promote", {
    beforeApproval: () => {
      direct = gui.direct({ ...FIRST, "web/hotfix.css": "now" });
    },
  });
  assert.deepEqual(results, APPROVED_ONLY);
  assert.match(
    output,
    /::error::master has changed since this was checked \(web\/hotfix\.css\): start again/,
  );
  assert.equal(gui.head("master"), direct);
});

test("a workflow file that `pulumi up` committed to master meanwhile does not", async () => {
  const gui = new Gui();
  const { results, output } = await gui.run("promote", {
    beforeApproval: () =>
      void gui.git.commit(
        "master",
        { ...FIRST, ".github/workflows/deploy-gui-production.yml": "newer" },
        "Deploy",
      ),
  });
  assert.deepEqual(results, ALL, output);
  assert.equal(gui.git.files("master")[".github/workflows/deploy-gui-production.yml"], "newer");
});

test("a commit that staging does not hold any more is not promoted", async () => {
  const gui = new Gui();
  const { results, output } = await gui.run("promote", {
    beforeApproval: () => gui.git.reset("staging", gui.git.info("staging")?.parents[0] ?? ""),
  });
  assert.deepEqual(results, APPROVED_ONLY);
  assert.match(output, /::error::[0-9a-f]{40} is not in staging any more: start again/);
});

test("a check that turned red meanwhile stops it", async () => {
  const gui = new Gui();
  const { results, output } = await gui.run("promote", {
    beforeApproval: () => {
      gui.state.checks.push({ sha: gui.head("staging"), name: "nightly", conclusion: "failure" });
    },
  });
  assert.deepEqual(results, APPROVED_ONLY);
  assert.match(output, /nightly is red/);
});

test("what comes to master in the last moment is not overwritten", async () => {
  const gui = new Gui();
  let direct = "";
  const advance = gui.git.advance.bind(gui.git);
  gui.git.advance = (branch, sha) => {
    direct = gui.direct({ ...FIRST, "web/hotfix.css": "now" });
    return advance(branch, sha);
  };
  const { results, output } = await gui.run("promote");
  assert.deepEqual(results, APPROVED_ONLY);
  assert.match(output, /refused with HTTP 422: .*Update is not a fast forward/);
  assert.equal(gui.head("master"), direct);
});

const HEAD = `GET /repos/${GUI}/git/ref/heads/master`;
const MOVE = `PATCH /repos/${GUI}/git/refs/heads/master`;
for (const fault of [500, 429, "gone"] as const) {
  test(`what passes (${fault}) is tried again`, async () => {
    const gui = new Gui();
    const { results, output } = await gui.run("promote", {
      faults: { [HEAD]: [fault], [MOVE]: [fault, fault] },
    });
    assert.deepEqual(results, ALL, output);
    assert.deepEqual(gui.site(), SECOND);
  });
}

test("what does not pass changes nothing", async () => {
  const gui = new Gui();
  const master = gui.head("master");
  const { results, output } = await gui.run("promote", { faults: { [MOVE]: [500, 500, 500, 500, 500] } });
  assert.deepEqual(results, APPROVED_ONLY);
  assert.match(output, /::error::PATCH \/git\/refs\/heads\/master at GitHub was refused with HTTP 500/);
  assert.equal(gui.head("master"), master);
});

for (const down of [
  /check-runs/,
  /statuses/,
  /compare/,
  /GET .*trees/,
  /GET .*commits/,
  /POST .*trees/,
  /POST .*commits/,
]) {
  test(`while GitHub has no answer to ${down}, nothing is promoted`, async () => {
    const gui = new Gui();
    const master = gui.head("master");
    gui.state.down = down;
    const { results, output } = await gui.run("promote");
    assert.notEqual(results.promote, "success");
    assert.match(output, /::error::.* was refused with HTTP 500/);
    assert.equal(gui.head("master"), master);
    assert.deepEqual(gui.state.dispatched, []);
  });
}

test("a network that is gone changes nothing", async () => {
  const gui = new Gui();
  const master = gui.head("master");
  const { results, output } = await gui.run("promote", { gone: ["github"] });
  assert.deepEqual(results, REFUSED);
  assert.match(output, /::error::GET \/git\/ref\/heads\/master at GitHub: no answer/);
  assert.equal(gui.head("master"), master);
});
