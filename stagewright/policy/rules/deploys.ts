import { isTree } from "../../environment/merge";
import type { ResourceState } from "../../resources/graph";
import { inputsOf, listOf, textAt } from "../resource";
import type { Context, StackRule, Violation } from "../rule";

/** Who may push to a branch of their own may not deploy it. */
export const deploysLimited: StackRule = {
  name: "deploys-limited",
  severity: "error",
  title: "Each deploy runs in a GitHub environment that only the stated branches and tags can use",
  because: "a deploy's secrets could otherwise be read by a workflow on any branch that somebody pushes",
  fix: "let DeployHooks make the environment: state `release.*.tracks`, and take away environments that were made by hand",
  source:
    "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags",
  all: (resources, context) =>
    eachDeploy(resources, context).flatMap(({ component, repository, environments }) =>
      environments.length === 0
        ? [{ says: `the ${component} is deployed without a GitHub environment of ${repository}` }]
        : environments.flatMap((environment) => openings(environment, resources)),
    ),
};

function openings(environment: ResourceState, resources: readonly ResourceState[]): Violation[] {
  const { deploymentBranchPolicy } = inputsOf(environment);
  const policy = isTree(deploymentBranchPolicy) ? deploymentBranchPolicy : {};
  if (policy.protectedBranches !== true && policy.customBranchPolicies !== true)
    return [{ resource: environment, says: "can be used from every branch" }];
  return resources
    .filter(({ type }) => type === BRANCH_POLICY)
    .filter((resource) => {
      const inputs = inputsOf(resource);
      return isOf(inputs, environment) && /^\**$/.test(textAt(inputs, "branchPattern") ?? "-");
    })
    .map((resource) => ({ resource, says: "lets every branch in" }));
}

/** Somebody says yes before what people rely on changes. */
export const deploysReviewed: StackRule = {
  name: "deploys-reviewed",
  severity: "error",
  title: "A deploy to an environment with protected data waits for somebody's approval",
  because: "one person's mistake, or one stolen login, would otherwise reach what people rely on",
  fix: "state `release.*.gates.approval`; where another step is the approval, state an exception that says which",
  source:
    "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#required-reviewers",
  all: (resources, context) =>
    context.stated.protected
      ? [...new Set(eachDeploy(resources, context).flatMap(({ environments }) => environments))]
          .filter((environment) => !hasReviewers(environment))
          .map((resource) => ({ resource, says: "needs nobody's approval" }))
      : [],
};

const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
const BRANCH_POLICY =
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";

interface Deploy {
  component: string;
  /** `owner/name`. */
  repository: string;
  /** The GitHub environments of that repository with the environment's name. */
  environments: ResourceState[];
}

function eachDeploy(resources: readonly ResourceState[], { stated }: Context): Deploy[] {
  return stated.deploys.map(({ component, repository }) => {
    const name = repository.slice(repository.indexOf("/") + 1);
    const environments = resources
      .filter(({ type }) => type === ENVIRONMENT)
      .filter((candidate) => {
        const inputs = inputsOf(candidate);
        return inputs.repository === name && inputs.environment === stated.environment;
      });
    return { component, repository, environments };
  });
}

function isOf(policy: Record<string, unknown>, environment: ResourceState): boolean {
  const { repository, environment: name } = inputsOf(environment);
  return policy.repository === repository && policy.environment === name;
}

function hasReviewers(environment: ResourceState): boolean {
  return listOf(inputsOf(environment).reviewers).some(
    (reviewers) => isTree(reviewers) && [...listOf(reviewers.users), ...listOf(reviewers.teams)].length > 0,
  );
}
