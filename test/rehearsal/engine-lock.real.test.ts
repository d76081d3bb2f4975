import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { test } from "vitest";
import { engineLock } from "../../stagewright/rehearsal/engine-lock";
import { scratch } from "../support/projects";

/** A folder with one lock in it. */
function lockOf(text: string, name = "a.json"): string {
  const dir = scratch();
  writeFileSync(path.join(dir, name), text);
  return dir;
}

const content = (pid: number | undefined, host = hostname()) =>
  JSON.stringify({ pid, username: "anna", hostname: host, timestamp: "2026-11-25T18:00:00.5+01:00" });

/**
 * A program that is called so and sleeps, for the time of a test; another user's where this user
 * may start one.
 */
async function sleeping<T>(name: string, use: (pid: number) => T, others = false): Promise<T> {
  const program = path.join(scratch(), name);
  copyFileSync("/bin/sleep", program);
  const uid = others && process.getuid?.() === 0 ? { uid: 65534 } : {};
  if (others) mkdirSync(path.dirname(program), { recursive: true, mode: 0o755 });
  const child = spawn(others ? "/bin/sleep" : program, ["60"], { ...uid, argv0: program });
  try {
    await setTimeout(100);
    return use(child.pid ?? 0);
  } finally {
    child.kill("SIGKILL");
  }
}

test("no lock is held by nobody", () => {
  assert.equal(engineLock(path.join(scratch(), "none")), undefined);
  assert.equal(engineLock(scratch()), undefined);
  assert.equal(engineLock(lockOf(content(1), "a.json.18eb.tmp")), undefined, "a temporary file is no lock");
});

test("an engine that lives holds its lock, and is named with its command, user, machine and time", async () => {
  await sleeping("pulumi", (pid) => {
    const holder = engineLock(lockOf(content(pid)));
    assert.equal(holder?.alive, true);
    assert.match(
      holder?.text ?? "",
      new RegExp(
        `^process ${pid} \\(.*/pulumi 60\\) of anna on ${hostname()}, since 2026-11-25 17:00:00 UTC$`,
      ),
    );
  });
});

test("another user's engine that lives holds its lock", async () => {
  await sleeping("pulumi", (pid) => assert.equal(engineLock(lockOf(content(pid)))?.alive, true), true);
});

test("a lock whose process id belongs to something else now, or to nothing, is dead", async () => {
  await sleeping("postgres", (pid) => assert.equal(engineLock(lockOf(content(pid)))?.alive, false));
  const gone = await sleeping("pulumi", (pid) => pid);
  await setTimeout(100);
  assert.equal(engineLock(lockOf(content(gone)))?.alive, false);
  assert.equal(engineLock(lockOf(content(process.pid)))?.alive, false);
});

test("a lock that says nothing is dead, and is named by its file", () => {
  for (const text of ["", "{", "null", "{}", '{"pid":0}', '{"pid":"1"}']) {
    const dir = lockOf(text);
    const holder = engineLock(dir);
    assert.equal(holder?.alive, false, text);
    assert.match(holder?.text ?? "", new RegExp(path.join(dir, "a.json")));
  }
});

test("of an engine on another machine nobody here can say whether it lives", () => {
  const holder = engineLock(lockOf(content(process.pid, "far")));
  assert.equal(holder?.alive, undefined);
  assert.match(holder?.text ?? "", /^process \d+ of anna on far, since/);
});

test("of two locks the one that may live counts", () => {
  const dir = lockOf("");
  writeFileSync(path.join(dir, "b.json"), content(1, "far"));
  assert.equal(engineLock(dir)?.alive, undefined);
});
