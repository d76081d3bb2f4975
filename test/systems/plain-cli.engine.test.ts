import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { readProject, readStack } from "../../stagewright/project/project";
import { openCloud } from "../../stagewright/rehearsal/cloud";
import { seed } from "../../stagewright/rehearsal/seed";
import { plainCli } from "../support/plain-cli";
import { ROOT, scratch } from "../support/projects";

// The CLI's own language host (or ours, where it has none) runs the very same program.

/** A copy of the project whose stack files may be written to; its code is the checkout's. */
function projectFolder(): string {
  const dir = path.join(scratch(), "dandi");
  mkdirSync(dir);
  for (const name of readdirSync(ROOT)) {
    if (name.startsWith(".")) continue;
    if (/^(Pulumi.*|index\.ts|package\.json)$/.test(name))
      cpSync(path.join(ROOT, name), path.join(dir, name));
    else symlinkSync(path.join(ROOT, name), path.join(dir, name));
  }
  return dir;
}

test("plain `pulumi preview`, `up`, `up` again and `destroy` work on the same program", async () => {
  const dir = projectFolder();
  // A provider works in the project's folder; here it is this process.
  process.chdir(dir);
  const state = scratch();
  const cloud = await openCloud(path.join(state, "cloud.db"));
  const pulumi = await plainCli(dir, state, "staging", cloud);
  try {
    seed(cloud.store, readStack(readProject(ROOT), "staging").spec);
    assert.equal((await pulumi("stack", "init", "--no-select")).status, 0);

    const missing = await pulumi("preview", "--non-interactive");
    assert.notEqual(missing.status, 0);
    assert.match(
      missing.output,
      /Pulumi\.staging\.yaml: dandi:herokuDeployToken: is missing; set it by `pulumi config set --secret herokuDeployToken --stack staging`/,
    );
    assert.doesNotMatch(missing.output, /\n\s+at .*\.ts:\d+/, "no stack trace for a mistake of the user");

    assert.equal((await pulumi("config", "set", "--secret", "herokuDeployToken", "s3cr3t-t0ken")).status, 0);
    const preview = await pulumi("preview", "--non-interactive");
    assert.equal(preview.status, 0, preview.output);
    assert.match(preview.output, /\+ 6\d to create/);
    const checked = await pulumi("preview", "--non-interactive", "--policy-pack", "stagewright/policy");
    assert.equal(checked.status, 0, checked.output);
    assert.match(checked.output, /stagewright@v0\.1\.0/);
    const up = await pulumi("up", "--yes", "--non-interactive");
    assert.equal(up.status, 0, up.output);
    assert.match(up.output, /\+ 6\d created/);
    assert.match(up.output, /apiUrl\s*: "https:\/\/api-staging\.dandiarchive\.org"/);
    // Pulumi.yaml has it ask the vendors first.
    const [web] = cloud.store
      .list("heroku:formation/formation:Formation")
      .filter(({ name }) => name === "web");
    assert.ok(web);
    cloud.store.put({ ...web, properties: { ...web.properties, quantity: 9 } });
    const mended = await pulumi("up", "--yes", "--non-interactive");
    assert.match(mended.output, /~ 1 updated/);
    const again = await pulumi("up", "--yes", "--non-interactive", "--expect-no-changes");
    assert.equal(again.status, 0, again.output);
    for (const { output } of [preview, checked, up, again]) assert.ok(!output.includes("s3cr3t-t0ken"));
    const stateFile = readFileSync(path.join(state, ".pulumi/stacks/dandi/staging.json"), "utf8");
    assert.ok(!stateFile.includes("s3cr3t-t0ken"), "the token is encrypted in the state");
    const destroy = await pulumi("destroy", "--yes", "--non-interactive");
    assert.equal(destroy.status, 0, destroy.output);
  } finally {
    cloud.close();
    process.chdir(ROOT);
  }
});
