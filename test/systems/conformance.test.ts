import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { vendors } from "../../rehearsal/vendors";
import { ROOT } from "../support/projects";
import { plain, Stage } from "../support/rehearsed";

// The vendors' published schemas, where the workplace has them beside the checkout; a clone elsewhere has our tables of facts,
// which the tests in test/rehearsal compare with these schemas.
const SCHEMAS = path.resolve(ROOT, "../shared/schemas");

interface TypeSpec {
  type?: string;
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  oneOf?: TypeSpec[];
}
interface ObjectSpec {
  properties?: Record<string, TypeSpec>;
  required?: string[];
}
interface Schema {
  resources: Record<string, { inputProperties?: Record<string, TypeSpec>; requiredInputs?: string[] }>;
  types: Record<string, ObjectSpec & { type?: string; enum?: unknown[] }>;
}

function schemaOf(vendor: string): Schema | undefined {
  const file = path.join(SCHEMAS, `${vendor}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Schema) : undefined;
}

/** What is wrong with a value, by its path. */
function problems(value: unknown, spec: TypeSpec, schema: Schema, at: string): string[] {
  if (value === undefined || value === null) return [];
  if (spec.$ref) {
    const name = decodeURIComponent(spec.$ref.replace("#/types/", ""));
    const type = schema.types[name];
    if (!type) return [];
    if (type.enum) return [];
    return objectProblems(value, type.properties ?? {}, type.required ?? [], schema, at);
  }
  const isMap = typeof value === "object" && !Array.isArray(value);
  switch (spec.type) {
    case "array":
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((item, index) => problems(item, spec.items ?? {}, schema, `${at}[${index}]`));
    case "object":
      if (!isMap) return [`${at} is no map`];
      return Object.entries(value).flatMap(([key, inner]) =>
        problems(inner, spec.additionalProperties ?? {}, schema, `${at}.${key}`),
      );
    case "integer":
      return Number.isInteger(value) ? [] : [`${at} is no whole number`];
    case "string":
    case "number":
    case "boolean":
      return typeof value === spec.type ? [] : [`${at} is no ${spec.type}`];
    default:
      return [];
  }
}

function objectProblems(
  value: unknown,
  properties: Record<string, TypeSpec>,
  required: string[],
  schema: Schema,
  at: string,
): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is no map`];
  const map = value as Record<string, unknown>;
  return [
    ...required.filter((key) => map[key] === undefined).map((key) => `${at}.${key} is missing`),
    ...Object.entries(map).flatMap(([key, inner]) => {
      if (key.startsWith("__")) return [];
      const spec = properties[key];
      return spec ? problems(inner, spec, schema, `${at}.${key}`) : [`${at}.${key} is not in the schema`];
    }),
  ];
}

test("every resource of both stacks conforms to its vendor's schema", async () => {
  const stage = new Stage();
  const found: string[] = [];
  let compared = 0;
  for (const stack of ["production", "staging"]) {
    await stage.done(stack, "up");
    for (const { type, urn, inputs, custom } of (await stage.resources(stack)).all) {
      const vendor = type.split(":")[0] ?? "";
      if (!custom || vendor === "pulumi") continue;
      const facts = vendors.find(({ name }) => name === vendor)?.kinds[type]?.facts;
      const values = plain(inputs) as Record<string, unknown>;
      if (facts) {
        const accepted = [...facts.required, ...facts.optional];
        found.push(
          ...facts.required
            .filter((key) => values[key] === undefined)
            .map((key) => `${urn}: ${key} is missing`),
        );
        found.push(
          ...Object.keys(values)
            .filter((key) => !key.startsWith("__") && !accepted.includes(key))
            .map((key) => `${urn}: ${key} is not in the facts`),
        );
      } else if (vendor !== "netlify") {
        found.push(`${urn}: no facts about ${type}`);
      }
      compared++;
      const schema = schemaOf(vendor);
      const resource = schema?.resources[type];
      if (!schema) continue;
      if (!resource) {
        found.push(`${urn}: ${type} is not in the schema of ${vendor}`);
        continue;
      }
      found.push(
        ...objectProblems(values, resource.inputProperties ?? {}, resource.requiredInputs ?? [], schema, urn),
      );
    }
  }
  assert.deepEqual(found, []);
  assert.ok(compared > 90, `${compared} resources compared`);
});

test("the comparison sees a wrong type, a missing input and one that is unknown", () => {
  const schema: Schema = {
    resources: {},
    types: { T: { properties: { a: { type: "string" } }, required: ["a"] } },
  };
  const spec = { list: { type: "array", items: { $ref: "#/types/T" } }, size: { type: "integer" } };
  const value = { list: [{ b: 1 }, { a: 2 }], size: 1.5, extra: true };
  assert.deepEqual(objectProblems(value, spec, ["gone"], schema, "x"), [
    "x.gone is missing",
    "x.list[0].a is missing",
    "x.list[0].b is not in the schema",
    "x.list[1].a is no string",
    "x.size is no whole number",
    "x.extra is not in the schema",
  ]);
});
