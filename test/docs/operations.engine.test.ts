import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { findEngine } from "../../stagewright/engine/find";
import type { Tree } from "../../stagewright/environment/merge";
import { readProject, readStack } from "../../stagewright/project/project";
import { openCloud } from "../../stagewright/rehearsal/cloud";
import { seed } from "../../stagewright/rehearsal/seed";
import { heroku } from "../../stagewright/rehearsal/vendors/heroku";
import { play } from "../rehearsal/vendor-play";
import { accountsOf, plainCli } from "../support/plain-cli";
import { run } from "../support/process";
import { edit, ROOT, scratch, systemCopy } from "../support/projects";

// The commands of docs/operations.md, run by the official CLI against the rehearsal cloud.

const page = readFileSync(path.join(ROOT, "docs/operations.md"), "utf8");

/** The first block of shell under a headline. */
function shell(headline: string): string {
  const [, indent = "", block] =
    /\n( *)```bash\n([\s\S]*?)```/.exec(page.slice(page.indexOf(`\n${headline}\n`))) ?? [];
  assert.ok(block, headline);
  return block.replaceAll(`\n${indent}`, "\n");
}

test("a database that was copied to another tier is managed in place of the old one", async () => {
  const dir = systemCopy("upendo");
  symlinkSync(path.join(ROOT, "node_modules"), path.join(dir, "node_modules"));
  process.chdir(dir); // a provider works in the project's folder; here it is this process
  const state = scratch();
  const cloud = await openCloud(path.join(state, "cloud.db"));
  const pulumi = await plainCli(dir, state, "staging", cloud);
  const done = async (...args: string[]): Promise<string> => {
    const { status, output } = await pulumi(...args);
    assert.equal(status, 0, `${args.join(" ")}\n${output}`);
    return output;
  };
  try {
    seed(cloud.store, readStack(readProject(dir), "staging").spec);
    await done("stack", "init", "--no-select");
    await done("config", "set", "--secret", "herokuDeployToken", "t");
    await done("up", "--yes", "--non-interactive");
    const [app] = cloud.store.list("heroku:app/app:App");
    assert.ok(app);
    // What the commands of Heroku's CLI do.
    const made = await play(heroku, { store: cloud.store });
    const inputs = { appId: app.id, name: "staging-upendo-standard", plan: "heroku-postgresql:standard-0" };
    const { id } = await made.create("heroku:addon/addon:Addon", "by-hand", inputs);
    edit(dir, "Pulumi.staging.yaml", ({ config }) => {
      const differs = (config as Record<string, Tree>)["upendo:differs"];
      assert.ok(differs);
      differs.database = { plan: "standard-0", name: inputs.name };
      differs.budget = null;
    });
    const [old] = cloud.store.list("heroku:addon/addon:Addon").filter(({ name }) => name !== inputs.name);
    const engine = await findEngine();
    const env = { ...process.env, ...engine.env, ...accountsOf(state, cloud), OLD: old?.id, NEW: id };
    const managed = await run("bash", ["-euc", shell("## Another add-on in place of one")], {
      cwd: dir,
      env,
    });
    assert.equal(managed.status, 0, managed.output);
    const addon = /heroku:addon:Addon database (create|update|replace|delete)/;
    assert.doesNotMatch(managed.output, addon);
    assert.doesNotMatch(await done("up", "--yes", "--non-interactive"), addon);
    assert.ok((await done("stack", "export")).includes(id));
    const databases = cloud.store.list("heroku:addon/addon:Addon").map(({ name }) => name);
    assert.deepEqual(databases.sort(), ["staging-upendo-database", "staging-upendo-standard"]);
  } finally {
    cloud.close();
    process.chdir(ROOT);
  }
});
