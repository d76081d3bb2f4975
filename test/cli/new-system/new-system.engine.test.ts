import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { readAnswers } from "../../../stagewright/cli/new-system/answers";
import { systemFiles } from "../../../stagewright/cli/new-system/files";
import { ConfigError } from "../../../stagewright/environment/problems";
import { readProject, readStack } from "../../../stagewright/project/project";
import { stagewright } from "../../review/projects";
import { run } from "../../support/process";
import { ROOT, scratch } from "../../support/projects";
import { Stage } from "../../support/rehearsed";

const SIXTH = ["--repository", "acme/sixth", "--branch", "trunk"];

for (const [platform, flags] of [
  ["heroku", []],
  ["digitalocean", ["--via", "digitalocean", "--host", "api.sixth.example"]],
] as const) {
  test(`a sixth system on ${platform} comes up at once, is parallel, shares nothing and goes without a trace`, async () => {
    const folder = scratch();
    const made = await stagewright("new-system", "sixth", ...SIXTH, ...flags, "--in", folder);
    assert.equal(made.status, 0, made.output);
    const dir = path.join(folder, "sixth");
    assert.deepEqual(readdirSync(dir), [
      "Pulumi.production.yaml",
      "Pulumi.staging.yaml",
      "Pulumi.yaml",
      "index.ts",
    ]);

    const stage = new Stage(dir);
    for (const stack of ["production", "staging"]) {
      assert.deepEqual(Object.keys(await stage.done(stack, "up")), ["create"], stack);
      assert.deepEqual(Object.keys(await stage.done(stack, "preview")), ["same"], stack);
    }
    for (const question of ["parity", "isolation"]) {
      const { status, output } = await stagewright(question, "staging", "production", "--dir", dir);
      assert.equal(status, 0, `${question}: ${output}`);
    }
    await stage.done("staging", "destroy");
  });
}

test("its budget is what it costs: the smallest change of a plan is already refused", async () => {
  const folder = scratch();
  await stagewright("new-system", "sixth", ...SIXTH, "--in", folder);
  const project = readProject(path.join(folder, "sixth"));
  for (const [stack, cost] of [
    ["production", 30],
    ["staging", 12],
  ] as const)
    assert.equal(readStack(project, stack).spec.budget?.monthly, cost, stack);
  assert.equal(readStack(project, "staging").spec.release.api?.tracks, "branch trunk");
});

test("a folder that exists, a bad name and a bad answer are one sentence each, and nothing is written", async () => {
  const folder = scratch();
  mkdirSync(path.join(folder, "taken"));
  const refused = async (...args: string[]) => {
    const { status, stderr } = await stagewright("new-system", ...args, "--in", folder);
    assert.equal(status, 2, stderr);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    return stderr;
  };
  assert.match(
    await refused("taken", ...SIXTH),
    /NAME: .*taken exists already; accepted: the name of a new folder/,
  );
  assert.match(
    await refused("../escape", ...SIXTH),
    /NAME: is "\.\.\/escape"; accepted: a system's name: 2 to 19/,
  );
  assert.match(await refused(...SIXTH), /NAME: is missing/);
  assert.match(await refused("a-name-of-twenty-chars", ...SIXTH), /NAME: is/);
  assert.match(await refused("double--dash", ...SIXTH), /NAME: is/);
  assert.match(await refused("sixth"), /--repository: is missing/);
  assert.match(await refused("sixth", "--repository", "acme"), /--repository: is "acme"; accepted: a GitHub/);
  assert.match(
    await refused("sixth", ...SIXTH, "--via", "flyio"),
    /--via: is "flyio"; accepted: one of heroku, digitalocean/,
  );
  assert.match(
    await refused("sixth", ...SIXTH, "--via", "digitalocean"),
    /--host: is missing; a droplet has no host name of its own/,
  );
  assert.deepEqual(readdirSync(folder), ["taken"]);
});

test("a host at the top of a zone, and one below it, get a staging host in the same zone", () => {
  const hosts = (host: string) => {
    const answers = readAnswers({
      name: "a1",
      repository: "acme/a",
      via: "digitalocean",
      branch: "main",
      host,
    });
    const files = systemFiles(answers, "program");
    return [
      /zone: (.*)/.exec(files["Pulumi.yaml"] ?? "")?.[1],
      /host: (.*)/.exec(files["Pulumi.staging.yaml"] ?? "")?.[1],
    ];
  };
  assert.deepEqual(hosts("example.org"), ["example.org", "staging.example.org"]);
  assert.deepEqual(hosts("api.example.org"), ["example.org", "api-staging.example.org"]);
});

test("all that is wrong with the answers is told at once", () => {
  assert.throws(
    () => readAnswers({ name: "X", repository: "acme", via: "heroku", branch: "main" }),
    (error) => error instanceof ConfigError && error.problems.length === 2,
  );
});

// A terminal, as Python's standard library makes one.
const TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

test("a person at a terminal is asked for what no flag says, again where the answer is not accepted", async () => {
  const folder = scratch();
  const command = [
    process.execPath,
    path.join(ROOT, "stagewright/cli/stagewright.js"),
    "new-system",
    "asked",
  ];
  const typed = ["acme", "acme/asked", "", "develop", ""].map((line) => `${line}\\n`).join("");
  const line = `printf '${typed}' | timeout 60 python3 -c '${TERMINAL}' ${command.join(" ")} --in ${folder}`;
  const { output } = await run("bash", ["-c", line], { cwd: ROOT });
  assert.match(output, /Which GitHub repository is deployed \(owner\/name\)\?/);
  assert.match(output, /is "acme"; accepted: a GitHub repository as owner\/name/);
  assert.match(output, /Which branch does staging follow\? \[main\]/);
  assert.ok(existsSync(path.join(folder, "asked/index.ts")), output);
  const { spec } = readStack(readProject(path.join(folder, "asked")), "staging");
  assert.equal(spec.api?.repository, "acme/asked");
  assert.equal(spec.release.api?.tracks, "branch develop");
});
