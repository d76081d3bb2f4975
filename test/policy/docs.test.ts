import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { policyRules } from "../../stagewright/environment/schema/policy";
import { rules } from "../../stagewright/policy/rules";
import { ROOT } from "../support/projects";
import { rulesTable } from "./table";

test("docs/policy.md lists the rules as they are", () => {
  const page = readFileSync(path.join(ROOT, "docs/policy.md"), "utf8");
  assert.ok(page.includes(rulesTable()), `the table has changed; it must be:\n${rulesTable()}`);
});

test("an exception can name every rule there is, and no other", () => {
  assert.deepEqual(
    rules.map(({ name }) => name),
    [...policyRules],
  );
});

test("every resource type that a rule names is one of an SDK: a misspelt one would never be looked at", () => {
  const folder = path.join(ROOT, "stagewright/policy/rules");
  const text = readdirSync(folder)
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("");
  const tokens = [...new Set([...text.matchAll(/"([a-z]+):([\w/]+):[A-Z]\w+"/g)])];
  assert.ok(tokens.length > 20);
  for (const [token, vendor = "", module = ""] of tokens) {
    const file = module.replace(/^index\//, "");
    const places = [`node_modules/@pulumi/${vendor}/${file}.js`, `sdks/${vendor}/${file}.ts`];
    assert.ok(
      places.some((place) => existsSync(path.join(ROOT, place))),
      `${token}: ${places.join(", ")}`,
    );
  }
});
