import path from "node:path";
import { ActionsEnvironmentSecret } from "@pulumi/github/actionsEnvironmentSecret";
import { ActionsEnvironmentVariable } from "@pulumi/github/actionsEnvironmentVariable";
import { getRepositoryOutput } from "@pulumi/github/getRepository";
import type { Provider } from "@pulumi/github/provider";
import { RepositoryEnvironment } from "@pulumi/github/repositoryEnvironment";
import { RepositoryEnvironmentDeploymentPolicy } from "@pulumi/github/repositoryEnvironmentDeploymentPolicy";
import { RepositoryFile } from "@pulumi/github/repositoryFile";
import { RepositoryRuleset } from "@pulumi/github/repositoryRuleset";
import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentSpec } from "../stagewright/environment/schema/environment";
import type { ProtectionSpec } from "../stagewright/environment/schema/release";
import { SENTRY_TOKEN } from "../stagewright/release/gates/errors";
import { DROPLET } from "../stagewright/release/jobs/droplet";
import { HEROKU } from "../stagewright/release/jobs/heroku";
import { NETLIFY } from "../stagewright/release/jobs/netlify";
import { followedBranch, type Target, targets } from "../stagewright/release/target";
import { workflowsFor } from "../stagewright/release/workflow";
import type { WorkflowFile } from "../stagewright/release/workflow-file";
import { furtherWorkflows } from "../stagewright/release/workflows";
import { restoreSecret } from "../stagewright/release/workflows/restore";
import type { Access } from "./api-app/api-app";
import { type Origin, type Place, placesOf } from "./deploy-hooks/places";
import { bypassActorsOf, conditionsOf, rulesOf } from "./deploy-hooks/protection";
import { reviewersOf } from "./deploy-hooks/reviewers";
import { onlyOverOurs } from "./deploy-hooks/takeover";

export interface DeployHooksArgs {
  /** The Pulumi project, for example `dandi`. */
  system: string;
  /** What is tracked and protected, and the name of the GitHub environment. */
  spec: EnvironmentSpec;
  /** Gives the GitHub provider for a repository `owner/name`. */
  github: (repository: string) => Provider;
  /** What deploys of the API need. Default: there are none. */
  api?: Access & {
    /** Address of the API, which GitHub shows with each deployment. */
    url: pulumi.Input<string>;
  };
  /** What deploys of the GUI need. Default: there are none. */
  gui?: {
    /** Address of the GUI, which GitHub shows with each deployment. */
    url: pulumi.Input<string>;
    /** Address of the Netlify build hook, which whoever knows it may call. Secret. */
    buildHookUrl: pulumi.Input<string>;
  };
  /**
   * Gives the Sentry token that may only read. Secret. Asked for only where a rule needs it.
   * Default: there is none.
   */
  sentryToken?: () => pulumi.Input<string>;
  /**
   * By environment, what gives the URL of its database, where its data may be put here. Secret.
   * Default: there is none.
   */
  restoreFrom?: Readonly<Record<string, () => pulumi.Input<string>>>;
}

/**
 * Makes the release rules real: GitHub deploys when the spec says so. For each repository a GitHub
 * environment that only the stated refs can use, with its reviewers and the deploy's secrets and
 * variables; for each target its workflow files and, where it is stated, protection of the tracked
 * branch. A target that tracks nothing gets nothing.
 */
export class DeployHooks extends pulumi.ComponentResource {
  readonly #read: Record<string, () => pulumi.Input<string> | undefined>;

  constructor(
    private readonly name: string,
    private readonly args: DeployHooksArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("stagewright:index:DeployHooks", name, {}, opts);
    const { system, spec, api, gui, sentryToken, restoreFrom = {} } = args;
    this.#read = {
      ...(api && readByDeploysOf(api)),
      [NETLIFY.hook]: () => gui?.buildHookUrl,
      [NETLIFY.url]: () => gui?.url,
      [SENTRY_TOKEN]: () => sentryToken?.(),
      ...Object.fromEntries(Object.entries(restoreFrom).map(([source, url]) => [restoreSecret(source), url])),
    };
    const deployed = targets(system, spec).filter(({ component }) => args[component] !== undefined);
    const repositories = new Set(deployed.map(({ repository }) => repository));

    const needs = new Map<string, pulumi.Resource[]>();
    for (const place of placesOf(system, spec, deployed, name))
      needs.set(place.repository, [...(needs.get(place.repository) ?? []), ...this.place(place)]);
    const files: RepositoryFile[] = [];
    for (const repository of repositories) {
      const own = deployed.filter((target) => target.repository === repository).flatMap(workflowsFor);
      const further = furtherWorkflows(system, spec).filter((file) => file.repository === repository);
      files.push(...this.files(repository, [...own, ...further], needs.get(repository) ?? []));
    }
    // Only when every file is committed: the rules may keep out whoever commits them.
    for (const target of deployed) this.protection(target, target.rules.protection, files);

