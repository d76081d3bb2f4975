import { closest, distance } from "fastest-levenshtein";
import { type CheckFailure, type Properties, UNKNOWN } from "../protocol/provider";

/** The values that an input property accepts. */
interface Input {
  /**
   * `strings` is a list of text, `map` an object of text under free keys, `object` an object with
   * `members`.
   */
  type: "string" | "boolean" | "number" | "strings" | "map" | "object";
  required?: true;
  /** A change forces a replacement. */
  replace?: true;
  members?: Inputs;
  /**
   * Returns what a value must be if it is invalid. It receives only known values of the right type.
   */
  rule?(value: unknown): string | undefined;
}

export type Inputs = Record<string, Input>;

/** Checks values against their declaration. Values that a preview does not know yet pass. */
export function validate(inputs: Inputs, values: Properties, parent = ""): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const fail = (key: string, reason: string) =>
    failures.push({ property: parent + key, reason: `${parent}${key} ${reason}` });

  for (const [key, input] of Object.entries(inputs)) {
    if (input.required && isMissing(values[key])) fail(key, "is required");
  }
  for (const [key, value] of Object.entries(values)) {
    const input = inputs[key];
    if (isMissing(value)) continue;
    if (!input) fail(key, `is not a known property; ${suggestion(key, Object.keys(inputs))}`);
    else if (value === UNKNOWN) continue;
    else if (!hasType(input, value))
      fail(key, `must be ${TYPE_NAMES[input.type]}, not ${JSON.stringify(value)}`);
    else if (input.members)
      failures.push(...validate(input.members, value as Properties, `${parent}${key}.`));
    else if (!containsUnknown(value)) {
      const reason = input.rule?.(value);
      if (reason) fail(key, `${reason}, not ${JSON.stringify(value)}`);
    }
  }
  return failures;
}

/** Removes the members without a value. */
export function withoutMissing(values: Properties): Properties {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => !isMissing(value))
      .map(([key, value]) => [key, isObject(value) ? withoutMissing(value) : value]),
  );
}

/** Whether a change at a property path forces a replacement by the declaration. */
export function forcesReplace(inputs: Inputs): (path: string) => boolean {
  return (path) => {
    const [head = "", ...rest] = path.split(".");
    const input = inputs[head];
    if (!input) return false;
    return input.replace === true || (rest.length > 0 && forcesReplace(input.members ?? {})(rest.join(".")));
  };
}

/** Accepts one of a few words. */
export function oneOf(words: readonly string[]): (value: unknown) => string | undefined {
  return (value) => (words.includes(value as string) ? undefined : `must be one of ${words.join(", ")}`);
}

/** Accepts a pattern, described for the message. */
export function matches(pattern: RegExp, description: string): (value: unknown) => string | undefined {
  return (value) => (pattern.test(value as string) ? undefined : `must be ${description}`);
}

/** Applies a rule to each item of a list. */
export function each(rule: (value: unknown) => string | undefined): (value: unknown) => string | undefined {
  return (value) => (value as unknown[]).map(rule).find((reason) => reason !== undefined);
}

const TYPE_NAMES: Record<Input["type"], string> = {
  string: "text",
  boolean: "true or false",
  number: "a number",
  strings: "a list of text",
  map: "an object of text",
  object: "an object",
};

function hasType(input: Input, value: unknown): boolean {
  switch (input.type) {
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "strings":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    case "map":
      return isObject(value) && Object.values(value).every((item) => typeof item === "string");
    case "object":
      return isObject(value);
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
  }
}

function suggestion(key: string, known: string[]): string {
  const nearest = known.length > 0 ? closest(key, known) : undefined;
  const near = nearest !== undefined && distance(key, nearest) <= Math.max(2, key.length / 3);
  return near
    ? `did you mean ${nearest}?`
    : known.length > 0
      ? `known are ${known.join(", ")}`
      : "there are none";
}

function containsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isObject(value) ? Object.values(value).some(containsUnknown) : value === UNKNOWN;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
