import assert from "node:assert/strict";
import { test } from "vitest";
import { aws } from "../../stagewright/rehearsal/vendors/aws";
import { facts as awsFacts } from "../../stagewright/rehearsal/vendors/aws/facts";
import { random } from "../../stagewright/rehearsal/vendors/random";
import { facts as randomFacts } from "../../stagewright/rehearsal/vendors/random/facts";
import { resourceType } from "../../stagewright/resources/types";
import { sdkFacts } from "./sdk-facts";

for (const [vendor, tables] of [
  [aws, awsFacts],
  [random, randomFacts],
] as const) {
  test(`the version of ${vendor.name} is the SDK's`, () => {
    const { version } = require(`@pulumi/${vendor.name}/package.json`) as { version: string };
    assert.equal(vendor.version, version);
  });

  test(`every type of ${vendor.name} that is played has facts, and the other way round`, () => {
    assert.deepEqual(Object.keys(vendor.kinds).sort(), Object.keys(tables).sort());
  });

  for (const [type, { replaces, ...stated }] of Object.entries(tables)) {
    test(`the facts of ${type} are the SDK's`, () => {
      assert.deepEqual(stated, sdkFacts(type));
      assert.equal(vendor.kinds[resourceType(type)]?.facts, tables[type as keyof typeof tables]);
      const inputs: string[] = [...stated.required, ...stated.optional];
      for (const property of replaces) assert.ok(inputs.includes(property), `${property} is no input`);
    });
  }
}

test("what is in another bucket or region is another resource", () => {
  for (const [type, { required, optional, replaces }] of Object.entries(awsFacts)) {
    for (const property of ["bucket", "region", "expectedBucketOwner"]) {
      const known = ([...required, ...optional] as string[]).includes(property);
      assert.equal((replaces as readonly string[]).includes(property), known, `${type} ${property}`);
    }
  }
});
