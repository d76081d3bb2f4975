import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { builtCli } from "../../stagewright/engine/build";
import { officialCli } from "../../stagewright/engine/download";
import { EngineMissing, findEngine } from "../../stagewright/engine/find";
import { ENGINE_VERSION, parseVersion, satisfies } from "../../stagewright/engine/version";
import { machine, script } from "./machine";

const REFUSES = (sentence: RegExp) => (error: unknown) =>
  error instanceof EngineMissing && sentence.test(error.message) && !error.message.includes("\n");

test("a version is read out of what programs print", () => {
  assert.equal(parseVersion("v3.259.0\n"), "3.259.0");
  assert.equal(parseVersion("go version go1.26.8 linux/amd64"), "1.26.8");
  assert.equal(parseVersion("v3.260.0-alpha.1+dirty"), "3.260.0");
  assert.equal(parseVersion("command not found"), undefined);
});

test("a version suffices from the wanted one on, within its major version", () => {
  const suffices = ["3.259.0", "3.259.1", "3.260.0", "3.1000.0"];
  const refused = ["3.258.9", "3.26.0", "4.0.0", "2.300.0"];
  assert.deepEqual(
    suffices.filter((version) => satisfies(version, "3.259.0")),
    suffices,
  );
  assert.deepEqual(
    refused.filter((version) => satisfies(version, "3.259.0")),
    [],
  );
  assert.ok(satisfies("1.25.0", "1.25") && !satisfies("1.24.9", "1.25"));
});

test("the engine, its Go module and the npm packages are of one version", () => {
  const root = join(__dirname, "../..");
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.equal(dependencies["@pulumi/pulumi"], ENGINE_VERSION);
  assert.equal(dependencies.pulumi, ENGINE_VERSION);
  assert.match(
    readFileSync(join(root, "stagewright/engine/go/go.mod"), "utf8"),
    new RegExp(`pkg/v3 v${ENGINE_VERSION}\n`),
  );
});

test("a CLI on the PATH that is new enough comes first", async () => {
  const { bin, env } = machine();
  const pulumi = script(join(bin, "pulumi"), "echo v3.300.1");
  script(officialCli(env), "exit 1");
  script(builtCli(env), "exit 1");
  const engine = await findEngine({ env });
  assert.deepEqual(engine, {
    pulumi,
    version: "3.300.1",
    origin: "path",
    nodeHost: "own",
    env: {
      PATH: [bin, join(__dirname, "../../stagewright/engine/node-host"), bin].join(":"),
      STAGEWRIGHT_NODE_HOST: join(__dirname, "../../stagewright/engine/node-host/pulumi-language-nodejs"),
    },
  });
});

test("a CLI with a language host beside it keeps that one, also where the PATH names a link to it", async () => {
  const { home, bin, env } = machine();
  const installed = script(join(home, "opt/pulumi"), "echo v3.259.0");
  script(join(home, "opt/pulumi-language-nodejs"), "exit 1");
  symlinkSync(installed, join(bin, "pulumi"));
  const engine = await findEngine({ env });
  assert.equal(engine.nodeHost, "bundled");
  assert.equal(engine.env.PATH, [bin, bin].join(":"));
  assert.equal(engine.env.STAGEWRIGHT_NODE_HOST, undefined);
});

test("a CLI on the PATH that is too old, of another major version or broken is passed over", async () => {
  for (const line of ["echo v3.258.0", "echo v4.1.0", "echo no version", "echo v3.259.0; exit 1"]) {
    const { bin, env } = machine();
    script(join(bin, "pulumi"), line);
    script(officialCli(env), "exit 1");
    assert.equal((await findEngine({ env })).origin, "installed", line);
  }
});

test("a second CLI on the PATH counts where the first is too old", async () => {
  const { home, bin, env } = machine();
  script(join(bin, "pulumi"), "echo v3.1.0");
  const second = script(join(home, "other/pulumi"), "echo v3.259.0");
  assert.equal((await findEngine({ env: { ...env, PATH: `${bin}:${join(home, "other")}` } })).pulumi, second);
});

