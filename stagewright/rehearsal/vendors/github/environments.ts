import type { Thing, Things } from "../../store";
import type { Caller, Kind, Occasion } from "../../vendor";
import { facts } from "./facts";
import {
  environmentScope,
  fullNameOf,
  idOf,
  moment,
  number,
  refuse,
  replacesWithRepository,
  repositoryOf,
} from "./repositories";

export const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
export const POLICY =
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";
export const SECRET = "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret";
export const VARIABLE = "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable";

export const environment: Kind = {
  facts: facts[ENVIRONMENT],
  replaces: replacesWithRepository,
  identity: ({ caller, inputs }) => ({
    scope: fullNameOf(caller, inputs),
    name: String(inputs.environment),
  }),
  // PUT: https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment
  overwrites: () => true,
  id: ({ inputs }) => idOf(inputs.repository, inputs.environment),
  defaults: () => ({ canAdminsBypass: true, preventSelfReview: false }),
  derived: (occasion) => ({ repositoryId: repositoryOf(occasion).id }),
  rules(occasion) {
    repositoryOf(occasion);
    const { environment, waitTimer = 0, deploymentBranchPolicy, reviewers } = occasion.inputs;
    // https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
    if (String(environment).length > 255)
      refuse(422, "Validation Failed: the environment's name may have at most 255 characters");
    const wait = Number(waitTimer);
    if (!Number.isInteger(wait) || wait < 0 || wait > 43_200)
      refuse(422, `Validation Failed: wait_timer must be 0 to 43200 minutes, not ${waitTimer}`);
    const [{ users = [], teams = [] } = {}] = (reviewers ?? []) as { users?: unknown[]; teams?: unknown[] }[];
    if (users.length + teams.length > 6)
      refuse(422, "Validation Failed: an environment has at most 6 reviewers");
    // "cannot have the same value":
    // https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment
    const policy = deploymentBranchPolicy as
      | { protectedBranches?: boolean; customBranchPolicies?: boolean }
      | undefined;
    if (policy && Boolean(policy.protectedBranches) === Boolean(policy.customBranchPolicies))
      refuse(
        422,
        "Validation Failed: protected_branches and custom_branch_policies cannot have the same value",
      );
  },
  after(things, event, thing) {
    if (event !== "delete") return;
    // A deleted environment takes its content with it.
    for (const type of [POLICY, SECRET, VARIABLE]) {
      for (const inside of within(things, type, `${thing.scope}:${thing.name}`))
        things.remove(type, inside.id);
    }
  },
  latency: { create: 1, update: 1, delete: 1 },
};

export const policy: Kind = {
  facts: facts[POLICY],
  replaces: replacesWithRepository,
  identity: ({ caller, inputs }) => ({
    scope: environmentScope(caller, inputs),
    name: inputs.tagPattern === undefined ? `branch ${inputs.branchPattern}` : `tag ${inputs.tagPattern}`,
  }),
  id: ({ inputs, again }, name, scope) =>
    idOf(inputs.repository, inputs.environment, number("policy", scope, name, ...again)),
  outputs: (_occasion, id) => ({ policyId: Number(id.split(":").at(-1)) }),
  derived: (occasion) => ({ repositoryId: repositoryOf(occasion).id }),
  rules(occasion) {
    const { branchPattern, tagPattern } = occasion.inputs;
    // https://registry.terraform.io/providers/integrations/github/latest/docs/resources/repository_environment_deployment_policy
    if ((branchPattern === undefined) === (tagPattern === undefined))
      refuse(422, "Invalid combination of arguments: exactly one of branch_pattern and tag_pattern");
    // https://docs.github.com/en/rest/deployments/branch-policies#create-a-deployment-branch-policy
    const { deploymentBranchPolicy } = environmentOf(occasion).properties as {
      deploymentBranchPolicy?: { customBranchPolicies?: boolean };
    };
    if (!deploymentBranchPolicy?.customBranchPolicies)
      refuse(
        404,
        `Not Found: the environment '${occasion.inputs.environment}' has no custom_branch_policies`,
      );
  },
  latency: { create: 1, update: 1, delete: 1 },
};

