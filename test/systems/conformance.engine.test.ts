import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import type { Tree } from "../../stagewright/environment/merge";
import type { EnvironmentSpec } from "../../stagewright/environment/schema/environment";
import type { StackFiles } from "../../stagewright/project/project";
import { seed } from "../../stagewright/rehearsal/seed";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { vendors } from "../../stagewright/rehearsal/vendors";
import type { DeployedResource } from "../../stagewright/resources/deployment";
import { resourceType } from "../../stagewright/resources/types";
import { ROOT, scratch } from "../support/projects";
import { plain, Stage } from "../support/rehearsed";
import { allSystems } from "../support/systems";

// The vendors' published schemas, where the workplace has them beside the checkout; a clone
// elsewhere has our tables of facts, which the tests in test/rehearsal compare with these schemas.
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

test("every stack of every system comes up in one cloud, conforms to its vendors' schemas, and goes without a trace", async () => {
  const cloud = path.join(scratch(), "cloud.db");
  const all = allSystems().flatMap((project) =>
    project.stacks.map((stack) => ({ stage: new Stage(project.dir, cloud), stack })),
  );
  assert.ok(all.length >= 13, `${all.length} stacks`);
  let sum = 0;
  for (const { stage, stack } of all) {
    await stage.done(stack, "up");
    const { found, compared } = nonconforming((await stage.resources(stack)).all);
    assert.deepEqual(found, []);
    sum += compared;
  }
  assert.ok(sum > 300, `${sum} resources compared`);

  // Beside all the others, still as it was made.
  for (const { stage, stack } of all) {
    const { same, ...others } = await stage.done(stack, "preview");
    assert.deepEqual(others, {}, `${stage.project.name} ${stack}`);
    assert.ok(same && same > 0);
  }

  for (const { stage, stack } of all) {
    const files = stage.files(stack);
    if (files.spec.data.protected) {
      assert.equal((await stage.run(stack, "destroy")).ok, false, `${stack} is protected`);
      const lifted = await stage.rehearsal().run(unprotected(stage, stack), "up");
      assert.ok(lifted.ok, `${stage.project.name} ${stack}: ${lifted.errors.join("\n")}`);
    }
    const { ok, errors } = await stage.rehearsal().run(unprotected(stage, stack), "destroy");
    assert.ok(ok, `${stage.project.name} ${stack}: ${errors.join("\n")}`);
  }
  assert.deepEqual(namesIn(cloud), namesBefore(all.map(({ stage, stack }) => stage.files(stack).spec)));
});

// As somebody does who wants production gone: its data is stated as not protected, that comes up,
// then it can be destroyed.
function unprotected(stage: Stage, stack: string): StackFiles {
  const files = stage.files(stack);
  const config = files.settings.config as Record<string, Tree>;
  const differs = { ...files.differs, data: { ...(files.differs.data as Tree), protected: false } };
  const settings = { ...files.settings, config: { ...config, [`${stage.project.name}:differs`]: differs } };
  return {
    ...files,
    spec: { ...files.spec, data: { ...files.spec.data, protected: false } },
    differs,
    settings,
  };
}

function namesIn(cloud: string): string[] {
  const store = new CloudStore(cloud);
  try {
    return store
      .all()
      .map(({ type, id }) => `${type} ${id}`)
      .sort();
  } finally {
    store.close();
  }
}

function namesBefore(specs: readonly EnvironmentSpec[]): string[] {
  const file = path.join(scratch(), "before.db");
  const store = new CloudStore(file);
  for (const spec of specs) seed(store, spec);
  store.close();
  return namesIn(file);
}

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

/** What is wrong with the resources of a stack, by what is known of their vendors. */
function nonconforming(all: readonly DeployedResource[]): { found: string[]; compared: number } {
  const ours = all.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const found = ours.flatMap(({ type, urn, inputs }) => {
    const vendor = type.split(":")[0] ?? "";
    const values = plain(inputs ?? {}) as Record<string, unknown>;
    return [...besideFacts(vendor, type, values, urn), ...besideSchema(vendor, type, values, urn)];
  });
  return { found, compared: ours.length };
}

function besideFacts(vendor: string, type: string, values: Record<string, unknown>, urn: string): string[] {
  const facts = vendors.find(({ name }) => name === vendor)?.kinds[resourceType(type)]?.facts;
  if (!facts) return vendor === "netlify" ? [] : [`${urn}: no facts about ${type}`];
  const accepted = [...facts.required, ...facts.optional];
  const missing = facts.required.filter((key) => values[key] === undefined);
  const unknown = Object.keys(values).filter((key) => !key.startsWith("__") && !accepted.includes(key));
  return [
    ...missing.map((key) => `${urn}: ${key} is missing`),
    ...unknown.map((key) => `${urn}: ${key} is not in the facts`),
  ];
}

function besideSchema(vendor: string, type: string, values: Record<string, unknown>, urn: string): string[] {
  const schema = schemaOf(vendor);
  if (!schema) return [];
  const resource = schema.resources[type];
  if (!resource) return [`${urn}: ${type} is not in the schema of ${vendor}`];
  return objectProblems(values, resource.inputProperties ?? {}, resource.requiredInputs ?? [], schema, urn);
}
