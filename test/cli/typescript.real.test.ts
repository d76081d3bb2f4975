import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { run } from "../support/process";
import { ROOT, scratch } from "../support/projects";

/** What a script prints that is run as the command's sources are. */
async function printed(script: string): Promise<unknown> {
  const { status, stdout, output } = await run(
    process.execPath,
    ["--require", "./stagewright/typescript.js", "-e", script],
    { cwd: ROOT },
  );
  assert.equal(status, 0, output);
  return JSON.parse(stdout);
}

/** Which packages a script loads. What stands in for one has no file yet. */
const loaded = (script: string) =>
  printed(`
    ${script};
    const files = Object.values(require.cache).flatMap(({ filename }) => filename ?? []);
    const heavy = ["@pulumi/pulumi", "@grpc/grpc-js", "typescript", "@npmcli/arborist"];
    console.log(JSON.stringify(heavy.filter((name) => files.some((file) => file.includes("/node_modules/" + name + "/")))));
  `);

test("a command loads what it needs: most need no SDK, and none needs a compiler", async () => {
  const command = (name: string) => `require("./stagewright/cli/command").command("${name}")`;
  for (const name of ["cost", "workflows", "schema", "doctor"])
    assert.deepEqual(await loaded(command(name)), []);
  assert.deepEqual(await loaded(`require("@pulumi/pulumi")`), ["@pulumi/pulumi", "@grpc/grpc-js"]);
});

test("what the SDK loads late is there when it is asked for", async () => {
  const names = await printed(`
    const compiler = require("typescript");
    const { Arborist } = require("@npmcli/arborist");
    const { runtime } = require("@pulumi/pulumi");
    const say = ({ text }) => console.log(JSON.stringify([typeof compiler.version, typeof Arborist, /twice/.test(text)]));
    runtime.serializeFunction(function twice(n) { return 2 * n; }).then(say);
  `);
  assert.deepEqual(names, ["string", "function", true]);
});

test("a stack names the lines of the sources", async () => {
  const file = path.join(scratch(), "fails.ts");
  writeFileSync(
    file,
    'interface Nothing {}\n\n\nconst nothing: Nothing = {};\nthrow new Error("no" + nothing);\n',
  );
  const { status, stderr } = await run(process.execPath, ["--require", "./stagewright/typescript.js", file], {
    cwd: ROOT,
  });
  assert.equal(status, 1);
  assert.match(stderr, /fails\.ts:5:7/);
});
