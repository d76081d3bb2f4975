import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { lookupOptions, packageOptions } from "./options";

/** What may read a variable. */
export type EnvironmentVariableScope = "builds" | "functions" | "runtime" | "post-processing";

export interface EnvironmentVariableArgs {
  /** The team's slug. A change replaces the variable. */
  accountSlug: Input<string>;
  /** The site's ID; without it the variable is the whole team's. A change replaces the variable. */
  siteId?: Input<string>;
  /** Letters, digits and underscores, from a letter. A change replaces the variable. */
  key: Input<string>;
  /**
   * The value in each deploy context: `all`, `dev`, `dev-server`, `branch-deploy`,
   * `deploy-preview`, `production`, or `branch:NAME` for one branch. A secret variable takes
   * neither `all` nor `dev`.
   */
  values: Input<Record<string, Input<string>>>;
  /**
   * Default: all of them; of a secret variable, all but `post-processing`. Naming them is a paid
   * plan's.
   */
  scopes?: Input<Input<EnvironmentVariableScope>[]>;
  /**
   * Netlify shows the value to nobody again, so that a change made elsewhere cannot be seen.
   * Default false. A change replaces the variable. Whether Pulumi treats a value as a secret is
   * apart from this: wrap it in `pulumi.secret`.
   */
  isSecret?: Input<boolean>;
}

/**
 * One environment variable. Import: `ACCOUNT_SLUG/SITE_ID/KEY`, or `ACCOUNT_SLUG/KEY` for a team's.
 */
export class EnvironmentVariable extends CustomResource {
  /** @internal */
  static readonly __pulumiType = "netlify:index/environmentVariable:EnvironmentVariable";

  declare readonly accountSlug: Output<string>;
  declare readonly siteId: Output<string | undefined>;
  declare readonly key: Output<string>;
  declare readonly values: Output<Record<string, string>>;
  declare readonly scopes: Output<EnvironmentVariableScope[] | undefined>;
  declare readonly isSecret: Output<boolean>;

  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): EnvironmentVariable {
    return new EnvironmentVariable(name, undefined, lookupOptions(id, opts));
  }

  constructor(name: string, args: EnvironmentVariableArgs | undefined, opts?: CustomResourceOptions) {
    const inputs = {
      accountSlug: args?.accountSlug,
      siteId: args?.siteId,
      key: args?.key,
      values: args?.values,
      scopes: args?.scopes,
      isSecret: args?.isSecret,
    };
    super(EnvironmentVariable.__pulumiType, name, inputs, packageOptions(opts));
  }
}
