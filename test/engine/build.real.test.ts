import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "vitest";
import { builtCli } from "../../stagewright/engine/build";
import { EngineMissing, findEngine } from "../../stagewright/engine/find";
import { type Machine, machine, script } from "./machine";

/**
 * A machine whose Go writes down each build, runs `during`, and makes an engine that says it is of
 * that version.
 */
function withGo(during: string, version = "v3.259.0"): Machine {
  const made = machine({ STAGEWRIGHT_ENGINE: "built" });
  made.env.PATH += ":/usr/bin:/bin"; // for what the scripts call
  script(
    join(made.bin, "go"),
    'if [ "$1" = version ]; then echo go version go1.26.0 linux/amd64; exit; fi',
    `echo "$CGO_ENABLED $GOFLAGS $*" >> ${made.home}/builds`,
    'while [ "$1" != -o ]; do shift; done',
    during,
    `printf '#!/bin/sh\\necho ${version}\\n' > "$2"; chmod +x "$2"`,
  );
  return made;
}

const builds = ({ home }: Machine) => readFileSync(join(home, "builds"), "utf8").trim().split("\n");
const leftovers = ({ env }: Machine) => {
  const built = dirname(builtCli(env));
  return readdirSync(dirname(built)).filter((name) => join(dirname(built), name) !== built);
};

async function until(what: () => boolean): Promise<void> {
  for (let i = 0; !what(); i++) {
    assert.ok(i < 200, "it did not happen within 20 seconds");
    await sleep(100);
  }
}

/** Looks for the engine in a process of its own. */
function findElsewhere({ env }: Machine) {
  const code = `require("./stagewright/engine/find").findEngine({ progress: console.log }).then((e) => console.log(e.pulumi))`;
  const child = spawn(process.execPath, ["--require", "./stagewright/typescript.js", "-e", code], {
    cwd: join(__dirname, "../.."),
    env,
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return { child, output: () => output, ended };
}

test("the engine is built from the pinned modules, with its version, and found from then on", async () => {
  const made = withGo("true");
  const lines: string[] = [];
  const engine = await findEngine({ env: made.env, progress: (line) => lines.push(line) });
  assert.deepEqual([engine.pulumi, engine.origin], [builtCli(made.env), "built"]);
  assert.match(
    builds(made).join(),
    /^0 -mod=readonly .*common\/version\.Version=v3\.259\.0 .*pkg\/v3\/cmd\/pulumi$/,
  );
  assert.match(lines[0] ?? "", /^building Pulumi 3\.259\.0 with Go .*four minutes/);
  assert.ok(statSync(join(dirname(engine.pulumi), "pulumi-language-nodejs")).mode & 0o100);
  assert.deepEqual(leftovers(made), []);
  await findEngine({ env: made.env });
  assert.equal(builds(made).length, 1);
});

test("two processes that need the engine build it once; the second says that it waits", async () => {
  const made = withGo("sleep 1");
  const [first, second] = [findElsewhere(made), findElsewhere(made)];
  await Promise.all([first.ended, second.ended]);
  assert.equal(builds(made).length, 1);
  for (const { output } of [first, second])
    assert.match(output(), new RegExp(`^${builtCli(made.env)}$`, "m"));
  assert.match(
    first.output() + second.output(),
    /^waiting for process \d+ \(.*\), which builds Pulumi 3\.259\.0$/m,
  );
});

test("a build that is told to end leaves nothing behind, and neither does its compiler run on", async () => {
  const made = withGo("echo $$ > $(dirname $(dirname $2))/../../pid; sleep 30");
  const { child, ended } = findElsewhere(made);
  const pidFile = join(dirname(dirname(builtCli(made.env))), "../pid");
  await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "");
  child.kill("SIGTERM");
  await ended;
  assert.deepEqual(leftovers(made), []);
  const compiler = Number(readFileSync(pidFile, "utf8"));
  await until(() => !alive(compiler));
});

test("what a killed build left is taken over and cleared away", async () => {
  const made = withGo('[ -e "$HOME/again" ] || { touch "$HOME/again"; sleep 30; }');
  const { child, ended } = findElsewhere(made);
  await until(() => existsSync(join(made.home, "again")));
  child.kill("SIGKILL");
  await ended;
  assert.equal(leftovers(made).length, 2, "a lock and a working directory");
  await findEngine({ env: made.env });
  assert.deepEqual(leftovers(made), []);
  assert.equal(builds(made).length, 2);
});

test("a build that fails says why in one sentence and leaves nothing behind", async () => {
  const made = withGo('echo "go: downloading x"; echo "go: x: 403 Forbidden" >&2; exit 1');
  await assert.rejects(
    findEngine({ env: made.env }),
    (error: Error) =>
      error instanceof EngineMissing &&
      error.message.startsWith(
        "no Pulumi engine: it cannot be built with Go 1.26.0 (go: x: 403 Forbidden); install",
      ),
  );
  assert.deepEqual(leftovers(made), []);
});

test("what does not say the right version is not kept", async () => {
  const made = withGo("true", "v3.0.0");
  await assert.rejects(findEngine({ env: made.env }), /what it built says version "v3\.0\.0"/);
  assert.equal(existsSync(builtCli(made.env)), false);
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended and that nobody has waited for still has its id.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
