import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { type Ended, run } from "../support/process";
import { dandiCopy, ROOT, scratch, setDiffers } from "../support/projects";

/** Runs `stagewright` as a person does. */
function stagewright(args: string[], cwd: string = ROOT): Promise<Ended> {
  return run(process.execPath, [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args], { cwd });
}

function oneSentence({ status, stderr, output }: Ended, told: RegExp): void {
  assert.equal(status, 2, output);
  assert.match(stderr, told);
  assert.doesNotMatch(output, /\n\s+at /, "no stack trace");
}

const cloudIn = (dir: string) => path.join(dir, "cloud", "cloud.db");

test("a wrong configuration ends with exit code 2 and one sentence, before anything is created", async () => {
  const dir = dandiCopy();
  setDiffers(dir, "staging", { database: { plan: "standrd-0" } });
  writeFileSync(path.join(dir, "Pulumi.empty.yaml"), "");
  writeFileSync(path.join(dir, "Pulumi.broken.yaml"), "config: [\n");
  writeFileSync(path.join(dir, "Pulumi.bare.yaml"), "config: {}\n");
  const cloud = cloudIn(scratch());
  const up = (stack: string) =>
    stagewright(["rehearse", "up", "--stack", stack, "--dir", dir, "--cloud", cloud]);
  oneSentence(
    await up("staging"),
    /^Pulumi\.staging\.yaml:\d+: dandi:differs\.database\.plan: is "standrd-0"; accepted: one of /,
  );
  oneSentence(await up("empty"), /^Pulumi\.empty\.yaml: is empty/);
  oneSentence(await up("broken"), /^Pulumi\.broken\.yaml:\d+: is no valid YAML/);
  oneSentence(await up("bare"), /^Pulumi\.bare\.yaml: dandi:differs: is missing/);
  oneSentence(await up("stagin"), /^Pulumi\.stagin\.yaml: does not exist; .* did you mean 'staging'\?/);
  assert.equal(existsSync(path.dirname(cloud)), false, "no cloud, no state");
});

test("a folder without a project, an unknown operation, a missing option and a bad failure are one sentence each", async () => {
  const empty = scratch();
  oneSentence(
    await stagewright(["rehearse", "up", "--stack", "staging", "--dir", empty]),
    /Pulumi\.yaml: does not exist/,
  );
  oneSentence(
    await stagewright(["rehearse", "dance", "--stack", "staging"]),
    /'dance' is invalid.*Allowed choices are up, preview/,
  );
  oneSentence(await stagewright(["rehearse", "up"]), /required option '--stack <name>'/);
  oneSentence(
    await stagewright(["rehearse", "up", "--stack", "staging", "--fail", "App:explode:1"]),
    /'App:explode:1' is not of the form TYPE:OPERATION:NTH/,
  );
  oneSentence(await stagewright(["reherse", "up"]), /unknown command 'reherse'/);
});

test("rehearse up, preview and destroy print what happens, and --json one object", async () => {
  const cloud = cloudIn(scratch());
  const common = ["--stack", "staging", "--cloud", cloud];
  const exported = path.join(scratch(), "staging.json");
  const up = await stagewright(["rehearse", "up", ...common, "--export", exported]);
  assert.equal(up.status, 0, up.output);
  assert.match(up.stdout, /created {3}api heroku App/);
  assert.match(up.stdout, /up succeeded: 6\d create/);
  assert.match(up.stdout, /policy: staging keeps every rule/);
  const deployment = JSON.parse(readFileSync(exported, "utf8")) as { deployment: { resources: unknown[] } };
  assert.ok(deployment.deployment.resources.length > 60);

  const preview = await stagewright(["rehearse", "preview", ...common, "--json"]);
  const told = JSON.parse(preview.stdout) as Record<string, unknown>;
  const { cost, ...rest } = told;
  assert.equal((cost as { total: number }).total, 350);
  assert.deepEqual(
    { ...rest, seconds: 0 },
    {
      system: "dandi",
      stack: "staging",
      operation: "preview",
      ok: true,
      changes: { same: (told.changes as { same: number }).same },
      errors: [],
      existing: [],
      seconds: 0,
      policy: { holds: true, findings: [] },
    },
  );
  const destroy = await stagewright(["rehearse", "destroy", ...common]);
  assert.doesNotMatch(destroy.stdout, /policy:/);
  assert.match(destroy.stdout, /destroy succeeded: 6\d delete/);
});

test("a failure of a vendor ends with exit code 3 and the vendor's words", async () => {
  const cloud = cloudIn(scratch());
  const failed = await stagewright([
    "rehearse",
    "up",
    "--stack",
    "staging",
    "--cloud",
    cloud,
    "--fail",
    "Domain:create:1:422 no such luck",
  ]);
  assert.equal(failed.status, 3);
  assert.match(failed.stderr, /422 no such luck/);
  assert.doesNotMatch(failed.output, /\n\s+at /);
});

test("workflows writes the files that the stack would commit", async () => {
  const out = scratch();
  const { status, stdout } = await stagewright(["workflows", "--stack", "staging", "--out", out]);
  assert.equal(status, 0);
  const files = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".yml"),
  );
  assert.deepEqual(files.sort(), [
    "dandi/dandi-api/.github/workflows/deploy-api-staging.yml",
    "dandi/dandiarchive/.github/workflows/deploy-gui-staging.yml",
  ]);
  for (const file of files) assert.ok(stdout.includes(file));
});

test("schema prints the JSON Schema, doctor says what is there", async () => {
  const schema = await stagewright(["schema"]);
  assert.equal(schema.stdout, readFileSync(path.join(ROOT, "Pulumi.schema.json"), "utf8"));
  const doctor = await stagewright(["doctor"]);
  assert.match(doctor.stdout, /Node/);
  assert.match(doctor.stdout, /engine/i);
});
