import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Facts } from "../../stagewright/rehearsal/vendor";
import type { ByType } from "../../stagewright/resources/types";

interface Property {
  secret?: boolean;
  willReplaceOnChanges?: boolean;
  $ref?: string;
  items?: { $ref?: string };
  additionalProperties?: { $ref?: string };
}

interface Schema {
  resources: Record<
    string,
    {
      inputProperties: Record<string, Property>;
      requiredInputs?: string[];
      properties: Record<string, Property>;
    }
  >;
  types: Record<string, { properties?: Record<string, Property>; required?: string[] }>;
}

const folder = path.join(__dirname, "../../../shared/schemas");

/**
 * Compares the facts of every type of a package with its published schema, each way. A clone that
 * has no schemas beside it has nothing to compare.
 */
export function assertFactsMatch(packageName: string, facts: ByType<Facts>): void {
  if (!existsSync(folder)) return;
  const schema = JSON.parse(readFileSync(path.join(folder, `${packageName}.json`), "utf8")) as Schema;
  for (const [type, stated] of Object.entries(facts)) {
    const resource = schema.resources[type];
    assert.ok(resource, `${type} is in the schema`);
    const { inputProperties: inputs, properties: outputs, requiredInputs = [] } = resource;
    assert.deepEqual(
      {
        required: [...stated.required].sort(),
        optional: [...stated.optional].sort(),
        computed: [...stated.computed].sort(),
        replaces: [...stated.replaces].sort(),
        secrets: [...stated.secrets].sort(),
      },
      {
        required: [...requiredInputs].sort(),
        optional: Object.keys(inputs)
          .filter((name) => !requiredInputs.includes(name))
          .sort(),
        computed: Object.keys(outputs)
          .filter((name) => !(name in inputs))
          .sort(),
        replaces: replacing(schema, inputs),
        secrets: Object.keys(outputs)
          .filter((name) => outputs[name]?.secret)
          .sort(),
      },
      type,
    );
  }
}

// Paths that force a replacement; below one that does, the parts need not be said.
function replacing(schema: Schema, properties: Record<string, Property>, prefix = ""): string[] {
  return Object.entries(properties)
    .flatMap(([name, property]) => {
      const nested = schema.types[property.$ref?.replace("#/types/", "") ?? ""]?.properties;
      if (property.willReplaceOnChanges) return [prefix + name];
      return nested ? replacing(schema, nested, `${prefix}${name}.`) : [];
    })
    .sort();
}

/**
 * The members of what is nested in the inputs of a type, by path; `undefined` where the package's
 * schema is not there.
 */
export function membersIn(
  packageName: string,
  type: string,
): Record<string, { required: string[]; optional: string[] }> | undefined {
  const file = path.join(folder, `${packageName}.json`);
  if (!existsSync(file)) return undefined;
  const schema = JSON.parse(readFileSync(file, "utf8")) as Schema;
  return nestedIn(schema, schema.resources[type]?.inputProperties ?? {}, "");
}

function nestedIn(schema: Schema, properties: Record<string, Property>, prefix: string) {
  const found: Record<string, { required: string[]; optional: string[] }> = {};
  for (const [name, { $ref, items, additionalProperties }] of Object.entries(properties)) {
    const refers = $ref ?? items?.$ref ?? additionalProperties?.$ref ?? "";
    const nested = schema.types[refers.replace("#/types/", "")];
    if (!nested?.properties) continue;
    const members = Object.keys(nested.properties).sort();
    const required = [...(nested.required ?? [])].sort();
    found[prefix + name] = { required, optional: members.filter((member) => !required.includes(member)) };
    Object.assign(found, nestedIn(schema, nested.properties, `${prefix}${name}.`));
  }
  return found;
}
