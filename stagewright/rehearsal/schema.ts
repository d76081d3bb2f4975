import type { Properties } from "../../providers/protocol/provider";
import type { Kind } from "./vendor";

/**
 * Why a value is not accepted, in the provider's words; `undefined`: it is. Called with known
 * values only.
 */
export type Accepts = (value: unknown) => string | undefined;

/** The members of a nested object or of the objects of a list. */
export interface Members {
  required: readonly string[];
  optional: readonly string[];
}

/**
 * What the provider's own schema says of a type beyond what its package publishes: what its Check
 * and its Diff go by. A path goes through lists without an index: `rules.type`.
 */
export interface Schema {
  /**
   * Inputs that the vendor fills in and that stay as they are where the program states them no
   * longer (Optional and Computed).
   */
  keeps?: readonly string[];
  /** Those of them that the vendor sets anew with each change. */
  follows?: readonly string[];
  /** What an input counts as where the program does not state it. */
  defaults?: Properties;
  /** Lists without order and without duplicates. */
  sets?: readonly string[];
  /** Texts in which the case of letters does not count. */
  caseless?: readonly string[];
  /** Members of what is nested, by its path. */
  members?: Readonly<Record<string, Members>>;
  accepts?: Readonly<Record<string, Accepts>>;
  /** Exactly one of each of these must be stated. */
  oneOf?: readonly (readonly string[])[];
  /** At most one of each of these may be stated. */
  conflicts?: readonly (readonly string[])[];
  /** The first may only be stated with the others. */
  together?: readonly (readonly [string, ...string[]])[];
  /** What is refused of all inputs together, which may hold unknown values. */
  refuses?(inputs: Properties): string | undefined;
  /**
   * The input that is drawn from the resource's name where the program states none. Default:
   * `name`, where it may be left out.
   */
  drawn?: string | false;
  /** The order of a replacement, where it does not follow from a stated name. */
  replacement?: "deletes first" | "creates first";
}

// The words of https://github.com/hashicorp/terraform-plugin-sdk/tree/main/helper/validation

/** One of a few words. */
export function words(...accepted: readonly string[]): Accepts {
  return (value) =>
    accepted.includes(value as string)
      ? undefined
      : `expected one of ${JSON.stringify(accepted)}, got ${value}`;
}

/** A whole number from the least to the most. */
export function between(least: number, most: number): Accepts {
  return (value) =>
    Number(value) >= least && Number(value) <= most
      ? undefined
      : `expected to be in the range (${least} - ${most}), got ${value}`;
}

/** A text of a form, and what the provider says where it has another. */
export function form(pattern: RegExp, says: string): Accepts {
  return (value) => (pattern.test(String(value)) ? undefined : `${says}, got ${JSON.stringify(value)}`);
}

/** Neither empty nor zero. */
export const notEmpty: Accepts = (value) =>
  value === "" || value === 0 ? "expected not to be empty" : undefined;

/** A UUID, as most vendors identify things. */
export const uuidForm = form(
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  "expected to be a valid UUID",
);

/**
 * Kinds with the schemas of their types, and with the members of what is nested in their inputs.
 */
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
