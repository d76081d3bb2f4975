import assert from "node:assert/strict";
import { test } from "vitest";
import { digitalocean } from "../../stagewright/rehearsal/vendors/digitalocean";
import { facts } from "../../stagewright/rehearsal/vendors/digitalocean/facts";
import { resourceType } from "../../stagewright/resources/types";
import { assertFactsMatch } from "./schema-facts";
import { sdkFacts } from "./sdk-facts";

test("the facts of digitalocean are those of its published schema", () =>
  assertFactsMatch("digitalocean", facts));

test("the version of digitalocean is the SDK's", () => {
  const { version } = require("@pulumi/digitalocean/package.json") as { version: string };
  assert.equal(digitalocean.version, version);
});

test("every type of digitalocean that is played has facts, and the other way round", () => {
  assert.deepEqual(Object.keys(digitalocean.kinds).sort(), Object.keys(facts).sort());
});

// Inputs of the SDK that the schema does not have yet, so that they are not played.
const NEWER: Record<string, readonly string[]> = {
  "digitalocean:index/droplet:Droplet": ["gpuPartitionMode"],
};

for (const [type, { replaces, ...stated }] of Object.entries(facts)) {
  test(`the facts of ${type} are the SDK's`, () => {
    const sdk = sdkFacts(type);
    const optional = sdk.optional.filter((name) => !NEWER[type]?.includes(name));
    assert.deepEqual(stated, { ...sdk, optional });
    assert.equal(digitalocean.kinds[resourceType(type)]?.facts, facts[type as keyof typeof facts]);
    const inputs: string[] = [...stated.required, ...stated.optional];
    for (const property of replaces) assert.ok(inputs.includes(property), `${property} is no input`);
  });
}
