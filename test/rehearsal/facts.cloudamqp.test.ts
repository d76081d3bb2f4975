import { test } from "vitest";
import { facts } from "../../stagewright/rehearsal/vendors/cloudamqp/facts";
import { assertFactsMatch } from "./schema-facts";

test("the facts of cloudamqp are those of its published schema", () => assertFactsMatch("cloudamqp", facts));
