import type { Members } from "../../schema";

/**
 * The members of the played types' nested inputs, from the schema of the package `github` 6.15.0.
 */
export const members = {
  "github:index/repositoryEnvironment:RepositoryEnvironment": {
    deploymentBranchPolicy: { required: ["customBranchPolicies", "protectedBranches"], optional: [] },
    reviewers: { required: [], optional: ["teams", "users"] },
  },
  "github:index/repositoryRuleset:RepositoryRuleset": {
    bypassActors: { required: ["actorType", "bypassMode"], optional: ["actorId"] },
    conditions: { required: ["refName"], optional: [] },
    "conditions.refName": { required: ["excludes", "includes"], optional: [] },
    rules: {
      required: [],
      optional: [
        "branchNamePattern",
        "commitAuthorEmailPattern",
        "commitMessagePattern",
        "committerEmailPattern",
        "copilotCodeReview",
        "creation",
        "deletion",
        "fileExtensionRestriction",
        "filePathRestriction",
        "maxFilePathLength",
        "maxFileSize",
        "mergeQueue",
        "nonFastForward",
        "pullRequest",
        "requiredCodeScanning",
        "requiredDeployments",
        "requiredLinearHistory",
        "requiredSignatures",
        "requiredStatusChecks",
        "tagNamePattern",
        "update",
        "updateAllowsFetchAndMerge",
      ],
    },
    "rules.branchNamePattern": { required: ["operator", "pattern"], optional: ["name", "negate"] },
    "rules.commitAuthorEmailPattern": { required: ["operator", "pattern"], optional: ["name", "negate"] },
    "rules.commitMessagePattern": { required: ["operator", "pattern"], optional: ["name", "negate"] },
    "rules.committerEmailPattern": { required: ["operator", "pattern"], optional: ["name", "negate"] },
    "rules.copilotCodeReview": { required: [], optional: ["reviewDraftPullRequests", "reviewOnPush"] },
    "rules.fileExtensionRestriction": { required: ["restrictedFileExtensions"], optional: [] },
    "rules.filePathRestriction": { required: ["restrictedFilePaths"], optional: [] },
    "rules.maxFilePathLength": { required: ["maxFilePathLength"], optional: [] },
    "rules.maxFileSize": { required: ["maxFileSize"], optional: [] },
    "rules.mergeQueue": {
      required: [],
      optional: [
        "checkResponseTimeoutMinutes",
        "groupingStrategy",
        "maxEntriesToBuild",
        "maxEntriesToMerge",
        "mergeMethod",
        "minEntriesToMerge",
        "minEntriesToMergeWaitMinutes",
      ],
    },
    "rules.pullRequest": {
      required: [],
      optional: [
        "allowedMergeMethods",
        "dismissStaleReviewsOnPush",
        "requireCodeOwnerReview",
        "requireLastPushApproval",
        "requiredApprovingReviewCount",
        "requiredReviewThreadResolution",
        "requiredReviewers",
      ],
    },
    "rules.pullRequest.requiredReviewers": {
      required: ["filePatterns", "minimumApprovals", "reviewer"],
      optional: [],
    },
    "rules.pullRequest.requiredReviewers.reviewer": { required: ["id", "type"], optional: [] },
    "rules.requiredCodeScanning": { required: ["requiredCodeScanningTools"], optional: [] },
    "rules.requiredCodeScanning.requiredCodeScanningTools": {
      required: ["alertsThreshold", "securityAlertsThreshold", "tool"],
      optional: [],
    },
    "rules.requiredDeployments": { required: ["requiredDeploymentEnvironments"], optional: [] },
    "rules.requiredStatusChecks": {
      required: ["requiredChecks"],
      optional: ["doNotEnforceOnCreate", "strictRequiredStatusChecksPolicy"],
    },
    "rules.requiredStatusChecks.requiredChecks": { required: ["context"], optional: ["integrationId"] },
    "rules.tagNamePattern": { required: ["operator", "pattern"], optional: ["name", "negate"] },
  },
} as const satisfies Record<string, Record<string, Members>>;
