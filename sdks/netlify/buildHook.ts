import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID, mergeOptions } from "@pulumi/pulumi/resource";
import { lookupOptions, packageOptions } from "./options";

export interface BuildHookArgs {
  /** The site's ID. A change replaces the hook. */
  siteId: Input<string>;
  /** The title of the deploys that it starts. */
  title: Input<string>;
  /** The branch to build, unless the POST names another in `trigger_branch`. */
  branch: Input<string>;
}

/**
 * A URL that starts a build on POST. The site's builds must be enabled. Import: `SITE_ID/HOOK_ID`.
 */
export class BuildHook extends CustomResource {
  /** @internal */
  static readonly __pulumiType = "netlify:index/buildHook:BuildHook";

  declare readonly siteId: Output<string>;
  declare readonly title: Output<string>;
  declare readonly branch: Output<string>;
  /** The URL for the POST. A secret: anyone who has it can deploy. */
  declare readonly url: Output<string>;

  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): BuildHook {
    return new BuildHook(name, undefined, lookupOptions(id, opts));
  }

  constructor(name: string, args: BuildHookArgs | undefined, opts?: CustomResourceOptions) {
    const secrets = { additionalSecretOutputs: ["url"] };
    const inputs = { siteId: args?.siteId, title: args?.title, branch: args?.branch, url: undefined };
    super(BuildHook.__pulumiType, name, inputs, mergeOptions(packageOptions(opts), secrets));
  }
}
