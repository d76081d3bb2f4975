import { RepositoryDeployKey } from "@pulumi/github/repositoryDeployKey";
import { BuildHook } from "@pulumi/netlify/buildHook";
import { DeployKey } from "@pulumi/netlify/deployKey";
import { EnvironmentVariable } from "@pulumi/netlify/environmentVariable";
import { Site } from "@pulumi/netlify/site";
import * as pulumi from "@pulumi/pulumi";
import { guiHost } from "../stagewright/environment/hosts";
import type { GuiSpec } from "../stagewright/environment/schema/gui";

export interface GuiSiteArgs {
  spec: GuiSpec;
  /** The branch that Netlify builds. */
  branch: string;
  /** Environment variables of the build. */
  variables: Record<string, pulumi.Input<string>>;
}

/**
 * The web GUI on Netlify: the site, linked to its repository by a read-only deploy key, the
 * variables of its build, and a build hook for the deploy workflow. Nothing is built until that
 * hook is called.
 *
 * Needs a GitHub provider for the owner of the repository in `opts.providers`.
 */
export class GuiSite extends pulumi.ComponentResource {
  readonly siteId: pulumi.Output<string>;
  /** The public host name. */
  readonly host: string;
  /** `https://` and the host, without a slash at the end. */
  readonly url: string;
  /** What the DNS record of the host points to: `<site>.netlify.app`. */
  readonly dnsTarget: pulumi.Output<string>;
  /** Where to POST for a build. Secret: whoever has it can deploy. */
  readonly buildHookUrl: pulumi.Output<string>;

  constructor(name: string, args: GuiSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:GuiSite", name, {}, opts);
    const deployKey = createDeployKey(name, args.spec, this);
    const site = createSite(name, args, deployKey, this);
    createVariables(name, args, site, this);
    const hook = createBuildHook(name, args, site, this);

    this.siteId = site.id;
    this.host = guiHost(args.spec);
    this.url = `https://${this.host}`;
    this.dnsTarget = site.defaultDomain;
    this.buildHookUrl = hook.url;
    this.registerOutputs({
      siteId: this.siteId,
      host: this.host,
      url: this.url,
      dnsTarget: this.dnsTarget,
      buildHookUrl: this.buildHookUrl,
    });
  }
}

// The half that Netlify keeps clones; the half that GitHub gets may only read.
function createDeployKey(name: string, spec: GuiSpec, parent: GuiSite): DeployKey {
  const deployKey = new DeployKey(`${name}-deploy-key`, {}, { parent });
  new RepositoryDeployKey(
    `${name}-deploy-key`,
    {
      repository: repositoryName(spec),
      title: `netlify-${spec.site}`,
      key: deployKey.publicKey,
      readOnly: true,
    },
    { parent },
  );
  return deployKey;
}

function createSite(
  name: string,
  { spec, branch }: GuiSiteArgs,
  deployKey: DeployKey,
  parent: GuiSite,
): Site {
  return new Site(
    name,
    {
      accountSlug: spec.account,
      name: spec.site,
      repository: { provider: "github", path: spec.repository, branch, deployKeyId: deployKey.id },
      build: {
        baseDirectory: spec.build.base,
        command: spec.build.command,
        publishDirectory: spec.build.publish,
      },
      customDomain: spec.host,
      forceSsl: true,
      // A build for any pull request would run a stranger's code with this environment's variables.
      deployPreviews: false,
      allowedBranches: [branch],
    },
    { parent },
  );
}

function createVariables(name: string, { spec, variables }: GuiSiteArgs, site: Site, parent: GuiSite): void {
  for (const [key, value] of Object.entries(variables)) {
    new EnvironmentVariable(
      `${name}-${key}`,
      { accountSlug: spec.account, siteId: site.id, key, values: { all: value } },
      { parent },
    );
  }
}

function createBuildHook(name: string, { branch }: GuiSiteArgs, site: Site, parent: GuiSite): BuildHook {
  return new BuildHook(`${name}-build-hook`, { siteId: site.id, title: "stagewright", branch }, { parent });
}

function repositoryName({ repository }: GuiSpec): string {
  return repository.slice(repository.indexOf("/") + 1);
}
