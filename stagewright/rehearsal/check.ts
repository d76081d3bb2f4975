import { distance } from "fastest-levenshtein";
import { type CheckFailure, type Properties, UNKNOWN } from "../../providers/protocol/provider";
import type { Members } from "./schema";
import type { Kind } from "./vendor";

/**
 * Returns the inputs that the provider of a type refuses before anything is created. Values that a
 * preview does not know yet pass.
 */
export function refusedInputs(
  type: string,
  { facts, schema = {} }: Kind,
  inputs: Properties,
): CheckFailure[] {
  const { members = {}, accepts = {} } = schema;
  const failures = membersOf(type, facts, inputs, "");
  for (const [path, nested] of Object.entries(members)) {
    for (const { at, value } of valuesAt(inputs, path)) {
      if (isMap(value)) failures.push(...membersOf(`'${at}' of ${type}`, nested, value, `${at}.`));
    }
  }
  for (const [path, accept] of Object.entries(accepts)) {
    for (const { at, value } of valuesAt(inputs, path)) {
      const reason = value === undefined || value === null || holdsUnknown(value) ? undefined : accept(value);
      if (reason !== undefined) failures.push({ property: at, reason: `'${at}' of ${type}: ${reason}` });
    }
  }
  const reason = schema.refuses?.(inputs);
  if (reason !== undefined) failures.push({ property: "", reason: `${type}: ${reason}` });
  return [...failures, ...combinations(type, schema, inputs)];
}

function combinations(type: string, schema: NonNullable<Kind["schema"]>, inputs: Properties): CheckFailure[] {
  const stated = (keys: readonly string[]) => keys.filter((key) => isStated(inputs[key]));
  const fail = (property: string, says: string): CheckFailure => ({ property, reason: `${type}: ${says}` });
  return [
    ...(schema.oneOf ?? []).flatMap((keys) => {
      const count = stated(keys).length;
      return count === 1
        ? []
        : [fail(keys[0] ?? "", `exactly one of ${keys.join(", ")} must be specified, not ${count}`)];
    }),
    ...(schema.conflicts ?? []).flatMap((keys) => {
      const [one, ...others] = stated(keys);
      return others.length === 0 ? [] : [fail(one ?? "", `${one} conflicts with ${others.join(", ")}`)];
    }),
    ...(schema.together ?? []).flatMap(([key, ...others]) =>
      isStated(inputs[key]) && stated(others).length < others.length
        ? [fail(key, `all of ${[key, ...others].join(", ")} must be specified`)]
        : [],
    ),
  ];
}

function membersOf(
  of: string,
  { required, optional }: Members,
  values: Properties,
  prefix: string,
): CheckFailure[] {
  const accepted = [...required, ...optional];
  const missing = required.filter((key) => values[key] === undefined);
  const unknown = Object.keys(values).filter((key) => !accepted.includes(key) && !key.startsWith("__"));
  return [
    ...missing.map((key) => ({ property: prefix + key, reason: `${of} requires '${key}'` })),
    ...unknown.map((key) => {
      const [nearest] = [...accepted].sort((a, b) => distance(a, key) - distance(b, key));
      return { property: prefix + key, reason: `${of} has no input '${key}'; the nearest is '${nearest}'` };
    }),
  ];
}

/** Returns the values at a path with their positions, through every item of a list. */
function valuesAt(value: unknown, path: string, above = ""): { at: string; value: unknown }[] {
  if (path === "") {
    return Array.isArray(value)
      ? value.flatMap((item, index) => valuesAt(item, "", `${above}[${index}]`))
      : [{ at: above, value }];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => valuesAt(item, path, `${above}[${index}]`));
  if (!isMap(value)) return [];
  const [head = "", ...rest] = path.split(".");
  return valuesAt(value[head], rest.join("."), above === "" ? head : `${above}.${head}`);
}

function isStated(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function holdsUnknown(value: unknown): boolean {
  return typeof value === "string" && value.includes(UNKNOWN);
}

function isMap(value: unknown): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