test("the wrapper of the npm package, which would download, is no CLI", async () => {
  const { home, env } = machine({ STAGEWRIGHT_ENGINE: "path" });
  const wrapper = script(join(home, "node_modules/pulumi/run.js"), "echo v3.259.0");
  const bin = join(home, "node_modules/.bin");
  mkdirSync(bin);
  symlinkSync(wrapper, join(bin, "pulumi"));
  await assert.rejects(findEngine({ env: { ...env, PATH: bin } }), EngineMissing);
});

test("the official installation is found where PULUMI_HOME says", async () => {
  const { home, env } = machine({ PULUMI_HOME: "" });
  const pulumi = script(join(home, `.pulumi/versions/${ENGINE_VERSION}/bin/pulumi`), "exit 1");
  script(join(home, `.pulumi/versions/${ENGINE_VERSION}/bin/pulumi-language-nodejs`), "exit 1");
  const engine = await findEngine({ env });
  assert.deepEqual([engine.pulumi, engine.origin, engine.nodeHost], [pulumi, "installed", "bundled"]);
  const elsewhere = script(join(home, `other/versions/${ENGINE_VERSION}/bin/pulumi`), "exit 1");
  assert.equal((await findEngine({ env: { ...env, PULUMI_HOME: join(home, "other") } })).pulumi, elsewhere);
});

test("what was built before is found without running it, with our host", async () => {
  const { home, env } = machine();
  const pulumi = script(builtCli(env), `touch ${home}/ran`, "echo v3.259.0");
  const engine = await findEngine({ env });
  assert.deepEqual([engine.pulumi, engine.version, engine.origin], [pulumi, ENGINE_VERSION, "built"]);
  assert.equal(engine.nodeHost, "own");
  assert.equal(engine.env.PATH?.split(":")[0], join(pulumi, ".."));
  const inside = await findEngine({ env: { ...env, ...engine.env } });
  assert.deepEqual([inside.pulumi, inside.origin], [pulumi, "built"]);
  assert.equal(existsSync(join(home, "ran")), false);
});

test("the cache follows the user's directories", () => {
  assert.match(builtCli({ HOME: "/h" }), /^\/h\/\.cache\/stagewright\/engine\//);
  assert.match(builtCli({ HOME: "/h", XDG_CACHE_HOME: "/x" }), /^\/x\/stagewright\/engine\//);
  assert.match(builtCli({ HOME: "/h", STAGEWRIGHT_CACHE: "/s" }), /^\/s\/engine\//);
});

test("STAGEWRIGHT_ENGINE allows one origin only, and refuses a word that it does not know", async () => {
  const { bin, env } = machine();
  script(join(bin, "pulumi"), "echo v3.259.0");
  script(builtCli(env), "exit 1");
  assert.equal((await findEngine({ env: { ...env, STAGEWRIGHT_ENGINE: "built" } })).origin, "built");
  assert.equal((await findEngine({ env: { ...env, STAGEWRIGHT_ENGINE: "path" } })).origin, "path");
  await assert.rejects(
    findEngine({ env: { ...env, STAGEWRIGHT_ENGINE: "brew" } }),
    REFUSES(/^STAGEWRIGHT_ENGINE is "brew"; accepted are path, downloaded, built$/),
  );
});

test("where there is nothing, one sentence says what is missing and what to install", async () => {
  const { bin, env } = machine({ STAGEWRIGHT_ENGINE: "built" });
  const sentence =
    /^no Pulumi engine: there is no Go 1\.25 or newer to build it with; install the Pulumi CLI 3\.259\.0/;
  await assert.rejects(findEngine({ env }), REFUSES(sentence));
  script(join(bin, "go"), "echo go version go1.24.9 linux/amd64");
  await assert.rejects(findEngine({ env }), REFUSES(sentence));
  await assert.rejects(
    findEngine({ env: { ...env, STAGEWRIGHT_ENGINE: "path" } }),
    REFUSES(/^no Pulumi engine: there is no Pulumi CLI 3\.259\.0 or newer on the PATH; install/),
  );
});