    this.registerOutputs();
  }

  private place(place: Place): pulumi.Resource[] {
    const { repository, approval } = place;
    const at = this.at(repository);
    const environment = new RepositoryEnvironment(
      place.logicalName,
      {
        repository: nameOf(repository),
        environment: place.environment,
        deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
        ...(approval && reviewersOf(approval, at)),
      },
      at,
    );
    const where = { repository: environment.repository, environment: environment.environment };
    const policies = place.origins.map(({ is: origin, logicalName, formerly }) => {
      const pattern = this.pattern(place, origin);
      const aliases = formerly === undefined ? [] : [{ name: formerly }];
      return new RepositoryEnvironmentDeploymentPolicy(
        logicalName,
        { ...where, ...pattern },
        { ...at, aliases },
      );
    });
    const secrets = place.secrets.map(({ is: secretName, logicalName }) => {
      const value = this.value(secretName);
      return new ActionsEnvironmentSecret(logicalName, { ...where, secretName, value }, at);
    });
    const variables = place.variables.map(({ is: variableName, logicalName }) => {
      const value = this.value(variableName);
      return new ActionsEnvironmentVariable(logicalName, { ...where, variableName, value }, at);
    });
    return [...policies, ...secrets, ...variables];
  }

  // https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
  private pattern(
    { repository, origins }: Place,
    origin: Origin,
  ): { branchPattern?: pulumi.Input<string>; tagPattern?: string } {
    if (origin !== "default branch") return origin;
    const { defaultBranch } = getRepositoryOutput({ fullName: repository }, this.at(repository));
    const besideABranch = origins.some(({ is }) => is !== "default branch" && "branchPattern" in is);
    return { branchPattern: besideABranch ? defaultBranch.apply(otherwise) : defaultBranch };
  }

  private value(name: string): pulumi.Input<string> {
    const value = this.#read[name]?.();
    if (value === undefined)
      throw new Error(
        `A workflow of ${this.args.spec.name} reads ${name} at GitHub, and nothing provides it${name === SENTRY_TOKEN ? ": errors.readToken names the secret" : ""}`,
      );
    return value;
  }

  // Committing one may start the first deploy, so it comes after everything that the deploy reads.
  // One after the other: GitHub refuses a commit to a branch that moves meanwhile.
  // https://docs.github.com/en/rest/repos/contents
  private files(repository: string, files: WorkflowFile[], needs: pulumi.Resource[]): RepositoryFile[] {
    const committed: RepositoryFile[] = [];
    for (const workflow of files) {
      const { path: file, branch, content } = workflow;
      const name = `${this.name}-${this.fileName(file)}`;
      const before = committed.at(-1);
      const title = /^name: (.+)$/m.exec(content)?.[1] ?? file;
      committed.push(
        new RepositoryFile(
          name,
          {
            repository: nameOf(repository),
            branch,
            file,
            content,
            commitMessage: `${title}: as the release rules say`,
            overwriteOnCreate: true,
          },
          {
            ...this.at(repository),
            dependsOn: before ? [...needs, before] : needs,
            hooks: { beforeCreate: [onlyOverOurs(name, workflow, this.at(repository))] },
          },
        ),
      );
    }
    return committed;
  }

  /**
   * `deploy-api-staging.yml` as part of a logical name: `api-workflow`; `watch-api-staging.yml`:
   * `watch-api-workflow`.
   */
  private fileName(file: string): string {
    const name = path.posix.basename(file, ".yml").replace(`-${this.args.spec.name}`, "");
    return `${name.replace(/^deploy-/, "")}-workflow`;
  }

  private protection(target: Target, protection: ProtectionSpec | undefined, files: RepositoryFile[]): void {
    const branch = followedBranch(target);
    if (!protection || branch === undefined) return;
    const { component, environment, repository } = target;
    new RepositoryRuleset(
      `${this.name}-${component}-protection`,
      {
        repository: nameOf(repository),
        name: `${branch} (${component} of ${environment})`,
        target: "branch",
        enforcement: "active",
        conditions: conditionsOf(branch),
        rules: rulesOf(protection),
        bypassActors: bypassActorsOf(protection),
      },
      { ...this.at(repository), dependsOn: files },
    );
  }

  private at(repository: string): { parent: pulumi.Resource; provider: Provider } {
    return { parent: this, provider: this.args.github(repository) };
  }
}

/** What is behind the names that a workflow of the API reads, platform by platform. */
function readByDeploysOf(
  api: NonNullable<DeployHooksArgs["api"]>,
): Record<string, () => pulumi.Input<string>> {
  if (api.via === "heroku") {
    return { [HEROKU.token]: () => api.token, [HEROKU.app]: () => api.app, [HEROKU.url]: () => api.url };
  }
  return {
    [DROPLET.key]: () => api.deployKey,
    [DROPLET.environment]: () => api.variables,
    [DROPLET.host]: () => api.host,
    [DROPLET.hostKey]: () => api.hostKey,
    [DROPLET.url]: () => api.url,
  };
}

// The tracked branch may be the default branch, and GitHub takes no pattern twice. `maste[r]` is
// another one for the same branch: a pattern is one of Ruby's File.fnmatch.
// https://docs.github.com/en/rest/deployments/branch-policies
function otherwise(branch: string): string {
  return branch.replace(/.$/, "[$&]");
}

/** GitHub's provider has the owner in its configuration. */
function nameOf(repository: string): string {
  return repository.split("/")[1] ?? repository;
}
