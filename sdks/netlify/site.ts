import type { Input, Output, Unwrap } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { lookupOptions, packageOptions } from "./options";

/** The repository of the site's source. */
export interface RepositoryArgs {
  /** Its host: `github`, `gitlab`, `bitbucket` or `azure-devops`. */
  provider: Input<string>;
  /** `owner/name`. */
  path: Input<string>;
  /** The branch whose builds are published. */
  branch: Input<string>;
  /** The ID of a `DeployKey` whose public half the repository accepts. */
  deployKeyId?: Input<string>;
  /** The installation ID of Netlify's GitHub app; with it no deploy key is needed. */
  installationId?: Input<number>;
}

/** The build settings of the site; a `netlify.toml` in the repository overrides them. */
export interface BuildArgs {
  command?: Input<string>;
  /** The directory with the command's output. */
  publishDirectory?: Input<string>;
  /** The directory to build in. */
  baseDirectory?: Input<string>;
  functionsDirectory?: Input<string>;
}

export interface SiteArgs {
  /** The team's slug. A change replaces the site. */
  accountSlug: Input<string>;
  /** At most 63 lower-case letters, digits and hyphens; unique across Netlify. */
  name: Input<string>;
  /**
   * Removing it unlinks the repository, which also deletes the site's build hooks and deploy keys.
   */
  repository?: Input<RepositoryArgs>;
  build?: Input<BuildArgs>;
  customDomain?: Input<string>;
  domainAliases?: Input<Input<string>[]>;
  /** Whether http redirects to https. Default: Netlify's choice. */
  forceSsl?: Input<boolean>;
  /** Whether `/page.html` is also served as `/page`. Default: Netlify's choice. */
  prettyUrls?: Input<boolean>;
  /**
   * Whether Netlify builds the site; if false, pushes and build hooks have no effect. Default true.
   */
  buildsEnabled?: Input<boolean>;
  /** Whether pull requests get their own deploys. Default true. */
  deployPreviews?: Input<boolean>;
  /**
   * The branches to deploy, including the repository's branch; an empty list means all. Default:
   * Netlify's choice.
   */
  allowedBranches?: Input<Input<string>[]>;
}

/** A site. Import: its ID, or its host name. */
export class Site extends CustomResource {
  /** @internal */
  static readonly __pulumiType = "netlify:index/site:Site";

  declare readonly accountSlug: Output<string>;
  declare readonly name: Output<string>;
  declare readonly repository: Output<Unwrap<RepositoryArgs> | undefined>;
  declare readonly build: Output<Unwrap<BuildArgs> | undefined>;
  declare readonly customDomain: Output<string | undefined>;
  declare readonly domainAliases: Output<string[] | undefined>;
  declare readonly forceSsl: Output<boolean | undefined>;
  declare readonly prettyUrls: Output<boolean | undefined>;
  declare readonly buildsEnabled: Output<boolean | undefined>;
  declare readonly deployPreviews: Output<boolean | undefined>;
  declare readonly allowedBranches: Output<string[] | undefined>;
  /** The team's ID. */
  declare readonly accountId: Output<string>;
  /** `NAME.netlify.app`: the target of a custom domain's DNS record. */
  declare readonly defaultDomain: Output<string>;
  declare readonly url: Output<string>;
  declare readonly sslUrl: Output<string>;
  /** The site's URL in Netlify's own interface. */
  declare readonly adminUrl: Output<string>;

  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): Site {
    return new Site(name, undefined, lookupOptions(id, opts));
  }

  constructor(name: string, args: SiteArgs | undefined, opts?: CustomResourceOptions) {
    const inputs = {
      accountSlug: args?.accountSlug,
      name: args?.name,
      repository: args?.repository,
      build: args?.build,
      customDomain: args?.customDomain,
      domainAliases: args?.domainAliases,
      forceSsl: args?.forceSsl,
      prettyUrls: args?.prettyUrls,
      buildsEnabled: args?.buildsEnabled,
      deployPreviews: args?.deployPreviews,
      allowedBranches: args?.allowedBranches,
      accountId: undefined,
      defaultDomain: undefined,
      url: undefined,
      sslUrl: undefined,
      adminUrl: undefined,
    };
    super(Site.__pulumiType, name, inputs, packageOptions(opts));
  }
}
