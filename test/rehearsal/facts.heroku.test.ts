import { test } from "vitest";
import { facts } from "../../stagewright/rehearsal/vendors/heroku/facts";
import { assertFactsMatch, hasSchemas } from "./schema-facts";

if (hasSchemas) {
  test("the facts of heroku are those of its published schema", () => assertFactsMatch("heroku", facts));
}
