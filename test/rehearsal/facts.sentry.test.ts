import { test } from "vitest";
import { facts } from "../../stagewright/rehearsal/vendors/sentry/facts";
import { assertFactsMatch } from "./schema-facts";

test("the facts of sentry are those of its published schema", () => assertFactsMatch("sentry", facts));
