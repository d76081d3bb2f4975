import { test } from "vitest";
import { facts } from "../../stagewright/rehearsal/vendors/github/facts";
import { assertFactsMatch } from "./schema-facts";

test("the facts of github are those of its published schema", () => assertFactsMatch("github", facts));
