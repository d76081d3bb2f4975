import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "vitest";
import { CloudStore, type Thing } from "../../stagewright/rehearsal/store";
import { run } from "../support/process";
import { ROOT, scratch } from "../support/projects";

const thing = (id: string, name = id): Thing => ({
  type: "t",
  id,
  account: "a",
  scope: "",
  name,
  properties: { n: 1 },
  written: { n: 1 },
});

test("what is put is there for another process, and after a rollback it is not", async () => {
  const file = path.join(scratch(), "cloud.db");
  const store = new CloudStore(file);
  store.put(thing("1"));
  assert.throws(() =>
    store.transaction(() => {
      store.put(thing("2"));
      throw new Error("no");
    }),
  );
  assert.equal(store.get("t", "2", "a"), undefined);
  const program = `const { CloudStore } = require("./stagewright/rehearsal/store.ts"); console.log(new CloudStore(${JSON.stringify(file)}).all().length)`;
  const { stdout } = await run(
    process.execPath,
    ["--require", "./stagewright/typescript.js", "-e", program],
    {
      cwd: ROOT,
    },
  );
  assert.equal(stdout.trim(), "1");
  store.close();
});

test("a name is there once in its scope", () => {
  const store = new CloudStore(":memory:");
  store.put(thing("1", "name"));
  assert.throws(() => store.put(thing("2", "name")), /UNIQUE/);
});

test("four processes that write at once lose nothing", async () => {
  const file = path.join(scratch(), "cloud.db");
  new CloudStore(file).close();
  const program = (n: number) => `
    const { CloudStore } = require("./stagewright/rehearsal/store.ts");
    const store = new CloudStore(${JSON.stringify(file)});
    for (let i = 0; i < 50; i++) store.transaction(() => store.put({ type: "t", id: "${n}-" + i, account: "a", scope: "", name: "${n}-" + i, properties: {}, written: {} }));`;
  const ended = await Promise.all(
    [1, 2, 3, 4].map((n) =>
      run(process.execPath, ["--require", "./stagewright/typescript.js", "-e", program(n)], { cwd: ROOT }),
    ),
  );
  for (const { status, output } of ended) assert.equal(status, 0, output);
  const store = new CloudStore(file);
  assert.equal(store.list("t").length, 200);
  store.close();
});

test("the file is plain SQLite that a person can change with any tool", () => {
  const file = path.join(scratch(), "cloud.db");
  const store = new CloudStore(file);
  store.put(thing("1"));
  const { status, stderr } = spawnSync("python3", [
    "-c",
    `import sqlite3; c = sqlite3.connect(${JSON.stringify(file)}); c.execute("update things set properties = json_set(properties, '$.n', 2)"); c.commit()`,
  ]);
  assert.equal(status, 0, String(stderr));
  assert.deepEqual(store.get("t", "1", "a")?.properties, { n: 2 });
  store.close();
});

test("what was made and went is remembered, whoever did it, and what has a name again is told from the first", () => {
  const store = new CloudStore(":memory:");
  store.put(thing("1", "name"));
  store.put({ ...thing("1", "renamed"), properties: {} });
  assert.equal(store.earlier("t", "", "name", "1"), 0);
  store.put(thing("2", "name"));
  assert.equal(store.earlier("t", "", "name", "2"), 1);
  assert.equal(store.earlier("t", "", "renamed", "1"), 0, "it was made under its first name");
  store.remove("t", "2");
  assert.equal(store.earlier("t", "", "name"), 2);
  assert.ok(store.everHeld("t", "2"));
  assert.ok(!store.everHeld("t", "3"));
  assert.deepEqual(
    store.history().map(({ event, id, name }) => `${event} ${id} ${name}`),
    ["made 1 name", "made 2 name", "gone 2 name"],
  );
});
