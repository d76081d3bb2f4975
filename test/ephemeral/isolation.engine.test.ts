import assert from "node:assert/strict";
import path from "node:path";
import { test } from "vitest";
import { run } from "../support/process";
import { ROOT, scratch } from "../support/projects";

test("an environment of upendo shares exactly the stated database with staging, nothing with production, and says so", async () => {
  const at = ["--dir", path.join(ROOT, "systems/upendo"), "--cloud", path.join(scratch(), "cloud.db")];
  const stagewright = (...args: string[]) =>
    run("node", [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args, ...at], { cwd: ROOT });
  const isolation = async (a: string, b: string) => {
    const { status, stdout, stderr } = await stagewright("isolation", a, b, "--json");
    assert.ok(status === 0 || status === 1, stderr);
    return { status, ...JSON.parse(stdout) };
  };
  const create = async (name: string, ...more: string[]) => {
    const asked = ["--like", "staging", "--database", "shared", "--rehearse", ...more];
    const { status, stderr } = await stagewright("env", "create", name, ...asked);
    assert.equal(status, 0, stderr);
  };

  assert.equal((await stagewright("rehearse", "up", "--stack", "staging")).status, 0);
  await create("pr-1");
  // By name it uses staging's app, which nobody has stated to share.
  await create("pr-2", "--set", "api.variables.UPSTREAM=staging-upendo");

  const listed = JSON.parse((await stagewright("env", "list", "--rehearse", "--json")).stdout);
  assert.deepEqual(
    listed.environments.map(({ shared }: { shared: string[] }) => shared),
    [["database of staging"], ["database of staging"]],
  );

  const database = "Postgres staging-upendo-database of staging, attached with its owner's credential";
  const withStaging = await isolation("pr-1", "staging");
  assert.deepEqual([withStaging.status, withStaging.shared], [0, []]);
  assert.deepEqual(withStaging.deliberate, [database]);
  assert.ok(
    withStaging.made.every((count: number) => count > 5),
    "neither counts the other's things",
  );

  const withProduction = await isolation("eph-pr-1", "production");
  assert.deepEqual([withProduction.status, withProduction.shared, withProduction.deliberate], [0, [], []]);

  const undeclared = await isolation("pr-2", "staging");
  assert.equal(undeclared.status, 1);
  assert.deepEqual(
    undeclared.shared.map(({ what }: { what: string }) => what),
    ["heroku App 'staging-upendo'"],
  );
  assert.deepEqual(undeclared.deliberate, [database]);

  const nobody = await stagewright("isolation", "pr-3", "staging");
  assert.equal(nobody.status, 2);
  assert.match(nobody.stderr, /^pr-3 is neither a stack of upendo nor an ephemeral environment in /);
});
