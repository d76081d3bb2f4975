import type { Existing } from "../../../rehearsal/existing/existing";
import type { ResourceState } from "../../../resources/graph";
import type { Change } from "../../change/change";
import type { ProviderChange } from "../../change/providers";

/** The kinds of risks, the gravest first. */
export const KINDS = ["second", "data", "downtime", "exposure", "rights", "secrets"] as const;
export type RiskKind = (typeof KINDS)[number];

/** A risk in a change that a person should know before they approve it. */
export interface Risk {
  kind: RiskKind;
  /**
   * danger: something is lost, opened or widened. warning: it may be, or work is interrupted.
   * notice: good to know.
   */
  level: "danger" | "warning" | "notice";
  /** One sentence. It may contain text from the configuration, which the output formats escape. */
  says: string;
}

/** The facts that the risks are derived from. */
export interface Occasion {
  /** Name of the environment, for a person. */
  environment: string;
  /** Whether the changes were already made by hand at the vendors. */
  byHand: boolean;
  /** The changes of resources that exist or would exist. */
  changes: readonly Change[];
  /** The providers whose configuration changes. */
  providers: readonly ProviderChange[];
  /** The resources before the change. */
  standing: readonly ResourceState[];
  /** Resources that would be created although they exist. Default: none. */
  existing?: readonly Existing[];
  /** Names of the variables that refer to a secret on either side and whose reference changes. */
  secretVariables: readonly string[];
  /**
   * The Postgres version that each side sets for a Heroku database, which no `up` changes. Default:
   * none.
   */
  herokuPostgres?: readonly [before?: string, after?: string];
}

/** Applies the renames of the change to a text. */
export function asRenamed(text: string, { changes }: Occasion): string {
  const names = changes
    .flatMap(({ values }) => values)
    .filter(({ path }) => NAMES.has(path))
    .flatMap(({ before, after }) =>
      typeof before === "string" && typeof after === "string" ? [[before, after] as const] : [],
    );
  // Tries longer names first, because one name may be a prefix of another.
  const longest = [...new Map(names)].sort(([a], [b]) => b.length - a.length);
  return longest.reduce((so, [before, after]) => {
    const whole = new RegExp(`(?<![\\w-])${before.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`, "g");
    return so.replace(whole, () => after);
  }, text);
}

const NAMES = new Set(["bucket", "name", "user"]);

/** Finds the risks of one kind. */
export type Finder = (occasion: Occasion) => Risk[];

/** The last part of a type token: `Addon`. */
export function kindOf({ type }: Pick<Change, "type">): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

/** Whether the vendor's resource is deleted or replaced by another. */
export function goes({ operation }: Change): boolean {
  return operation === "delete" || operation === "replace";
}
