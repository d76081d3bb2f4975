import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { test } from "vitest";
import { parse } from "yaml";
import { projectSchema } from "../../stagewright/environment/json-schema";
import { readProject } from "../../stagewright/project/project";
import { ROOT } from "../support/projects";

const files = readdirSync(ROOT).filter((file) => /^Pulumi(\..+)?\.yaml$/.test(file));

function problems(yaml: string): string[] {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(projectSchema("dandi"));
  validate(parse(yaml));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test("the committed JSON Schema is what `stagewright schema` prints", () => {
  const committed: unknown = JSON.parse(readFileSync(path.join(ROOT, "Pulumi.schema.json"), "utf8"));
  assert.deepEqual(committed, JSON.parse(JSON.stringify(projectSchema(readProject(ROOT).name))));
});

for (const file of files) {
  test(`${file} conforms to the JSON Schema that it names`, () => {
    const text = readFileSync(path.join(ROOT, file), "utf8");
    assert.match(text, /^# yaml-language-server: \$schema=Pulumi\.schema\.json\n/);
    assert.deepEqual(problems(text), []);
  });
}

test("an editor sees a misspelt key, a misspelt plan and a wrong type, in the base and in the differences", () => {
  const differs =
    "config:\n  dandi:differs:\n    databse: {}\n    database: { plan: standrd-0 }\n    data: { protected: maybe }\n";
  const told = problems(differs).join("\n");
  assert.match(told, /differs must NOT have additional properties/);
  assert.match(told, /database\/plan|database must match/);
  assert.match(told, /data\/protected|data must match/);
  assert.match(
    problems("config:\n  dandi:environment:\n    value: {}\n").join("\n"),
    /required property 'name'/,
  );
});

test("a stack may take something away with null", () => {
  assert.deepEqual(
    problems("config:\n  dandi:differs:\n    broker: null\n    api: { logDrain: null }\n"),
    [],
  );
});

test("every key is described for whoever writes it", () => {
  const missing: string[] = [];
  const walk = (schema: Record<string, unknown>, at: string) => {
    for (const [key, value] of Object.entries(
      (schema.properties ?? {}) as Record<string, Record<string, unknown>>,
    )) {
      if (at !== "" && !value.description) missing.push(`${at}.${key}`);
      walk(value, `${at}.${key}`);
    }
  };
  const config = projectSchema("dandi").properties?.config?.properties?.["dandi:environment"];
  walk((config?.properties?.value ?? {}) as Record<string, unknown>, "environment");
  assert.deepEqual(missing, []);
});