export const secret: Kind = {
  facts: facts[SECRET],
  replaces: replacesWithRepository,
  // Secrets can be listed, but their values cannot be read:
  // https://docs.github.com/en/rest/actions/secrets#get-an-environment-secret
  writeOnly: ["value", "plaintextValue", "valueEncrypted", "encryptedValue"],
  unseen: "another value of a secret at GitHub",
  identity: ({ caller, inputs }) => inEnvironment(caller, inputs, inputs.secretName),
  // PUT: https://docs.github.com/en/rest/actions/secrets#create-or-update-an-environment-secret
  overwrites: () => true,
  id: ({ inputs }) => idOf(inputs.repository, inputs.environment, inputs.secretName),
  // The key that encrypts the environment's secrets.
  defaults: ({ caller, inputs }) => ({ keyId: String(number("key", environmentScope(caller, inputs))) }),
  outputs: (_occasion, id) => ({ createdAt: moment("created", id) }),
  derived(occasion, id) {
    const changed = moment("updated", id, givenValue(occasion) ?? "");
    return { repositoryId: repositoryOf(occasion).id, updatedAt: changed, remoteUpdatedAt: changed };
  },
  rules(occasion, existing) {
    environmentOf(occasion);
    checkName("secret", occasion.inputs.secretName);
    // https://registry.terraform.io/providers/integrations/github/latest/docs/resources/actions_environment_secret
    if (givenValue(occasion) === undefined)
      refuse(422, "Invalid combination of arguments: exactly one of value, value_encrypted and the like");
    checkSize("Secrets", givenValue(occasion) ?? "");
    if (!existing) checkCount(occasion, SECRET, "secrets");
  },
  latency: { create: 1, update: 1, delete: 1 },
};

export const variable: Kind = {
  facts: facts[VARIABLE],
  replaces: replacesWithRepository,
  identity: ({ caller, inputs }) => inEnvironment(caller, inputs, inputs.variableName),
  id: ({ inputs }) => idOf(inputs.repository, inputs.environment, inputs.variableName),
  outputs: (_occasion, id) => ({ createdAt: moment("created", id) }),
  derived: (occasion, id) => ({
    repositoryId: repositoryOf(occasion).id,
    updatedAt: moment("updated", id, String(occasion.inputs.value)),
  }),
  rules(occasion, existing) {
    environmentOf(occasion);
    checkName("variable", occasion.inputs.variableName);
    checkSize("Variables", String(occasion.inputs.value));
    if (!existing) checkCount(occasion, VARIABLE, "variables");
  },
  latency: { create: 1, update: 1, delete: 1 },
};

function environmentOf(occasion: Occasion): Thing {
  const { things, caller, inputs } = occasion;
  repositoryOf(occasion);
  return (
    things.named(ENVIRONMENT, fullNameOf(caller, inputs), String(inputs.environment)) ??
    refuse(404, `Not Found (environment '${inputs.environment}' of ${fullNameOf(caller, inputs)})`)
  );
}

// Names are case-insensitive:
// https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets
function inEnvironment(caller: Caller, inputs: Occasion["inputs"], name: unknown) {
  return { scope: environmentScope(caller, inputs), name: String(name).toUpperCase() };
}

// https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets (variables: the
// same)
function checkName(what: string, name: unknown): void {
  if (!/^[a-z_][a-z0-9_]*$/i.test(String(name)))
    refuse(
      422,
      `${what} names can only contain alphanumeric characters or underscores and must not start with a number, not '${name}'`,
    );
  if (/^github_/i.test(String(name)))
    refuse(422, `${what} names must not start with the GITHUB_ prefix, not '${name}'`);
}

// https://docs.github.com/en/actions/reference/security/secrets#limits-for-secrets
// https://docs.github.com/en/actions/reference/workflows-and-actions/variables#limits-for-configuration-variables
function checkSize(what: string, value: string): void {
  if (Buffer.byteLength(value) > 48 * 1024) refuse(422, `${what} are limited to 48 KB in size`);
}

function checkCount({ things, caller, inputs }: Occasion, type: string, what: string): void {
  if (within(things, type, environmentScope(caller, inputs)).length >= 100)
    refuse(422, `an environment has at most 100 ${what}`);
}

function within(things: Things, type: string, scope: string): Thing[] {
  return things.list(type).filter((thing) => thing.scope === scope);
}

function givenValue({ inputs }: Occasion): string | undefined {
  const { value, plaintextValue, valueEncrypted, encryptedValue } = inputs;
  const given = [value, plaintextValue, valueEncrypted, encryptedValue].filter((one) => one !== undefined);
  return given.length === 1 ? String(given[0]) : undefined;
}
