import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { merge, type Tree } from "../../stagewright/environment/merge";
import { isolation } from "../../stagewright/isolation/isolation";
import { occupant } from "../../stagewright/isolation/run";
import { readProject, readStack, type StackFiles } from "../../stagewright/project/project";
import { resolveSpec } from "../../stagewright/project/validate";
import { rehearsed } from "../../stagewright/rehearsal/rehearsed";
import { projectWith, stagewright } from "../review/projects";
import { ROOT } from "../support/projects";

const project = readProject(ROOT);
const STAGING = readFileSync(path.join(ROOT, "Pulumi.staging.yaml"), "utf8");
const EXPECTED = path.join(__dirname, "expected/parity.staging-production.txt");

test("dandi 6: staging is production but for what it states, line by line as it is committed", async () => {
  const { status, stdout, stderr } = await stagewright("parity", "staging", "production");
  assert.equal(
    stdout,
    readFileSync(EXPECTED, "utf8"),
    `the listing has changed; if it is meant: NO_COLOR=1 npx stagewright parity staging production > ${path.relative(ROOT, EXPECTED)}`,
  );
  assert.equal(status, 0, stderr);
});

test("an undeclared difference in code makes parity say no, and which resource it is", async () => {
  const dir = projectWith({
    "index.ts": `
      import * as pulumi from "@pulumi/pulumi";
      import { environmentProgram } from "./components/program";
      export = () => {
        pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
          type.endsWith(":Formation") && pulumi.getStack() === "staging"
            ? { props: { ...props, quantity: 1 }, opts }
            : undefined,
        );
        return environmentProgram();
      };`,
  });
  const { status, stdout } = await stagewright("parity", "staging", "production", "--dir", dir, "--json");
  const report = JSON.parse(stdout) as { parallel: boolean; untraced: object[]; dead: object[] };
  assert.equal(status, 1);
  assert.equal(report.parallel, false);
  assert.deepEqual(report.untraced, [
    { resource: "api-web", type: "heroku:formation/formation:Formation", property: "quantity", a: 1, b: 3 },
  ]);
  assert.deepEqual(report.dead, []);
});

test("dandi 7: staging and production share nothing but what both declare as common", async () => {
  const { status, stdout, stderr } = await stagewright("isolation", "staging", "production", "--json");
  assert.equal(status, 0, stderr);
  const { isolated, shared, common } = JSON.parse(stdout) as {
    isolated: boolean;
    shared: object[];
    common: string[];
  };
  assert.deepEqual([isolated, shared], [true, []]);
  assert.ok(common.includes("DNS zone dandiarchive.org"));
});

test("pointing staging at production's bucket makes isolation say no, and where it is stated", async () => {
  const stated = STAGING.replace(/(bucket:\s+name: )\S+/, "$1dandiarchive");
  const line = stated.split("\n").findIndex((text) => text.includes("name: dandiarchive")) + 1;
  const dir = projectWith({ "Pulumi.staging.yaml": stated });
  const { status, stdout } = await stagewright("isolation", "staging", "production", "--dir", dir);
  assert.equal(status, 1);
  assert.match(stdout, /share 1 thing that is not declared as common/);
  assert.match(stdout, /aws Bucket 'dandiarchive' and \d+ more that belong to it would be made by both/);
  assert.ok(stdout.includes(`staging: bucket Pulumi.staging.yaml:${line} bucket.name`), stdout);
});

test("whatever of production's staging points at, isolation names it", async () => {
  const staging = readStack(project, "staging");
  const production = readStack(project, "production");
  const token = { config: { "dandi:herokuDeployToken": "one and the same" } };
  const [mine, theirs] = [
    stating(staging, {
      api: { app: "dandi-api", host: "api.dandiarchive.org", variables: { OTHER: "dandiarchive" } },
      bucket: { user: "dandi-api", account: "sponsored" },
      gui: { site: "gui-dandiarchive-org" },
      errors: { project: "dandi-api" },
    }),
    production,
  ].map((files) => ({ ...files, settings: merge(files.settings, token) }));
  assert.ok(mine && theirs);
  const { shared } = isolation(
    occupant(project, mine, await rehearsed(project, mine)),
    occupant(project, theirs, await rehearsed(project, theirs)),
  );
  const found = shared.map(
    ({ kind, what, in: [inStaging] }) => `${kind} ${what}: ${inStaging?.stated.join(", ")}`,
  );
  for (const expected of [
    /^made heroku App 'dandi-api' .*: Pulumi\.staging\.yaml(:\d+)? api\.app$/,
    /^made heroku Domain 'api\.dandiarchive\.org': Pulumi\.staging\.yaml(:\d+)? api\.host$/,
    /^made aws Record 'api\.dandiarchive\.org_CNAME': /,
    /^made aws User 'dandi-api' .*: Pulumi\.staging\.yaml(:\d+)? bucket\.user$/,
    /^made netlify site 'gui-dandiarchive-org'.*: Pulumi\.staging\.yaml(:\d+)? gui\.site$/,
    /^made sentry SentryProject 'dandi-api'.*: Pulumi\.staging\.yaml(:\d+)? errors\.project$/,
    /^secret the secret dandi:herokuDeployToken of the config: Pulumi\.staging\.yaml$/,
    /^secret the secret in bucket: outputs\.secretAccessKey: /,
    /^named aws Bucket 'dandiarchive': /,
  ]) {
    assert.ok(
      found.some((finding) => expected.test(finding)),
      `${expected} is not among\n${found.join("\n")}`,
    );
  }
});

test("a stack that does not exist, and one that is named twice, are wrong use", async () => {
  for (const command of ["parity", "isolation"]) {
    const unknown = await stagewright(command, "staging", "prodction");
    assert.equal(unknown.status, 2);
    assert.match(
      unknown.stderr,
      /prodction(\.yaml: does not exist| is neither a stack).*did you mean 'production'/,
    );
    const twice = await stagewright(command, "staging", "staging");
    assert.deepEqual(
      [twice.status, twice.stderr.trim()],
      [2, "staging is named twice; accepted are two different stacks"],
    );
  }
});

function stating(files: StackFiles, more: Tree): StackFiles {
  const differs = merge(files.differs, more);
  const config = project.settings.config as Tree;
  const base = (config["dandi:environment"] as Tree).value;
  const settings = merge(files.settings, { config: { "dandi:differs": more } });
  return {
    ...files,
    differs,
    settings,
    spec: resolveSpec(base, differs, { project: project.name, stack: files.stack }),
  };
}
