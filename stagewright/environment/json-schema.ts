import { z } from "zod";
import { isTree, type Tree, valueAt } from "./merge";
import { environment } from "./schema/environment";

/** A JSON Schema, as far as it is walked here. */
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

/** The whole environment, as it stands in `Pulumi.yaml`. */
export function environmentSchema(): JsonSchema {
  return z.toJSONSchema(environment, { io: "input", target: "draft-7" }) as JsonSchema;
}

/**
 * A stack's differences: the same shape with nothing required, and `null` to take something away
 * (RFC 7396).
 */
function differsSchema(): JsonSchema {
  return asPatch(environmentSchema());
}

/**
 * The schema of a project's `Pulumi.yaml` and `Pulumi.<stack>.yaml` for editors: only the keys of
 * ours are described, everything else that Pulumi knows is let through.
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
 * What the schema says of the value at a path of an environment, in words; `undefined` where it
 * says nothing.
 */
export function descriptionAt(path: readonly PropertyKey[], tree: Tree): string | undefined {
  return schemasAt(path, tree).find(({ description }) => description !== undefined)?.description;
}

/** The keys that the map at a path of an environment may have; empty where any name is accepted. */
export function keysAt(path: readonly PropertyKey[], tree: Tree): string[] {
  return [...new Set(schemasAt(path, tree).flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** The fixed values that may stand at a path, where each alternative fixes one. */
export function constantsAt(path: readonly PropertyKey[]): string[] {
  return schemasAt(path).flatMap(({ const: value }) => (typeof value === "string" ? [value] : []));
}

// All readings of a path: a union has several. Of those, the ones that the environment's fixed
// values choose, such as `via`; all of them where it chooses none.
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
