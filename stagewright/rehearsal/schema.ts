import type { Properties } from "../../providers/protocol/provider";
import type { Kind } from "./vendor";

/**
 * Returns why a value is invalid, in the provider's words; `undefined` if it is valid. Receives
 * known values only.
 */
export type Accepts = (value: unknown) => string | undefined;

/** The members of a nested object or of the objects in a list. */
export interface Members {
  required: readonly string[];
  optional: readonly string[];
}

/**
 * Facts of a type's provider schema beyond those that its package publishes, which its Check and
 * Diff use. A path has no indices for lists: `rules.type`.
 */
export interface Schema {
  /**
   * Inputs that the vendor fills in and that keep their value when the program no longer sets them
   * (Optional and Computed).
   */
  keeps?: readonly string[];
  /** Those among them that the vendor sets anew with each change. */
  follows?: readonly string[];
  /** The default of an input that the program does not set. */
  defaults?: Properties;
  /** Lists without order and without duplicates. */
  sets?: readonly string[];
  /** Texts that ignore case. */
  caseless?: readonly string[];
  /** Members of nested objects, by path. */
  members?: Readonly<Record<string, Members>>;
  accepts?: Readonly<Record<string, Accepts>>;
  /** Exactly one of each of these must be set. */
  oneOf?: readonly (readonly string[])[];
  /** At most one of each of these may be set. */
  conflicts?: readonly (readonly string[])[];
  /** The first may be set only together with the others. */
  together?: readonly (readonly [string, ...string[]])[];
  /** Checks all inputs together; they may contain unknown values. */
  refuses?(inputs: Properties): string | undefined;
  /**
   * The input that is generated from the resource's name if the program does not set it. Default:
   * `name`, if it is optional.
   */
  drawn?: string | false;
  /** The order of a replacement, if it does not follow from an explicit name. */
  replacement?: "deletes first" | "creates first";
}

// The messages of https://github.com/hashicorp/terraform-plugin-sdk/tree/main/helper/validation

/** Accepts one of a few words. */
export function words(...accepted: readonly string[]): Accepts {
  return (value) =>
    accepted.includes(value as string)
      ? undefined
      : `expected one of ${JSON.stringify(accepted)}, got ${value}`;
}

/** Accepts a whole number within bounds. */
export function between(least: number, most: number): Accepts {
  return (value) =>
    Number(value) >= least && Number(value) <= most
      ? undefined
      : `expected to be in the range (${least} - ${most}), got ${value}`;
}

/** Accepts a text that matches a pattern, with the provider's message for others. */
export function form(pattern: RegExp, says: string): Accepts {
  return (value) => (pattern.test(String(value)) ? undefined : `${says}, got ${JSON.stringify(value)}`);
}

/** Accepts anything but an empty value or zero. */
export const notEmpty: Accepts = (value) =>
  value === "" || value === 0 ? "expected not to be empty" : undefined;

/** Accepts a UUID, which most vendors use as an id. */
export const uuidForm = form(
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  "expected to be a valid UUID",
);

/** Adds to kinds the schemas of their types, and the members of their nested inputs. */
export function withSchemas(
  kinds: Readonly<Record<string, Kind>>,
  schemas: Readonly<Record<string, Schema>>,
  members: Readonly<Record<string, NonNullable<Schema["members"]>>> = {},
): Record<string, Kind> {
  return Object.fromEntries(
    Object.entries(kinds).map(([type, kind]) => [
      type,
      { ...kind, schema: { members: members[type], ...schemas[type] } },
    ]),
  );
}
