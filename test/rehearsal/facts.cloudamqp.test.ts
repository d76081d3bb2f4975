import { test } from "vitest";
import { facts } from "../../stagewright/rehearsal/vendors/cloudamqp/facts";
import { assertFactsMatch, hasSchemas } from "./schema-facts";

if (hasSchemas) {
  test("the facts of cloudamqp are those of its published schema", () =>
    assertFactsMatch("cloudamqp", facts));
}
