import type { ByType } from "../../../resources/types";
import type { Facts } from "../../vendor";

/**
 * The inputs and outputs of the played resource types of `@pulumi/github` 6.15.0, from its schema.
 */
export const facts = {
  "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret": {
    required: ["environment", "repository", "secretName"],
    optional: ["encryptedValue", "keyId", "plaintextValue", "value", "valueEncrypted"],
    computed: ["createdAt", "remoteUpdatedAt", "repositoryId", "updatedAt"],
    replaces: ["environment", "secretName"],
    secrets: ["encryptedValue", "plaintextValue", "value", "valueEncrypted"],
  },
  "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable": {
    required: ["environment", "repository", "value", "variableName"],
    optional: [],
    computed: ["createdAt", "repositoryId", "updatedAt"],
    replaces: ["environment", "variableName"],
    secrets: [],
  },
  "github:index/repositoryDeployKey:RepositoryDeployKey": {
    required: ["key", "repository", "title"],
    optional: ["readOnly"],
    computed: ["etag"],
    replaces: ["key", "readOnly", "repository", "title"],
    secrets: [],
  },
  "github:index/repositoryEnvironment:RepositoryEnvironment": {
    required: ["environment", "repository"],
    optional: ["canAdminsBypass", "deploymentBranchPolicy", "preventSelfReview", "reviewers", "waitTimer"],
    computed: ["repositoryId"],
    replaces: ["environment"],
    secrets: [],
  },
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy": {
    required: ["environment", "repository"],
    optional: ["branchPattern", "tagPattern"],
    computed: ["policyId", "repositoryId"],
    replaces: ["environment"],
    secrets: [],
  },
  "github:index/repositoryFile:RepositoryFile": {
    required: ["content", "file", "repository"],
    optional: [
      "autocreateBranch",
      "autocreateBranchSourceBranch",
      "autocreateBranchSourceSha",
      "branch",
      "commitAuthor",
      "commitEmail",
      "commitMessage",
      "overwriteOnCreate",
    ],
    computed: ["commitSha", "ref", "repositoryId", "sha"],
    replaces: ["branch", "file"],
    secrets: [],
  },
  "github:index/repositoryRuleset:RepositoryRuleset": {
    required: ["enforcement", "repository", "rules", "target"],
    optional: ["bypassActors", "conditions", "name"],
    computed: ["etag", "nodeId", "rulesetId"],
    replaces: [],
    secrets: [],
  },
} as const satisfies ByType<Facts>;
