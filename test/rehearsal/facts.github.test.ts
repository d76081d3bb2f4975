import { test } from "vitest";
import { facts } from "../../stagewright/rehearsal/vendors/github/facts";
import { assertFactsMatch, hasSchemas } from "./schema-facts";

if (hasSchemas) {
  test("the facts of github are those of its published schema", () => assertFactsMatch("github", facts));
}
