import { z } from "zod";
import { isTree, type Tree, valueAt } from "./merge";
import { environment } from "./schema/environment";

/** The part of JSON Schema that this file reads. */
export interface JsonSchema {
  $ref?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  required?: string[];
  const?: unknown;
  [keyword: string]: unknown;
}

/** The whole environment, as written in `Pulumi.yaml`. */
export function environmentSchema(): JsonSchema {
  return z.toJSONSchema(environment, { io: "input", target: "draft-7" }) as JsonSchema;
}

/**
 * A stack's differences: the same shape with nothing required, and `null` to remove a value (RFC
 * 7396).
 */
function differsSchema(): JsonSchema {
  return asPatch(environmentSchema());
}

/**
 * Returns the schema of a project's `Pulumi.yaml` and `Pulumi.<stack>.yaml` for editors. It
 * describes only our keys and accepts all of Pulumi's.
 */
export function projectSchema(project: string): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `Stagewright: the environments of ${project}`,
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: {
          [`${project}:environment`]: {
            type: "object",
            properties: { value: environmentSchema() },
            required: ["value"],
          },
          [`${project}:differs`]: differsSchema(),
        },
      },
    },
  };
}

/**
 * Returns the schema's description of the value at a path of an environment; `undefined` if it has
 * none.
 */
export function descriptionAt(path: readonly PropertyKey[], tree: Tree): string | undefined {
  return schemasAt(path, tree).find(({ description }) => description !== undefined)?.description;
}

/**
 * Returns the keys that the map at a path of an environment may have; empty if any name is
 * accepted.
 */
export function keysAt(path: readonly PropertyKey[], tree: Tree): string[] {
  return [...new Set(schemasAt(path, tree).flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** Returns the fixed values allowed at a path, if every alternative fixes one. */
export function constantsAt(path: readonly PropertyKey[]): string[] {
  return schemasAt(path).flatMap(({ const: value }) => (typeof value === "string" ? [value] : []));
}

// Returns the schemas that apply at a path. A union has several: those selected by the
// environment's fixed values, such as `via`, or all of them if none is selected.
function schemasAt(path: readonly PropertyKey[], tree?: Tree): JsonSchema[] {
  let here: JsonSchema[] = readings(environmentSchema());
  for (const [index, step] of path.entries()) {
    here = chosen(here, valueAt(tree, path.slice(0, index)));
    here = here
      .map(
        (schema) =>
          schema.properties?.[String(step)] ?? schema.items ?? asSchema(schema.additionalProperties),
      )
      .filter((found) => found !== undefined)
      .flatMap(readings);
  }
  return chosen(here, valueAt(tree, path));
}

function chosen(schemas: JsonSchema[], value: unknown): JsonSchema[] {
  if (!isTree(value)) return schemas;
  const found = schemas.filter(({ properties = {} }) =>
    Object.entries(properties).every(
      ([key, { const: fixed }]) => fixed === undefined || value[key] === fixed,
    ),
  );
  return found.length > 0 ? found : schemas;
}

function readings(schema: JsonSchema): JsonSchema[] {
  return [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
}

function asSchema(value: JsonSchema | boolean | undefined): JsonSchema | undefined {
  return typeof value === "object" ? value : undefined;
}

function asPatch(schema: JsonSchema): JsonSchema {
  const { required: _, default: __, properties, additionalProperties, anyOf, oneOf, ...rest } = schema;
  const patch: JsonSchema = { ...rest };
  if (properties) {
    patch.properties = Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, { anyOf: [asPatch(value), { type: "null" }] }]),
    );
  }
  if (additionalProperties !== undefined) {
    const value = asSchema(additionalProperties);
    patch.additionalProperties = value ? { anyOf: [asPatch(value), { type: "null" }] } : additionalProperties;
  }
  if (anyOf) patch.anyOf = anyOf.map(asPatch);
  if (oneOf) patch.anyOf = oneOf.map(asPatch);
  return patch;
}
