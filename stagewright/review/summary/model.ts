import type { Finding } from "../../policy/findings";
import type { PackageChanges } from "../base/packages";
import type { Change } from "../change/change";
import type { Risk } from "./risks/risk";

/**
 * What a change would do, for people. All texts are as they were found: each format escapes them.
 */
export interface Review {
  /** The Pulumi project. */
  system: string;
  /** What it is compared with. */
  base: { commit: string; called: string };
  packages: PackageChanges;
  stacks: StackReview[];
}

/** What a change would do to one stack, or what somebody has done to it by hand. */
export interface StackReview {
  stack: string;
  /** Name of the environment. */
  environment: string;
  /** Whether the stack is on both sides. */
  stands: "both" | "added" | "removed";
  /**
   * Somebody has made the changes at the vendors since the last deploy; else the working tree would
   * make them.
   */
  byHand: boolean;
  verdict: Verdict;
  risks: Risk[];
  /** Release rules in words, one sentence a change. */
  rules: string[];
  /** Resources that change, by component and name. */
  changes: Change[];
  /** Resources that stay as they are. */
  unchanged: number;
  /** Resources that would be written again and mean the same: order, spacing. */
  alike: number;
  /** Versions of providers: `aws 7.48.0 → 7.49.0`. */
  providers: string[];
  /** Absent where no engine got so far. */
  cost?: CostChange;
  policy?: { added: Finding[]; gone: Finding[]; standing: number };
  /** Parity and isolation to other stacks, where they are not as they were or do not hold. */
  relations: Relation[];
  /**
   * Things to know that are no part of the change: a renamed project, a base that does not come up.
   */
  notes: string[];
  /** Why it cannot be applied; empty: it can. */
  errors: string[];
  /** The errors are mistakes in the configuration. */
  misconfigured: boolean;
  /** Why the base does not come up by itself, so that nothing can be compared; empty: it does. */
  baseErrors: string[];
  /**
   * What the next `up` does about what somebody has done by hand, as sentences. Absent where the
   * working tree makes the changes.
   */
  mending?: string[];
  /**
   * What somebody may have done without any refresh showing it. Absent where the working tree makes
   * the changes.
   */
  unseen?: string[];
  /** Where the live preview says something else. Absent where none was asked for. */
  live?: LiveComparison;
}

/** The answer in one line. */
export interface Verdict {
  level: "nothing" | "fine" | "attention" | "danger" | "refused";
  says: string;
}

/** USD a month by the price lists. */
export interface CostChange {
  before?: number;
  after: number;
  /** The stated budget. */
  budget?: number;
  /** What is in neither number, as sentences. */
  unpriced: string[];
}

/** Whether a stack is parallel to, and apart from, another one. */
export interface Relation {
  kind: "parity" | "isolation";
  with: string;
  /** What is wrong, each a sentence; empty: it holds. `undefined`: it could not be told. */
  before?: string[];
  after?: string[];
}

/** Where a preview with credentials differs from the rehearsal. */
export interface LiveComparison {
  /** Resources that both would change in the same way, or leave alone. */
  agreed: number;
  /** One sentence for each of the others. */
  differences: string[];
  errors: string[];
  /** The state of whoever asks knows nothing of the stack, so that there is nothing to compare. */
  empty?: true;
}
