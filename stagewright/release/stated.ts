import type { EnvironmentSpec } from "../environment/schema/environment";
import type { PolicyException } from "../environment/schema/policy";
import { targets } from "./target";

/**
 * What the rules must know of an environment beside its resources. It travels as the input `policy`
 * of the component `Environment`, as a pack of the engine is given resources and no configuration.
 */
export interface Stated {
  /** The environment's name. */
  environment: string;
  /** Whether its data is worth keeping. */
  protected: boolean;
  /**
   * The account that pays for a bucket which is public on purpose, and the role that the sponsor
   * gave.
   */
  sponsor?: { account: string; role: string };
  /** What is deployed from where, and so must be gated. */
  deploys: { component: string; repository: string }[];
  /** USD a month that it may cost. Default: any. */
  budget?: number;
  exceptions: PolicyException[];
}

/** Draws it from the spec. @param system the Pulumi project */
export function stated(system: string, spec: EnvironmentSpec): Stated {
  return {
    environment: spec.name,
    protected: spec.data.protected,
    ...sponsorOf(spec),
    deploys: targets(system, spec).map(({ component, repository }) => ({ component, repository })),
    ...(spec.budget && { budget: spec.budget.monthly }),
    exceptions: spec.policy?.exceptions ?? [],
  };
}

// The spec says `public-read`, and the bucket is in an account that is reached by somebody else's
// role: a sponsor's.
function sponsorOf({ bucket, accounts }: EnvironmentSpec): Pick<Stated, "sponsor"> {
  if (bucket?.access !== "public-read") return {};
  const account = accounts[bucket.account];
  return account?.role === undefined ? {} : { sponsor: { account: account.id, role: account.role } };
}
