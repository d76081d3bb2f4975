import { environmentSchema, type JsonSchema } from "./json-schema";

/** Renders the reference of all keys as Markdown, from the schema that validates them. */
export function schemaMarkdown(): string {
  return [
    "# The environment, key by key",
    "",
    "Written by `npx stagewright schema --format markdown` from the schema that validates the configuration; do not edit.",
    "[How base and differences work together](spec.md)",
    "",
    "| key | accepted | default | what it is |",
    "|---|---|---|---|",
    ...rows(environmentSchema(), ""),
    "",
  ].join("\n");
}

function rows(schema: JsonSchema, at: string): string[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    row(at ? `${at}.${key}` : key, value, required.has(key)),
  );
}

function row(key: string, schema: JsonSchema, required: boolean): string[] {
  const standard =
    schema.default === undefined ? (required ? "required" : "") : code(JSON.stringify(schema.default));
  const own = `| ${code(key)} | ${accepted(schema)} | ${standard} | ${text(schema.description ?? "")} |`;
  const anyName = typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
  const inner = anyName?.properties ? rows(anyName, `${key}.<name>`) : [];
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((option) =>
    rows(option, key),
  );
  return [own, ...rows(schema, key), ...inner, ...new Set(alternatives)];
}

function accepted(schema: JsonSchema): string {
  const { const: constant, enum: values, type, items, additionalProperties } = schema;
  if (constant !== undefined) return code(String(constant));
  if (Array.isArray(values)) return values.map((value) => code(String(value))).join(" ");
  if (schema.anyOf ?? schema.oneOf) return "one of the forms below";
  if (type === "array") return `list of ${accepted(items ?? {})}`;
  if (type === "object") {
    if (schema.properties) return "map";
    return typeof additionalProperties === "object" ? `map of ${accepted(additionalProperties)}` : "map";
  }
  if (type === "integer") return range(schema);
  return String(type ?? "text")
    .replace("string", "text")
    .replace("boolean", "true or false");
}

// An integer without a stated bound gets its type's bound in the schema.
function range({ minimum, maximum }: JsonSchema): string {
  const bound = (value: unknown) =>
    typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
  const [low, high] = [bound(minimum), bound(maximum)];
  if (low !== undefined && high !== undefined) return `whole number, ${low} to ${high}`;
  return low === undefined ? "whole number" : `whole number, at least ${low}`;
}

function code(value: string): string {
  return `\`${value.replaceAll("|", "\\|")}\``;
}

function text(value: string): string {
  return value.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
}
