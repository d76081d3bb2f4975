import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { leaves, merge, type Tree, valueAt } from "../../stagewright/environment/merge";
import { ConfigError } from "../../stagewright/environment/problems";
import { longestNameLike, patchFor } from "../../stagewright/ephemeral/patch";
import type { DatabaseWish, PartWish, Request } from "../../stagewright/ephemeral/request";
import { resolve } from "../../stagewright/ephemeral/resolve";
import { type Project, readProject, readStack, type StackFiles } from "../../stagewright/project/project";
import { ROOT } from "../support/projects";
import { request } from "./mini";

const SYSTEMS = path.join(ROOT, "systems");
const folders = [ROOT, ...readdirSync(SYSTEMS).map((name) => path.join(SYSTEMS, name))];
const all: { project: Project; like: StackFiles }[] = folders
  .filter((dir) => existsSync(path.join(dir, "Pulumi.yaml")))
  .map((dir) => readProject(dir))
  .flatMap((project) => project.stacks.map((stack) => ({ project, like: readStack(project, stack) })));

/** Everything that is asked, for every stack of every system. */
function* requests(): Generator<{ project: Project; like: StackFiles; asked: Request }> {
  for (const { project, like } of all) {
    const longest = longestNameLike(like.spec);
    for (const name of ["pr-1", "9", "x".repeat(longest)])
      for (const database of ["shared", "empty", "copy"] satisfies DatabaseWish[])
        for (const part of ["own", "shared", "none"] satisfies PartWish[])
          for (const follow of [false, true])
            yield {
              project,
              like,
              asked: request(name, { database, broker: part, bucket: part, follow, branch: "feature" }),
            };
  }
}

test("whatever is asked, of whichever stack: it resolves, or is refused in sentences", () => {
  let resolved = 0;
  for (const { project, like, asked } of requests()) {
    try {
      const { spec } = resolve(project, like, asked);
      resolved++;
      assert.equal(spec.data.protected, false);
      assert.equal(spec.name, `eph-${asked.name}`);
      for (const rules of [spec.release.api, spec.release.gui]) {
        assert.equal(rules?.protection, undefined);
        assert.equal(rules?.gates.approval, undefined);
        assert.deepEqual(rules?.gates.environments ?? {}, {});
        assert.equal(rules?.tracks, rules && "branch feature");
      }
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const { file, key } of error.problems)
        assert.ok(key === "" ? file === `--database ${asked.database}` : file.startsWith("env create"));
    }
  }
  assert.ok(resolved > all.length * 6, `${resolved} of ${all.length} stacks`);
});

test("nothing physical is common to both but what is shared", () => {
  for (const { project, like } of all) {
    const { spec } = resolve(project, like, request("pr-1"));
    for (const at of ["api.app", "api.host", "bucket.name", "bucket.user", "gui.site", "gui.host"]) {
      const [one, other] = [spec, like.spec].map((environment) => valueAt(environment, at.split(".")));
      if (other !== undefined) assert.notEqual(one, other, `${project.name}/${like.stack} ${at}`);
    }
    assert.equal(spec.database?.shared, undefined);
  }
});

test("a second environment has no physical name of the first, and the same request gives the same patch", () => {
  for (const { like } of all) {
    const [one, other] = ["pr-1", "pr-11"].map((name) => patchFor(like.spec, request(name)));
    assert.ok(one && other);
    assert.deepEqual(patchFor(like.spec, request("pr-1")), one);
    const names = (patch: Tree) =>
      leaves(patch)
        .map((at) => valueAt(patch, at))
        .filter((value): value is string => typeof value === "string" && value.includes("eph-pr-"));
    assert.deepEqual(
      names(one).filter((name) => names(other).includes(name)),
      [],
    );
  }
});

test("it is the smallest that does the same: one small dyno a process, the smallest plans, no spare parts", () => {
  const [dandi] = all.filter(({ project, like }) => project.name === "dandi" && like.stack === "production");
  assert.ok(dandi);
  const { spec } = resolve(dandi.project, dandi.like, request("pr-1"));
  assert.ok(spec.api?.via === "heroku");
  assert.deepEqual(Object.values(spec.api.processes), [
    { size: "basic", quantity: 1 },
    { size: "basic", quantity: 1 },
    { size: "basic", quantity: 1 },
  ]);
  assert.deepEqual(
    [
      spec.database?.plan,
      spec.broker,
      spec.bucket?.access,
      spec.bucket?.logs,
      spec.errors?.alert,
      spec.release.gui,
    ],
    [undefined, { via: "heroku", plan: "lemur" }, "private", undefined, undefined, undefined],
  );
});

test("what --set says holds above everything", () => {
  const [{ project, like } = assert.fail()] = all.filter(({ project: { name } }) => name === "dandi");
  const set = { api: { processes: { web: { size: "standard-2x" }, worker: null } } };
  const mixed = () => resolve(project, like, request("pr-1", { set }));
  assert.throws(mixed, /^ConfigError: --set: api\.processes: .*sizes of one tier/);
  const { spec } = resolve(project, like, request("pr-1", { set: { api: { processes: { worker: null } } } }));
  assert.deepEqual(Object.keys(spec.api?.processes ?? {}), ["web", "checksum-worker"]);
  const kept = () => resolve(project, like, request("pr-1", { set: { data: { protected: true } } }));
  assert.throws(kept, /^ConfigError: --set: data\.protected: is true; accepted is false/);
});

test("a droplet's database is neither shared nor copied, and the option is told why", () => {
  const [{ project, like } = assert.fail()] = all.filter(
    ({ like: { spec } }) => spec.api?.via === "digitalocean",
  );
  const ask = (database: DatabaseWish) => () => resolve(project, like, request("pr-1", { database }));
  assert.throws(ask("shared"), {
    message:
      "--database shared: is stated, but the API is on DigitalOcean, whose API adds a user to a cluster but grants it nothing, so that a second app could not use the tables; accepted: a database of its own, which starts empty, or an API on Heroku, whose add-ons can be attached",
  });
  assert.throws(ask("copy"), /^ConfigError: --database copy: is stated, .*; accepted: a database of its own/);
});

test("names of stacks, of branches and of add-ons are reserved", () => {
  const [{ project, like } = assert.fail()] = all.filter(
    ({ project: { name }, like: { stack } }) => name === "dandi" && stack === "staging",
  );
  for (const name of ["staging", "production", "master", "main"])
    assert.throws(
      () => resolve(project, like, request(name)),
      /env create: NAME: is '\w+', which is reserved/,
    );
  assert.throws(() => resolve(project, like, request("my-database")), /NAME: ends with '-database'/);
  assert.throws(
    () => resolve(project, like, request("a-very-long-name-for-a-branch")),
    /NAME: is 29 characters long; accepted: 1 to 17 .*for example a-very-long-name$/,
  );
});

test("the patch is small, and is all that differs", () => {
  const [{ project, like } = assert.fail()] = all;
  const { environment, differs, spec } = resolve(project, like, request("pr-1"));
  assert.equal(merge(environment, differs).name, spec.name);
  assert.ok(leaves(differs).length < 60, String(leaves(differs).length));
});
