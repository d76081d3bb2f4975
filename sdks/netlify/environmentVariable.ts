import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { lookupOptions, packageOptions } from "./options";

/** The parts of Netlify that can read a variable. */
export type EnvironmentVariableScope = "builds" | "functions" | "runtime" | "post-processing";

export interface EnvironmentVariableArgs {
  /** The team's slug. A change replaces the variable. */
  accountSlug: Input<string>;
  /**
   * The site's ID; without it the variable belongs to the whole team. A change replaces the
   * variable.
   */
  siteId?: Input<string>;
  /** Letters, digits and underscores, starting with a letter. A change replaces the variable. */
  key: Input<string>;
  /**
   * The value in each deploy context: `all`, `dev`, `dev-server`, `branch-deploy`,
   * `deploy-preview`, `production`, or `branch:NAME` for one branch. A secret variable takes
   * neither `all` nor `dev`.
   */
  values: Input<Record<string, Input<string>>>;
  /**
   * Default: all of them; for a secret variable, all but `post-processing`. Setting them requires a
   * paid plan.
   */
  scopes?: Input<Input<EnvironmentVariableScope>[]>;
  /**
   * Whether Netlify hides the value after it is set, so that a change made elsewhere is invisible.
   * Default false. A change replaces the variable. This is independent of Pulumi's secrets: wrap
   * the value in `pulumi.secret`.
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
