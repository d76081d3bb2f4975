import { between, form, notEmpty, type Schema, words } from "../../schema";
import type { facts } from "./facts";

const secretName = form(
  /^(?!GITHUB_)[a-z_]\w*$/i,
  "names can only contain alphanumeric characters or underscores, must not start with a number and not with the GITHUB_ prefix",
);
const base64 = form(/^[A-Za-z0-9+/]*={0,2}$/, "expected to be a base64 string");
const operator = words("starts_with", "ends_with", "contains", "regex");

/**
 * From the provider's code:
 * https://github.com/integrations/terraform-provider-github/tree/main/github, resource_github_*.go
 */
export const schemas: Record<keyof typeof facts, Schema> = {
  "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret": {
    keeps: ["keyId"],
    oneOf: [["value", "valueEncrypted", "encryptedValue", "plaintextValue"]],
    conflicts: [
      ["keyId", "value"],
      ["keyId", "plaintextValue"],
    ],
    together: [["keyId", "valueEncrypted"]],
    accepts: { secretName, valueEncrypted: base64, encryptedValue: base64 },
    // https://github.com/pulumi/pulumi-github/blob/master/provider/resources.go
    // (DeleteBeforeReplace)
    replacement: "deletes first",
  },
  "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable": {
    accepts: { variableName: secretName },
  },
  "github:index/repositoryDeployKey:RepositoryDeployKey": {
    defaults: { readOnly: true },
    replacement: "deletes first",
  },
  "github:index/repositoryEnvironment:RepositoryEnvironment": {
    defaults: { canAdminsBypass: true, preventSelfReview: false },
    sets: ["reviewers.teams", "reviewers.users"],
    accepts: { waitTimer: between(0, 43_200) },
    refuses({ reviewers }) {
      const { teams = [], users = [] } = (reviewers ?? {}) as { teams?: unknown[]; users?: unknown[] };
      return teams.length + users.length > 6
        ? "a maximum of 6 reviewers (users and teams combined) can be set"
        : undefined;
    },
  },
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy": {
    oneOf: [["branchPattern", "tagPattern"]],
    accepts: { branchPattern: notEmpty, tagPattern: notEmpty },
  },
  "github:index/repositoryFile:RepositoryFile": {
    keeps: ["autocreateBranchSourceSha", "branch", "commitMessage"],
    defaults: { autocreateBranch: false, autocreateBranchSourceBranch: "main", overwriteOnCreate: false },
    together: [
      ["commitAuthor", "commitEmail"],
      ["commitEmail", "commitAuthor"],
      ["autocreateBranchSourceBranch", "autocreateBranch"],
      ["autocreateBranchSourceSha", "autocreateBranch"],
    ],
  },
  "github:index/repositoryRuleset:RepositoryRuleset": {
    keeps: ["rules.pullRequest.allowedMergeMethods"],
    sets: [
      "bypassActors",
      "rules.fileExtensionRestriction.restrictedFileExtensions",
      "rules.requiredCodeScanning.requiredCodeScanningTools",
      "rules.requiredStatusChecks.requiredChecks",
    ],
    accepts: {
      name: form(/^.{1,100}$/s, "expected length to be in the range (1 - 100)"),
      target: words("branch", "push", "tag"),
      repository: form(
        /^[-a-zA-Z0-9_.]{1,100}$/,
        "must include only alphanumeric characters, underscores or hyphens",
      ),
      enforcement: words("disabled", "active", "evaluate"),
      "bypassActors.actorType": words(
        "RepositoryRole",
        "Team",
        "Integration",
        "OrganizationAdmin",
        "DeployKey",
        "EnterpriseOwner",
        "User",
      ),
      "bypassActors.bypassMode": words("always", "pull_request", "exempt"),
      "rules.branchNamePattern.operator": operator,
      "rules.commitAuthorEmailPattern.operator": operator,
      "rules.commitMessagePattern.operator": operator,
      "rules.committerEmailPattern.operator": operator,
      "rules.tagNamePattern.operator": operator,
      "rules.maxFilePathLength.maxFilePathLength": between(1, 32_767),
      "rules.maxFileSize.maxFileSize": between(1, 100),
      "rules.mergeQueue.checkResponseTimeoutMinutes": between(0, 360),
      "rules.mergeQueue.groupingStrategy": words("ALLGREEN", "HEADGREEN"),
      "rules.mergeQueue.mergeMethod": words("MERGE", "SQUASH", "REBASE"),
      "rules.pullRequest.allowedMergeMethods": words("merge", "squash", "rebase"),
      "rules.pullRequest.requiredApprovingReviewCount": between(0, 10),
      "rules.pullRequest.requiredReviewers.reviewer.type": words("Team"),
    },
  },
};
