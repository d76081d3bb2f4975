import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "vitest";
import { withLock } from "../../stagewright/host/lock";
import { temporary } from "../engine/machine";

const lockFile = () => join(temporary(), "x.lock");
const holder = (pid: number, host = hostname()) => JSON.stringify({ pid, host, token: "another" });
const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;
const nobody = () => assert.fail("nobody holds it");

test("one at a time works, and the others are told who does, once", async () => {
  const file = lockFile();
  let [inside, most] = [0, 0];
  const told: number[] = [];
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(600);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(file, (pid) => told.push(pid), work)));
  assert.equal(most, 1);
  assert.deepEqual(told, [process.pid, process.pid]);
  assert.equal(existsSync(file), false);
});

test("the lock is released where the work fails", async () => {
  const file = lockFile();
  await assert.rejects(
    withLock(file, nobody, () => Promise.reject(new Error("no"))),
    /no/,
  );
  assert.equal(await withLock(file, nobody, async () => 7), 7);
});

test("the lock of a process that is dead is taken over, by one of those that wait", async () => {
  const file = lockFile();
  const dead = deadPid();
  writeFileSync(file, holder(dead));
  const told: number[] = [];
  let [inside, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++inside);
    await sleep(300);
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(() => withLock(file, (pid) => told.push(pid), work)));
  assert.equal(most, 1);
  assert.ok(!told.includes(dead), "nobody waits for the dead");
});

test("a lock that nobody has touched for long is taken over, whoever has its process id now", async () => {
  const file = lockFile();
  writeFileSync(file, holder(process.pid));
  const long = new Date(Date.now() - 60_000);
  utimesSync(file, long, long);
  assert.equal(await withLock(file, nobody, async () => "mine"), "mine");
});

test("the lock of another machine is not judged by this machine's process ids", async () => {
  const file = lockFile();
  writeFileSync(file, holder(deadPid(), "another-machine"));
  let waited = false;
  const waiting = withLock(
    file,
    () => {
      waited = true;
    },
    async () => "mine",
  );
  await sleep(800);
  assert.equal(waited, true);
  const long = new Date(Date.now() - 60_000);
  utimesSync(file, long, long);
  assert.equal(await waiting, "mine");
});
