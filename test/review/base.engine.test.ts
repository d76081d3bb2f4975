import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "vitest";
import { modulesOf } from "../../stagewright/review/base/modules";
import { ROOT } from "../support/projects";
import { projectWith, stagewright } from "./projects";
import { Repository } from "./repository";

// The command as people call it, in repositories of their own.

const STAGING = readFileSync(path.join(ROOT, "Pulumi.staging.yaml"), "utf8");
const BASE = readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8");

test("in an empty environment: what is not committed counts, stacks come and go, and nothing is left behind", async () => {
  const repository = new Repository();
  rmSync(path.join(repository.dir, "Pulumi.staging.yaml"));
  const another = STAGING.replaceAll("staging", "another");
  repository.write("Pulumi.another.yaml", another);
  repository.write(
    "Pulumi.yaml",
    BASE.replace("web: { size: standard-2x, quantity: 3 }", "web: { size: standard-2x, quantity: 4 }"),
  );
  const { status, stdout, stderr } = await repository.review(["--all", "--format", "json"], {});
  assert.equal(status, 0, stderr);
  for (const stack of ["another", "production", "staging"])
    assert.match(stderr, new RegExp(`^${stack}: previewing the working tree on it$`, "m"));
  const { stacks } = JSON.parse(stdout) as {
    stacks: { stack: string; stands: string; verdict: { says: string } }[];
  };
  assert.deepEqual(
    stacks.map(({ stack, stands }) => [stack, stands]),
    [
      ["another", "added"],
      ["production", "both"],
      ["staging", "removed"],
    ],
  );
  const [added, changed, removed] = stacks.map(({ verdict }) => verdict.says);
  assert.match(added ?? "", /^Adds the environment another: 5\d resources to create\.$/);
  assert.equal(changed, "Updates 1 resource.");
  assert.match(
    removed ?? "",
    /^Takes the environment staging away: a destroy would delete 5\d resources\. The database of staging .* is deleted, and its data with it\.$/,
  );
  assert.equal(repository.git("worktree", "list").trim().split("\n").length, 1);
  assert.match(
    repository.git("status", "--short"),
    /^ D Pulumi\.staging\.yaml\n M Pulumi\.yaml\n\?\? Pulumi\.another\.yaml\n$/,
  );
});

test("a stack under another name is not made a second time", async () => {
  const repository = new Repository();
  repository.git("mv", "Pulumi.production.yaml", "Pulumi.live.yaml");
  const { status, stdout, stderr } = await repository.review(["--stack", "live"]);
  assert.equal(status, 1, stderr);
  assert.match(
    stdout,
    /^Cannot be applied: live declares \d+ things that exist already and that other resources manage: heroku Addon dandi-api-database \(database\), managed by database of dandi\/production, .*`pulumi stack rename`/s,
  );
});

test("what a killed review left behind is gone after the next one", async () => {
  const repository = new Repository();
  const args = [path.join(repository.dir, "stagewright/cli/stagewright.js"), "review", "--stack", "staging"];
  const killed = spawn(process.execPath, args, { cwd: repository.dir, env: repository.env, stdio: "ignore" });
  const ended = new Promise((resolve) => killed.on("close", resolve));
  while (repository.git("worktree", "list").trim().split("\n").length < 2) await sleep(50);
  killed.kill("SIGKILL");
  await ended;
  const { status, stdout, stderr } = await repository.review(["--stack", "staging"]);
  assert.deepEqual([status, stdout.split("\n")[0]], [0, "Nothing changes."], stderr);
  assert.equal(repository.git("worktree", "list").trim().split("\n").length, 1);
});

test("a project of another name is told, and what else would change with it", async () => {
  const repository = new Repository();
  for (const file of ["Pulumi.yaml", "Pulumi.staging.yaml", "Pulumi.production.yaml"]) {
    const text = readFileSync(path.join(ROOT, file), "utf8");
    repository.write(file, text.replaceAll("dandi:", "archive:").replace(/^name: dandi$/m, "name: archive"));
  }
  const { stdout, stderr, status } = await repository.review(["--stack", "staging"]);
  assert.equal(status, 0, stderr);
  assert.match(
    stdout,
    /The project is renamed from dandi to archive: .*pulumi stack rename organization\/archive\/staging/,
  );
  assert.doesNotMatch(stdout, /± replace|is deleted, and its data with it/);
});

