import { readFileSync } from "node:fs";
import Ajv, { type ValidateFunction } from "ajv";

/**
 * Checks requests and answers against the vendor's published OpenAPI document (Swagger 2.0), more
 * strictly than it asks: an object with declared properties may have no others.
 */

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  additionalProperties?: unknown;
  [key: string]: unknown;
}

interface Parameter {
  name: string;
  in: "path" | "query" | "body" | "formData" | "header";
  type?: string;
  enum?: string[];
  required?: boolean;
  schema?: Schema;
}

interface Operation {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, { schema?: Schema }>;
}

interface Document {
  basePath: string;
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>;
}

export interface Exchange {
  method: string;
  /** Path with base path and query. */
  url: string;
  /** The request's text, empty where there is none. */
  request: string;
  status: number;
  answer: string;
}

// What the API takes and gives beside its document; each is explained where the provider or the
// rehearsal uses it.
const UNPUBLISHED_REPO = { base: { type: "string" }, skip_prs: { type: "boolean" } };
const UNPUBLISHED_ERROR = { errors: { type: "object" } };

const document = JSON.parse(readFileSync(require.resolve("@netlify/open-api"), "utf8")) as Document;
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const compiled = new WeakMap<Schema, ValidateFunction>();

/** What is wrong with an exchange; empty where it conforms. */
export function violations(exchange: Exchange): string[] {
  const { pathname, searchParams } = new URL(exchange.url, "http://127.0.0.1");
  if (!pathname.startsWith(document.basePath)) return [`${pathname} is outside of ${document.basePath}`];
  const method = exchange.method.toLowerCase();
  const found = operationOf(method, pathname.slice(document.basePath.length));
  if (!found) return [`${exchange.method} ${pathname} is not in the document`];
  const { operation, parameters } = found;
  const about = (problems: string[]) => problems.map((problem) => `${operation.operationId}: ${problem}`);
  return about([
    ...queryProblems(parameters, searchParams),
    ...bodyProblems(parameters, exchange.request),
    ...answerProblems(operation, exchange),
  ]);
}

function operationOf(method: string, path: string) {
  const candidates = Object.entries(document.paths)
    .filter(([template, item]) => item[method] && pattern(template).test(path))
    .sort(([a], [b]) => a.split("{").length - b.split("{").length);
  const [, item] = candidates[0] ?? [];
  const operation = item?.[method];
  if (!item || !operation) return undefined;
  return { operation, parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])] };
}

function pattern(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

function queryProblems(parameters: Parameter[], query: URLSearchParams): string[] {
  const declared = new Map(parameters.filter((p) => p.in === "query").map((p) => [p.name, p]));
  const problems = [...query].flatMap(([name, value]) => {
    const parameter = declared.get(name);
    if (!parameter) return [`unknown query parameter ${name}`];
    const isNumber = parameter.type !== "integer" || /^-?\d+$/.test(value);
    const isFlag = parameter.type !== "boolean" || /^(true|false)$/.test(value);
    const isListed = !parameter.enum || parameter.enum.includes(value);
    return isNumber && isFlag && isListed ? [] : [`query parameter ${name} is ${value}`];
  });
  const missing = [...declared.values()].filter((p) => p.required && !query.has(p.name));
  return [...problems, ...missing.map((p) => `query parameter ${p.name} is missing`)];
}

function bodyProblems(parameters: Parameter[], text: string): string[] {
  const declared = parameters.find((p) => p.in === "body");
  if (text === "") return declared?.required ? ["the body is missing"] : [];
  if (!declared?.schema) return ["there is a body, but none is declared"];
  return schemaProblems("request", declared.schema, JSON.parse(text));
}

function answerProblems({ responses }: Operation, { status, answer }: Exchange): string[] {
  const isError = status >= 400;
  const response =
    responses[String(status)]?.schema || !isError ? responses[String(status)] : responses.default;
  if (!response && !isError) return [`status ${status} is not declared`];
  if (!response?.schema) return answer === "" || isError ? [] : [`status ${status} has a body`];
  return answer === ""
    ? ["the answer is empty"]
    : schemaProblems("answer", response.schema, JSON.parse(answer));
}

function schemaProblems(what: string, schema: Schema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(strict(schema));
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${what}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

function strict(schema: Schema): Schema {
  if (schema.allOf) {
    const properties = Object.assign({}, ...schema.allOf.map((part) => part.properties ?? {}));
    return strict({ type: "object", properties });
  }
  if (schema.items) return { ...schema, items: strict(schema.items) };
  if (!schema.properties) return schema;
  const own = Object.entries(schema.properties).map(([key, member]) => [key, strict(member)]);
  const more = schema.properties.repo_path
    ? UNPUBLISHED_REPO
    : schema.properties.message
      ? UNPUBLISHED_ERROR
      : {};
  return { additionalProperties: false, ...schema, properties: { ...Object.fromEntries(own), ...more } };
}
