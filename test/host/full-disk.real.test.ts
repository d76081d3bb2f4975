import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "vitest";
import { ROOT } from "../support/projects";

/**
 * Runs a program of ours with a disk of 300 KiB at /mnt that nobody else sees, and gives what it
 * printed as JSON.
 */
function onSmallDisk(program: string): unknown {
  const script = `mount -t tmpfs -o size=300k tmpfs /mnt && exec "$@"`;
  const node = [process.execPath, "--require", "./stagewright/typescript.js", "-e", program];
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--mount", "--map-root-user", "sh", "-c", script, "sh", ...node],
    { cwd: ROOT, encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const FILL = `const fs = require("node:fs"); const fill = () => { try { fs.writeFileSync("/mnt/ballast", Buffer.alloc(400_000)) } catch {} };`;

test("a file that cannot be replaced stays as it was, with nothing beside it, and is named", () => {
  const [message, content, files] = onSmallDisk(`${FILL}
    const { replaceFile } = require("./stagewright/host/files.ts");
    replaceFile("/mnt/file", "old");
    fill();
    let message = "none";
    try { replaceFile("/mnt/file", "n".repeat(100_000)) } catch (error) { message = error.message }
    console.log(JSON.stringify([message, fs.readFileSync("/mnt/file", "utf8"), fs.readdirSync("/mnt").sort()]));
  `) as [string, string, string[]];
  assert.equal(message, "/mnt/file: cannot be written: its disk is full");
  assert.equal(content, "old");
  assert.deepEqual(files, ["ballast", "file"]);
});

test("a lock that cannot be written is not left empty", () => {
  const [message, files] = onSmallDisk(`${FILL}
    const { withLock } = require("./stagewright/host/lock.ts");
    fill();
    withLock("/mnt/x.lock", () => {}, async () => {}).catch((error) =>
      console.log(JSON.stringify([error.code, fs.readdirSync("/mnt")])));
  `) as [string, string[]];
  assert.equal(message, "ENOSPC");
  assert.deepEqual(files, ["ballast"]);
});

test("the rehearsal cloud says that its disk is full, not that it cannot roll back, and has lost nothing", () => {
  const [message, things] = onSmallDisk(`${FILL}
    const { CloudStore } = require("./stagewright/rehearsal/store.ts");
    const store = new CloudStore("/mnt/cloud.db");
    const thing = (id) => ({ type: "t", id, account: "a", scope: "", name: id, properties: { text: "x".repeat(50_000) }, written: {} });
    store.put(thing("1"));
    fill();
    let message = "none";
    try {
      store.transaction(() => { for (const id of ["2", "3", "4", "5", "6"]) store.put(thing(id)) });
    } catch (error) { message = error.message }
    console.log(JSON.stringify([message, store.all().map(({ id }) => id)]));
  `) as [string, string[]];
  assert.equal(message, "/mnt/cloud.db: cannot be written: its disk is full; nothing was changed there");
  assert.deepEqual(things, ["1"]);
});

test("a run that would meet a full disk is refused before anything is changed", () => {
  const message = onSmallDisk(`
    const { refuseFullDisk } = require("./stagewright/rehearsal/disk.ts");
    let message = "none";
    try { refuseFullDisk("/mnt", "/mnt/none") } catch (error) { message = error.message }
    console.log(JSON.stringify(message));
  `);
  assert.equal(
    message,
    "the disk of /mnt has 0.3 MiB free, and a run needs 4.0; free some, nothing was changed",
  );
});
