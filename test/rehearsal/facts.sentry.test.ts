import { test } from "vitest";
import { facts } from "../../stagewright/rehearsal/vendors/sentry/facts";
import { assertFactsMatch, hasSchemas } from "./schema-facts";

if (hasSchemas) {
  test("the facts of sentry are those of its published schema", () => assertFactsMatch("sentry", facts));
}
