import type { Tree } from "../environment/merge";
import type { PolicyRule } from "../environment/schema/policy";
import type { Stated } from "../release/stated";
import type { ResourceState } from "../resources/graph";

/** An `error` stops a deploy, a `warning` is only told. */
type Severity = "error" | "warning";

/** What findings depend on beside the resources. */
export interface Circumstances {
  /**
   * The stack's plain configuration by key (`dandi:environment`, `aws:region`); secrets are left
   * out. Default: it is not known.
   */
  config?: Tree;
  /** The day, `YYYY-MM-DD` in UTC, by which exceptions end. */
  today: string;
}

/** What a rule may know beside the resources. */
export interface Context extends Circumstances {
  /** The Pulumi project, for example `dandi`. */
  system: string;
  stated: Stated;
}

/** What a policy of the pack has to say for itself. */
export interface Policy {
  name: PolicyRule | "exceptions";
  severity: Severity;
  /** What must hold, in one line. */
  title: string;
  /** Why. */
  because: string;
  /** What to do where it does not hold. */
  fix: string;
  /** Address of the vendor's or standard's page that it goes by. */
  source: string;
}

/** A place where a rule does not hold. */
export interface Violation {
  /** Not there where the environment as a whole is meant. */
  resource?: ResourceState;
  /**
   * What is wrong there: the rest of a sentence that begins with the resource. It never quotes a
   * value that may be secret.
   */
  says: string;
}

/**
 * A rule about one resource by itself: it is asked before the engine creates or changes that
 * resource.
 */
export interface ResourceRule extends Policy {
  name: PolicyRule;
  /**
   * @param provider configuration of the resource's explicit provider; `undefined` where it has
   *   none or it is not known
   */
  each(resource: ResourceState, context: Context, provider: Tree | undefined): string[];
}

/** A rule about resources together: it is asked when all of them are known. */
export interface StackRule extends Policy {
  name: PolicyRule;
  all(resources: readonly ResourceState[], context: Context): Violation[];
}

export type Rule = ResourceRule | StackRule;
