import type { Existing } from "../../../rehearsal/existing/existing";
import type { ResourceState } from "../../../resources/graph";
import type { Change } from "../../change/change";
import type { ProviderChange } from "../../change/providers";

/** What a person is warned of, the gravest first. */
export const KINDS = ["second", "data", "downtime", "exposure", "rights", "secrets"] as const;
export type RiskKind = (typeof KINDS)[number];

/** Something in a change that a person should know before they agree. */
export interface Risk {
  kind: RiskKind;
  /**
   * danger: something is lost, opened or widened. warning: it may be, or work is interrupted.
   * notice: good to know.
   */
  level: "danger" | "warning" | "notice";
  /** One sentence. May hold text of the configuration: it is escaped where it is shown. */
  says: string;
}

/** What the risks are read from. */
export interface Occasion {
  /** Name of the environment, for a person. */
  environment: string;
  /** Somebody has made the changes at the vendors already. */
  byHand: boolean;
  /** Of the resources that exist, or would. */
  changes: readonly Change[];
  /** The providers whose configuration changes. */
  providers: readonly ProviderChange[];
  /** The resources as they are before. */
  standing: readonly ResourceState[];
  /** What would be created and exists already. Default: nothing. */
  existing?: readonly Existing[];
  /**
   * Names of the variables that refer to a secret, on either side, and are stated otherwise than
   * before.
   */
  secretVariables: readonly string[];
  /**
   * The Postgres version that each side states of a database at Heroku, which no `up` changes.
   * Default: there is none.
   */
  herokuPostgres?: readonly [before?: string, after?: string];
}

/**
 * A text as it reads once everything that is only called otherwise by the change has its new name.
 */
export function asRenamed(text: string, { changes }: Occasion): string {
  const names = changes
    .flatMap(({ values }) => values)
    .filter(({ path }) => NAMES.has(path))
    .flatMap(({ before, after }) =>
      typeof before === "string" && typeof after === "string" ? [[before, after] as const] : [],
    );
  // Where one name is the beginning of another, the longer one is meant.
  const longest = [...new Map(names)].sort(([a], [b]) => b.length - a.length);
  return longest.reduce((so, [before, after]) => {
    const whole = new RegExp(`(?<![\\w-])${before.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`, "g");
    return so.replace(whole, () => after);
  }, text);
}

const NAMES = new Set(["bucket", "name", "user"]);

/** Looks for risks of one kind. */
export type Finder = (occasion: Occasion) => Risk[];

/** The last part of a type token: `Addon`. */
export function kindOf({ type }: Pick<Change, "type">): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

/** Whether the vendor's thing is gone, or another one takes its place. */
export function goes({ operation }: Change): boolean {
  return operation === "delete" || operation === "replace";
}