test("packages of another version are the base's own, and are told", async () => {
  const repository = new Repository();
  const lock = readFileSync(path.join(ROOT, "package-lock.json"), "utf8");
  const older = lock.replace(/("node_modules\/@pulumi\/random": \{\s+"version": ")[^"]+/, "$14.20.0");
  assert.notEqual(older, lock);
  repository.write("package-lock.json", older);
  repository.commit();
  repository.write("package-lock.json", lock);
  // As npm would have installed them: ours, but for one.
  const modules = modulesOf(older);
  mkdirSync(path.dirname(modules), { recursive: true });
  rmSync(modules, { recursive: true, force: true });
  try {
    copyLinks(path.join(ROOT, "node_modules"), modules);
    const { stdout, stderr, status } = await repository.review(["--stack", "staging"]);
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /^No resource changes; a provider is of another version\.\nPackages: @pulumi\/random 4\.20\.0 → 4\./,
    );
    assert.match(stdout, /random 4\.20\.0 → 4\./);
  } finally {
    rmSync(path.dirname(modules), { recursive: true, force: true });
  }
});

// Packages by links, and @pulumi/random as a copy that calls itself older.
function copyLinks(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (name === "random" && from.endsWith("@pulumi")) {
      cpSync(source, target, { recursive: true });
      const file = path.join(target, "package.json");
      const description = JSON.parse(readFileSync(file, "utf8")) as {
        version: string;
        pulumi?: { version?: string };
      };
      description.version = "4.20.0";
      if (description.pulumi?.version) description.pulumi.version = "4.20.0";
      writeFileSync(file, JSON.stringify(description));
    } else if (name.startsWith("@")) copyLinks(source, target);
    else symlinkSync(source, target);
  }
}

test("where there is nothing to compare with, one sentence says so", async () => {
  const dir = projectWith({});
  const nowhere = await stagewright("review", "--stack", "staging", "--dir", dir);
  assert.deepEqual([nowhere.status, nowhere.stdout], [2, ""]);
  assert.match(
    nowhere.stderr,
    /^\S+: is in no git repository, so there is nothing to compare with; accepted is .*\n$/,
  );
  const repository = new Repository();
  const wrong = await repository.review(["--stack", "staging", "--base", "--output=x"]);
  assert.deepEqual(
    [wrong.status, wrong.stderr],
    [
      2,
      "--base: is '--output=x', which is no commit of this repository; accepted: a branch, tag or commit that has been fetched\n",
    ],
  );
  const unknown = await repository.review(["--stack", "stagin"]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /Pulumi\.stagin\.yaml: does not exist.*did you mean 'staging'/);
  repository.git("branch", "--move", "other");
  const branchless = await repository.review(["--stack", "staging"]);
  assert.match(
    branchless.stderr,
    /has no main branch \(origin\/HEAD, main or master\), so it is not known what to compare with; name it by --base\n$/,
  );
  const neither = await repository.review([]);
  assert.deepEqual(
    [neither.status, neither.stderr],
    [2, "either --stack NAME or --all says what is reviewed; neither is given\n"],
  );
});

test("a base of before the command was there is told, and whether the working tree comes up by itself", async () => {
  const repository = new Repository();
  renameSync(path.join(repository.dir, "stagewright/cli"), path.join(repository.dir, "later"));
  repository.commit();
  renameSync(path.join(repository.dir, "later"), path.join(repository.dir, "stagewright/cli"));
  const { stdout, status } = await repository.review(["--stack", "staging"]);
  assert.match(
    stdout,
    /^What would change cannot be told: the base of staging does not come up\. the base is older than the command stagewright/,
  );
  assert.match(stdout, /By itself staging would come up from nothing \(\d+ resources\)/);
  assert.equal(status, 0);
});
