import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import type { Tree } from "../../stagewright/environment/merge";
import { run } from "../support/process";
import { ROOT } from "../support/projects";
import { changed } from "./copies";

// The ways in which a row can be missed by config: each is one clear sentence and exit code 2,
// before anything is created.
const WAYS: { what: string; system: string; stack: string; change: Tree; says: RegExp }[] = [
  {
    what: "a missing check: a gate that a failing verification passes",
    system: "dt",
    stack: "production",
    change: { release: { api: { gates: { environments: { tests: "deployed" } } } } },
    says: /^Pulumi\.production\.yaml:\d+: dt:differs\.release\.api\.gates\.environments\.tests: is 'deployed', but 'tests' verifies, .*; accepted: verified$/,
  },
  {
    what: "a missing check: a step that is asked for and not there",
    system: "dt",
    stack: "production",
    change: { release: { api: { gates: { environments: { stag: "deployed" } } } } },
    says: /^Pulumi\.production\.yaml:\d+: dt:differs\.release\.api\.gates\.environments\.stag: refers to 'stag', where no api is deployed; .*did you mean 'stage'\?$/,
  },
  {
    what: "a missing check: a start after a step that no gate asks for",
    system: "dt",
    stack: "sandbox",
    change: { release: { api: { gates: { environments: { tests: null } } } } },
    says: /release\.api\.schedule: starts after 'tests', but gates\.environments does not ask for it; accepted: gates\.environments\.tests: deployed or verified$/,
  },
  {
    what: "a missing check: nobody named who must report it",
    system: "payslip",
    stack: "staging",
    change: { release: { api: { gates: { checks: { quantifiedcode: null, "": "any" } } } } },
    says: /^Pulumi\.staging\.yaml:\d+: payslip:differs\.release\.api\.gates\.checks\.?/,
  },
  {
    what: "a wrong time zone",
    system: "dt",
    stack: "production",
    change: { release: { timezone: "EST" } },
    says: /dt:differs\.release\.timezone: is "EST"; accepted: a time zone of the IANA database such as/,
  },
  {
    what: "a wrong DNS zone",
    system: "payslip",
    stack: "staging",
    change: {
      accounts: { project: { id: "123456789012", region: "us-east-1" } },
      dns: { zone: "example.org" },
      api: { host: "payslip.example.com" },
    },
    says: /payslip:differs\.api\.host: is 'payslip\.example\.com', which is outside the zone; accepted: example\.org or a name that ends with \.example\.org$/,
  },
  {
    what: "a budget that is exceeded",
    system: "payslip",
    stack: "staging",
    change: { budget: { monthly: 20 } },
    says: /payslip:differs\.budget\.monthly: is .*20/,
  },
  {
    what: "data that would flow back",
    system: "dt",
    stack: "stage",
    change: { data: { restoredFrom: ["sandbox-anton"] } },
    says: /dt:differs\.data\.restoredFrom\[2\]: is 'stage', to which data flows from here: sandbox-anton ← stage ← sandbox-anton; accepted: data that flows in one direction$/,
  },
  {
    what: "a source that may not give its data",
    system: "dt",
    stack: "sandbox-anton",
    change: { data: { restoredFrom: ["tests", "sandbox", "stage"] } },
    says: /dt:differs\.data\.restore\.sources\.production: is none of data\.restoredFrom, .*; accepted: tests, sandbox, stage/,
  },
  {
    what: "somebody else who restores the owner's data",
    system: "dt",
    stack: "sandbox-anton",
    change: { data: { restore: { by: "bea" } } },
    says: /dt:differs\.data\.restore\.by: is 'bea', but the environment is 'anton''s own; accepted: anton$/,
  },
];

for (const { what, system, stack, change, says } of WAYS) {
  test(`${what} is one sentence`, async () => {
    const dir = changed(system, stack, change);
    const cloud = path.join(dir, "cloud.db");
    const args = ["rehearse", "up", "--stack", stack, "--dir", dir, "--cloud", cloud];
    const { status, stderr } = await run(
      process.execPath,
      [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args],
      {
        cwd: ROOT,
      },
    );
    assert.equal(status, 2, stderr);
    assert.match(stderr.trim(), says);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.ok(!existsSync(cloud), "nothing was touched");
  });
}
