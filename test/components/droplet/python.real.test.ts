import assert from "node:assert/strict";
import path from "node:path";
import { test } from "vitest";
import { type Ended, run } from "../../../stagewright/host/run";
import { madeOnce, pipInstall } from "../../support/cached";
import { ROOT } from "../../support/projects";

const REQUIREMENTS = path.join(ROOT, "test/tools/python/requirements.txt");
const MACHINE = path.join(ROOT, "components/api-app/droplet/machine");
const LIBRARY = path.join(MACHINE, "root/usr/local/lib/stagewright");
const TESTS = path.join(ROOT, "test/components/droplet/python");
const CONFIG = path.join(MACHINE, "pyproject.toml");

/** Runs one of the pinned tools. */
async function tool(name: string, ...args: string[]): Promise<Ended> {
  const folder = await madeOnce("python-tools", [REQUIREMENTS], (made) =>
    pipInstall("the checks of the droplet's Python cannot be installed", REQUIREMENTS, made),
  );
  const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" };
  return run("python3", ["-m", name, ...args], { cwd: LIBRARY, env });
}

async function clean(name: string, ...args: string[]): Promise<void> {
  const { code, output } = await tool(name, ...args);
  assert.equal(code, 0, output);
}

test("the droplet's Python is formatted and linted, its tests too", async () => {
  await clean("ruff", "format", "--no-cache", "--config", CONFIG, "--check", MACHINE, TESTS);
  await clean("ruff", "check", "--no-cache", "--config", CONFIG, MACHINE, TESTS);
});

test("the droplet's Python is typed", async () => {
  const programs = ["../../sbin/stagewright-*", "process", "told"].join(" ");
  const { code, output } = await run(
    "sh",
    ["-c", `ls ${programs} && test "$(grep -Lx '#!/usr/bin/python3 -I' ${programs})" = ''`],
    { cwd: LIBRARY },
  );
  assert.equal(code, 0, `not each of them is Python that root can start: ${output}`);
  const files = output.trim().split("\n");
  const options = ["--scripts-are-modules", "--cache-dir=/dev/null", "--config-file", CONFIG];
  await clean("mypy", ...options, "deploying", "setting_up", "certificate.py", ...files);
});

test("the droplet's Python passes its unit tests", async () => {
  const { code, output } = await tool("pytest", "--quiet", "-p", "no:cacheprovider", TESTS);
  assert.equal(code, 0, output);
  assert.match(output, /^\d+ passed/m);
});
