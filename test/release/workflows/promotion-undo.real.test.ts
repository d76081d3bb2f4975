import assert from "node:assert/strict";
import { test } from "vitest";
import { ALL, FIRST, Gui, REFUSED, SECOND } from "./promoting";

test("an undo gives master back what it held, as a new commit, and starts the deploy", async () => {
  const gui = new Gui();
  await gui.run("promote");
  const promoted = gui.head("master");
  const { results, output, name, summary } = await gui.run("promote", { inputs: { undo: true } });
  assert.deepEqual(results, ALL, output);
  assert.equal(name, "Undo the promotion of staging to master");
  assert.deepEqual(gui.site(), FIRST);
  const made = gui.git.info("master");
  assert.deepEqual(made?.parents, [promoted], "nothing is forced: the history goes on");
  assert.match(made?.message ?? "", new RegExp(`\\nUndone-promotion: ${promoted}$`));
  assert.ok(summary.includes(`\`${promoted}\` is undone by [\`${made?.sha}\`]`), summary);
  assert.equal(gui.state.dispatched.length, 2);
});

test("what was undone can be promoted again, as it is or mended", async () => {
  const gui = new Gui();
  await gui.run("promote");
  await gui.run("promote", { inputs: { undo: true } });
  const again = await gui.run("promote");
  assert.deepEqual(again.results, ALL, again.output);
  assert.deepEqual(gui.site(), SECOND);

  await gui.run("promote", { inputs: { undo: true } });
  const mended = { ...SECOND, "web/index.html": "two, mended" };
  gui.work(mended);
  const last = await gui.run("promote");
  assert.deepEqual(last.results, ALL, last.output);
  assert.deepEqual(gui.site(), mended);
});

test("of several promotions the last is undone, and one at a time", async () => {
  const gui = new Gui();
  await gui.run("promote");
  gui.work({ ...SECOND, "web/index.html": "three" });
  await gui.run("promote");
  await gui.run("promote", { inputs: { undo: true } });
  assert.deepEqual(gui.site(), SECOND);
  const again = await gui.run("promote", { inputs: { undo: true } });
  assert.deepEqual(again.results, REFUSED);
  assert.match(
    again.output,
    /::error::The last promotion of staging to master, [0-9a-f]{40}, is undone already/,
  );
});

test("an undo would drop newer work, so it is refused", async () => {
  const gui = new Gui();
  await gui.run("promote");
  const direct = gui.direct({ ...SECOND, "web/hotfix.css": "now" });
  const { results, output } = await gui.run("promote", { inputs: { undo: true } });
  assert.deepEqual(results, REFUSED);
  assert.match(
    output,
    /::error::Newer work came to master since the promotion [0-9a-f]{40} \(web\/hotfix\.css\)/,
  );
  assert.equal(gui.head("master"), direct);
});

test("newer work in staging does not hinder an undo, nor newer workflow files on master", async () => {
  const gui = new Gui();
  await gui.run("promote");
  const staging = gui.work({ ...SECOND, "web/index.html": "three" });
  const newer = ".github/workflows/deploy-gui-production.yml";
  gui.git.commit("master", { ...SECOND, [newer]: "newer" }, "Deploy gui to production");
  const { results, output } = await gui.run("promote", { inputs: { undo: true } });
  assert.deepEqual(results, ALL, output);
  assert.deepEqual(gui.git.files("master"), { ...FIRST, [newer]: "newer" });
  assert.equal(gui.head("staging"), staging);
});

test("after an undo, work of master's own is still seen", async () => {
  const gui = new Gui();
  await gui.run("promote");
  await gui.run("promote", { inputs: { undo: true } });
  gui.direct({ ...FIRST, "web/hotfix.css": "now" });
  const { results, output } = await gui.run("promote");
  assert.deepEqual(results, REFUSED);
  assert.match(output, /master has what staging has not/);
});

test("without a promotion there is nothing to undo", async () => {
  const { results, output } = await new Gui().run("promote", { inputs: { undo: true } });
  assert.deepEqual(results, REFUSED);
  assert.match(output, /::error::There is no promotion of staging to master to undo/);
});
