import { test } from "vitest";
import { facts } from "../../stagewright/rehearsal/vendors/heroku/facts";
import { assertFactsMatch } from "./schema-facts";

test("the facts of heroku are those of its published schema", () => assertFactsMatch("heroku", facts));
