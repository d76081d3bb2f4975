import type { Finding } from "../../policy/findings";
import type { PackageChanges } from "../base/packages";
import type { Change } from "../change/change";
import type { Risk } from "./risks/risk";

/** The effects of a change, for people. Texts are unescaped: each format escapes them itself. */
export interface Review {
  /** The Pulumi project. */
  system: string;
  /** The commit that it is compared with. */
  base: { commit: string; called: string };
  packages: PackageChanges;
  stacks: StackReview[];
}

/** The effects of a change on one stack, or the changes made to it by hand. */
export interface StackReview {
  stack: string;
  /** Name of the environment. */
  environment: string;
  /** Whether the stack is on both sides. */
  stands: "both" | "added" | "removed";
  /**
   * True if the changes were made by hand at the vendors since the last deploy; false if the
   * working tree would make them.
   */
  byHand: boolean;
  verdict: Verdict;
  risks: Risk[];
  /** Changes of the release rules, one sentence each. */
  rules: string[];
  /** Resources that change, by component and name. */
  changes: Change[];
  /** The number of unchanged resources. */
  unchanged: number;
  /** The number of resources that would be rewritten with the same meaning: order, spacing. */
  alike: number;
  /** Versions of providers: `aws 7.48.0 → 7.49.0`. */
  providers: string[];
  /** Absent if no engine got far enough. */
  cost?: CostChange;
  policy?: { added: Finding[]; gone: Finding[]; standing: number };
  /** Parity and isolation relations to other stacks that changed or do not hold. */
  relations: Relation[];
  /** Notes beside the change itself: a renamed project, a base that fails to rehearse. */
  notes: string[];
  /** Why it cannot be applied; empty if it can. */
  errors: string[];
  /** Whether the errors are mistakes in the configuration. */
  misconfigured: boolean;
  /** Why the base fails to rehearse, so that nothing can be compared; empty if it succeeds. */
  baseErrors: string[];
  /**
   * The effect of the next `up` on changes made by hand, as sentences. Absent if the working tree
   * makes the changes.
   */
  mending?: string[];
  /** Manual changes that no refresh can show. Absent if the working tree makes the changes. */
  unseen?: string[];
  /** The differences of the live preview. Absent unless requested. */
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
  /** The environment's budget. */
  budget?: number;
  /** Costs that neither number contains, as sentences. */
  unpriced: string[];
}

/** Whether a stack is parallel to, or isolated from, another one. */
export interface Relation {
  kind: "parity" | "isolation";
  with: string;
  /** The violations, one sentence each; empty if it holds, `undefined` if unknown. */
  before?: string[];
  after?: string[];
}

/** The differences between a preview with credentials and the rehearsal. */
export interface LiveComparison {
  /** The number of resources that both would change in the same way or leave alone. */
  agreed: number;
  /** One sentence for each of the other resources. */
  differences: string[];
  errors: string[];
  /** The caller's state knows nothing of the stack, so nothing can be compared. */
  empty?: true;
}
