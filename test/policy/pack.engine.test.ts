import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import type { PolicyException } from "../../stagewright/environment/schema/policy";
import { findings } from "../../stagewright/policy/findings";
import type { Outcome } from "../../stagewright/rehearsal/run";
import { ROOT, scratch } from "../support/projects";
import { Stage } from "../support/rehearsed";
import { CASES, type Made, PLANTED, PROVIDERS, STATED } from "./cases";
import { programOf, statesOf } from "./declare";

// The very same rules, asked by the engine: `pulumi preview --policy-pack stagewright/policy`.

const PACK = ["--policy-pack", path.join(ROOT, "stagewright/policy")];

function preview(
  made: readonly Made[],
  { exceptions = [], flags = [] }: { exceptions?: PolicyException[]; flags?: string[] } = {},
): Promise<Outcome> {
  const stage = new Stage();
  const program = programOf({ ...STATED, exceptions }, PROVIDERS, made);
  return stage.rehearsal({ program }).run(stage.files("staging"), "preview", [...PACK, ...flags]);
}

/** Flags with which the engine goes on after a violation. */
function onlyAdvised(): string[] {
  const file = path.join(scratch(), "levels.json");
  writeFileSync(file, JSON.stringify({ all: "advisory", inputs: "remediate" }));
  return ["--policy-pack-config", file];
}

/** `rule resource` of everything that the engine was told. */
function told({ events }: Outcome): string[] {
  return events
    .flatMap(({ policyEvent }) => (policyEvent ? [policyEvent] : []))
    .map(({ policyName, resourceUrn = "" }) => `${policyName} ${nameIn(resourceUrn)}`)
    .sort();
}

function expected(made: readonly Made[], exceptions: PolicyException[] = []): string[] {
  // The engine does not tell a pack what is retained.
  const all = made.map((one) => ({ ...one, retainOnDelete: true }));
  return findings(statesOf({ ...STATED, exceptions }, PROVIDERS, all), {
    today: new Date().toISOString().slice(0, 10),
  })
    .filter(({ excepted }) => !excepted)
    .map(({ name, resource }) => `${name} ${resource?.name ?? "live"}`)
    .sort();
}

// Without a resource of its own, the engine blames the stack.
function nameIn(urn: string): string {
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  return urn.includes("pulumi:pulumi:Stack") || urn === "" ? "live" : name;
}

test("the engine hears from each rule about what breaks it, as review does", async () => {
  const made = CASES.flatMap(({ breaks }) => breaks.made);
  const outcome = await preview(made, { flags: onlyAdvised() });
  assert.equal(outcome.ok, true, outcome.errors.join("\n"));
  assert.deepEqual(told(outcome), expected(made));
  const all = outcome.events.flatMap(({ policyEvent }) => (policyEvent ? [policyEvent.message] : []));
  for (const { rule, breaks } of CASES)
    for (const says of breaks.says) {
      const anywhere = new RegExp(says.source.replace(/^\^/, ""));
      assert.ok(
        all.some((message) => anywhere.test(message)),
        `${rule}: ${says}`,
      );
    }
  for (const value of [PLANTED, "correct horse", "s3cr3t"]) assert.ok(!all.join().includes(value), value);
});

test("the engine hears nothing about what keeps the rules", async () => {
  const names = new Set<string>();
  const made = CASES.flatMap(({ holds }) => holds).filter(({ name }) => !names.has(name) && names.add(name));
  const outcome = await preview(made);
  assert.deepEqual(told(outcome), expected(made));
  assert.deepEqual(told(outcome), []);
  assert.equal(outcome.ok, true, outcome.errors.join("\n"));
});

test("an error stops the engine, a warning does not", async () => {
  const of = (rule: string) => CASES.find((one) => one.rule === rule)?.breaks.made ?? [];
  const refused = await preview(of("least-privilege"));
  assert.equal(refused.ok, false);
  const advised = await preview([...of("tags"), ...gated()]);
  assert.equal(advised.ok, true, advised.errors.join("\n"));
  assert.deepEqual(told(advised), ["tags tagless"]);
});

/** What every deploy needs. */
const gated = () => CASES.find(({ rule }) => rule === "deploys-limited")?.holds ?? [];

test("the engine lets pass what a stated exception names, and no longer once it has ended", async () => {
  const made = CASES.find(({ rule }) => rule === "least-privilege")?.breaks.made ?? [];
  const exceptions: PolicyException[] = [
    {
      rule: "least-privilege",
      resource: "wide-action",
      because: "the vendor knows no narrower one",
      until: "9999-12-31",
    },
    {
      rule: "least-privilege",
      resource: "wide-resource",
      because: "it was a trial for two weeks",
      until: "2020-01-31",
    },
    { rule: "tags", because: "there is nothing to let pass", until: "9999-12-31" },
  ];
  const outcome = await preview(made, { exceptions });
  const relevant = told(outcome).filter((one) => /^(least-privilege|exceptions) /.test(one));
  assert.deepEqual(relevant, ["exceptions live", "least-privilege wide-resource"]);
  const all = outcome.events.map(({ policyEvent }) => policyEvent?.message ?? "").join("\n");
  assert.match(
    all,
    /wide-resource allows it on every resource \(statement "It"\) \(the exception ended on 2020-01-31\)/,
  );
  assert.match(all, /policy\.exceptions\[2\], of tags, lets nothing pass/);
});
