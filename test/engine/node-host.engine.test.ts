import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, test } from "vitest";
import { findEngine } from "../../stagewright/engine/find";
import { dependenciesOf } from "../../stagewright/engine/node-host/dependencies";
import { words } from "../../stagewright/engine/node-host/options";
import { requiredPackages } from "../../stagewright/engine/node-host/packages";
import { pathWith } from "../../stagewright/host/executables";
import { temporary } from "./machine";

const FIXTURES = join(__dirname, "fixtures");
const ROOT = join(__dirname, "../..");

/** A Pulumi project in a directory of its own, and the plain CLI in it with our language host. */
class Project {
  private readonly root = temporary();
  private readonly directory = join(this.root, "program");

  constructor(private readonly engineEnv: NodeJS.ProcessEnv) {
    cpSync(join(FIXTURES, "program"), this.directory, { recursive: true });
    symlinkSync(join(FIXTURES, "provider"), join(this.root, "provider"));
    symlinkSync(join(ROOT, "node_modules"), join(this.root, "node_modules"));
    mkdirSync(join(this.root, "state"));
    this.pulumi("stack", "init", "dev");
    this.pulumi("config", "set", "--secret", "text", "a secret text");
  }

  pulumi(...args: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(
      "pulumi",
      [...args, "--non-interactive", "--color", "never"],
      {
        cwd: this.directory,
        encoding: "utf8",
        env: {
          HOME: this.root,
          PULUMI_HOME: join(this.root, "home"),
          PULUMI_BACKEND_URL: `file://${join(this.root, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          ...this.engineEnv,
        },
      },
    );
    return { status, output: stdout + stderr };
  }
}

let engineEnv: NodeJS.ProcessEnv;
beforeAll(async () => {
  const { env, nodeHost } = await findEngine();
  // An engine that has a host of its own is tested with ours, too: it prefers the one that the PATH
  // names first.
  const own = nodeHost === "own" ? [] : [join(ROOT, "stagewright/engine/node-host")];
  engineEnv = { ...env, PATH: pathWith(own, env) };
});

test("the plain CLI runs a program and a provider from a path on our host, from nothing back to nothing", () => {
  const project = new Project(engineEnv);
  const up = project.pulumi("up", "--yes", "--skip-preview");
  assert.equal(up.status, 0, up.output);
  assert.match(up.output, /the program says hello/);
  assert.match(up.output, /secret: \["engine-test:text"\]/);
  assert.match(up.output, /length: 13/);
  assert.match(up.output, /text\s*: \[secret\]/);
  assert.match(up.output, /\+ 2 created/);
  assert.doesNotMatch(up.output, /a secret text/);
  const outputs = project.pulumi("stack", "output", "--json", "--show-secrets");
  assert.deepEqual(JSON.parse(outputs.output), { length: 13, text: "a secret text" });

  const preview = project.pulumi("preview", "--expect-no-changes");
  assert.equal(preview.status, 0, preview.output);

  const destroy = project.pulumi("destroy", "--yes", "--skip-preview");
  assert.equal(destroy.status, 0, destroy.output);
  assert.match(destroy.output, /- 2 deleted/);
});

test("a program that throws shows its error once, and nothing of the host", () => {
  const { status, output } = new Project(engineEnv).pulumi("preview", "--config", "fails=true");
  assert.notEqual(status, 0);
  const diagnostics = output.slice(output.indexOf("Diagnostics:"));
  assert.equal(diagnostics.match(/this program cannot go on/g)?.length, 1, output);
  assert.doesNotMatch(output, /node-host\/\w+\.ts|exit code/);
});

test("a program that ends badly without a word is said to", () => {
  const { status, output } = new Project(engineEnv).pulumi("preview", "--config", "exits=7");
  assert.notEqual(status, 0);
  assert.match(output, /the program ended with exit code 7/);
});

test("`pulumi about` knows the program's Node and its dependencies", () => {
  const about = new Project(engineEnv).pulumi("about", "--json");
  const { runtime, dependencies } = JSON.parse(about.output.slice(about.output.indexOf("{")));
  assert.deepEqual([runtime.language, runtime.version], ["nodejs", process.version]);
  assert.deepEqual(dependencies, [{ name: "@pulumi/pulumi", version: "3.259.0" }]);
});

test("arguments of Node are split as a shell splits them", () => {
  assert.deepEqual(words("--import tsx"), ["--import", "tsx"]);
  assert.deepEqual(words(`  --a="b c" 'd "e"' f\\ g "h \\"i\\"" `), ["--a=b c", 'd "e"', "f g", 'h "i"']);
  assert.deepEqual(words(""), []);
});

test("the packages that a program needs are those that its dependencies, near and far, are made for", () => {
  const root = temporary();
  const write = (path: string, manifest: object) => {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, "package.json"), JSON.stringify(manifest));
  };
  write("app", { dependencies: { "@pulumi/aws": "*", "@acme/parts": "*", absent: "*" } });
  write("node_modules/@pulumi/aws", { version: "7.1.0", pulumi: { resource: true } });
  write("node_modules/@acme/parts", {
    version: "1.0.0",
    dependencies: { "@acme/heroku": "*", "@acme/parts": "*" },
  });
  const server = "github://api.github.com/acme";
  write("node_modules/@acme/parts/node_modules/@acme/heroku", {
    version: "0.1.0",
    pulumi: { resource: true, name: "heroku", version: "v1.0.4", server },
  });
  const required = requiredPackages(join(root, "app/src"));
  assert.deepEqual(
    required.map((found) => [found.getName(), found.getKind(), found.getVersion(), found.getServer()]),
    [
      ["aws", "resource", "v7.1.0", ""],
      ["heroku", "resource", "v1.0.4", server],
    ],
  );
  const direct = dependenciesOf(join(root, "app")).filter((dependency) => dependency.direct);
  assert.deepEqual(
    direct.map(({ name }) => name),
    ["@pulumi/aws", "@acme/parts"],
  );
});
