import assert from "node:assert/strict";
import { test } from "vitest";
import { tls } from "../../stagewright/rehearsal/vendors/tls";
import { facts } from "../../stagewright/rehearsal/vendors/tls/facts";
import { resourceType } from "../../stagewright/resources/types";
import { sdkFacts } from "./sdk-facts";

test("the version of tls is the SDK's", () => {
  const { version } = require("@pulumi/tls/package.json") as { version: string };
  assert.equal(tls.version, version);
});

for (const [type, { replaces, ...stated }] of Object.entries(facts)) {
  test(`the facts of ${type} are the SDK's`, () => {
    assert.deepEqual(stated, sdkFacts(type));
    assert.equal(tls.kinds[resourceType(type)]?.facts, facts[type as keyof typeof facts]);
    // A logical resource has no update: every input makes a new one.
    assert.deepEqual([...replaces].sort(), [...stated.required, ...stated.optional].sort());
  });
}
