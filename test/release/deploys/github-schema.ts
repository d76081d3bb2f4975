import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv, { type ValidateFunction } from "ajv";

/**
 * GitHub's published description of its API: answers are filled up from it and, like requests,
 * checked against it.
 */

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  nullable?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
}

interface Content {
  content?: { "application/json"?: { schema: Schema } };
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content & { $ref?: string }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
}

const FILE = path.join(
  path.dirname(require.resolve("@octokit/openapi/package.json")),
  "generated/api.github.com.json",
);
const description = JSON.parse(readFileSync(FILE, "utf8"), nullable) as Description;
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(description, "github");
const compiled = new Map<string, ValidateFunction>();

// OpenAPI 3.0 lets `nullable` stand beside a choice or a list of values, JSON Schema does not.
function nullable(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("nullable" in value)) return value;
  if ("enum" in value && Array.isArray(value.enum))
    return { ...value, enum: [...new Set([...value.enum, null])] };
  if ("type" in value) return value;
  const { nullable: _, ...rest } = value;
  return { anyOf: [rest, { type: "null" }] };
}

interface Found {
  template: string;
  operation: Operation;
  method: string;
}

/** The operation that a call is. Throws where GitHub has none. */
export function operationOf(method: string, pathname: string): Found {
  const [template] = Object.keys(description.paths)
    .filter((each) => description.paths[each]?.[method.toLowerCase()] && pattern(each).test(pathname))
    .sort((a, b) => a.split("{").length - b.split("{").length || b.length - a.length);
  const operation = description.paths[template ?? ""]?.[method.toLowerCase()];
  if (template === undefined || !operation) throw new Error(`GitHub has no ${method} ${pathname}`);
  return { template, operation, method: method.toLowerCase() };
}

/** What is wrong with a request's query and body; empty where nothing is. */
export function wrongRequest(found: Found, query: URLSearchParams, body: string): string[] {
  const known = (found.operation.parameters ?? []).map((each) => resolved<Parameter>(each).name);
  const unknown = [...query.keys()].filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) => `the query has no '${name}'`),
    ...(body === ""
      ? []
      : wrong(`${at(found)}/requestBody/content/application~1json/schema`, JSON.parse(body))),
  ];
}

/**
 * An answer with these facts, filled up with what GitHub promises besides. Throws where the facts
 * are not GitHub's.
 */
export function answered(found: Found, status: number, facts: unknown): unknown {
  const schema = found.operation.responses[status]?.content?.["application/json"]?.schema;
  if (!schema) throw new Error(`${found.template} does not answer ${status} with JSON`);
  const answer = filled(schema, facts);
  const problems = wrong(`${at(found)}/responses/${status}/content/application~1json/schema`, answer);
  if (problems.length > 0) throw new Error(`${found.template}: ${problems.join("; ")}`);
  return answer;
}

function at({ template, method }: Found): string {
  return `github#/paths/${encodeURIComponent(template.replaceAll("/", "~1"))}/${method}`;
}

function wrong($ref: string, value: unknown): string[] {
  const validate = compiled.get($ref) ?? ajv.compile({ $ref });
  compiled.set($ref, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function pattern(template: string): RegExp {
  // The name of a branch or tag may hold slashes.
  const last = /\/((git\/refs?|commits)\/\{ref\}|\{basehead\})$/.test(template);
  const parameter = (_all: string, name: string) => (last && /^(ref|basehead)$/.test(name) ? ".+" : "[^/]+");
  return new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, parameter)}$`);
}

function resolved<T extends { $ref?: string }>(node: T): T {
  if (node.$ref === undefined) return node;
  const keys = node.$ref.slice(2).split("/");
  return resolved(
    keys.reduce<unknown>((tree, key) => (tree as Record<string, unknown>)[key], description) as T,
  );
}

function filled(reference: Schema, facts: unknown): unknown {
  const schema = resolved(reference);
  if (facts === null) return null;
  if (Array.isArray(facts)) return facts.map((each) => filled(schema.items ?? {}, each));
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => filled(part, facts)));
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices?.[0])
    return facts === undefined && choices.some(({ type }) => type === "null")
      ? null
      : filled(choices[0], facts);
  if (!schema.properties) return facts === undefined ? sample(schema) : facts;
  if (facts === undefined && schema.nullable) return null;
  const given = (facts ?? {}) as Record<string, unknown>;
  const names = new Set([...(schema.required ?? []), ...Object.keys(given)]);
  return Object.fromEntries(
    [...names].map((name) => [name, filled(schema.properties?.[name] ?? {}, given[name])]),
  );
}

function sample({ type, enum: options, nullable, format }: Schema): unknown {
  if (options) return options[0];
  if (nullable) return null;
  if (format === "date-time") return "2026-01-01T00:00:00Z";
  const samples: Record<string, unknown> = {
    string: "text",
    integer: 1,
    number: 1,
    boolean: false,
    array: [],
    object: {},
  };
  return samples[type ?? "object"];
}
