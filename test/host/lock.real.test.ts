import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "vitest";
import { withLock } from "../../stagewright/host/lock";
import { processAt, processSpace } from "../../stagewright/host/process";
import { temporary } from "../engine/machine";

const lockFile = () => join(temporary(), "x.lock");
const space = processSpace();
const holder = (pid: number, started: string, where = space) =>
  JSON.stringify({
    pid,
    started,
    space: where,
    host: hostname(),
    since: "2026-01-01T09:00:00Z",
    command: "stagewright review",
    token: "another",
  });
const startOf = (pid: number | undefined) => processAt(pid ?? 0)?.started ?? assert.fail("it does not run");
const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;
const nobody = () => assert.fail("nobody holds it");

test("one at a time works, and the others are told who does, once", async () => {
  const file = lockFile();
  let [inside, most] = [0, 0];
  const told: string[] = [];
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(600);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(file, (who) => told.push(who), work)));
  assert.equal(most, 1);
  assert.equal(told.length, 2);
  for (const text of told)
    assert.match(text, new RegExp(`^process ${process.pid} \\(.*, since \\d\\d:\\d\\d:\\d\\d UTC\\)$`));
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
  writeFileSync(file, holder(dead, "123"));
  const told: string[] = [];
  let [inside, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++inside);
    await sleep(300);
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(() => withLock(file, (who) => told.push(who), work)));
  assert.equal(most, 1);
  assert.ok(!told.join().includes(`process ${dead} `), "nobody waits for the dead");
});

const longAgo = new Date(Date.now() - 60_000);

test("the lock of a dead process is taken over at once where its id belongs to something else now", async () => {
  const file = lockFile();
  writeFileSync(file, holder(process.pid, "123"));
  assert.equal(await withLock(file, nobody, async () => "mine"), "mine");
});

test("a process that lives keeps its lock, however long it has been silent, and whosever it is", async () => {
  const file = lockFile();
  const child = spawn("sleep", ["60"], process.getuid?.() === 0 ? { uid: 65534 } : {});
  try {
    writeFileSync(file, holder(child.pid ?? 0, startOf(child.pid)));
    utimesSync(file, longAgo, longAgo);
    const told: string[] = [];
    const waiting = withLock(
      file,
      (who) => told.push(who),
      async () => "mine",
    );
    await sleep(600);
    assert.deepEqual(told, [`process ${child.pid} (stagewright review, since 09:00:00 UTC)`]);
    child.kill("SIGKILL");
    assert.equal(await waiting, "mine");
  } finally {
    child.kill("SIGKILL");
  }
});

test("the lock of another machine, and one that says nothing, are judged by their silence", async () => {
  for (const content of [holder(process.pid, "123", "another machine"), "", "{}", "null", "{"]) {
    const file = lockFile();
    writeFileSync(file, content);
    let mine = false;
    const waiting = withLock(
      file,
      () => {},
      async () => {
        mine = true;
      },
    );
    await sleep(600);
    assert.equal(mine, false, content);
    utimesSync(file, longAgo, longAgo);
    await waiting;
    assert.equal(mine, true);
  }
});
