import type { input } from "@pulumi/github/types";
import type { ProtectionSpec } from "../../stagewright/environment/schema/release";

/**
 * The numbers of GitHub's own repository roles.
 * https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset
 */
const ROLES: Readonly<Record<string, number>> = { maintain: 2, write: 4, admin: 5 };

/** Which branch a ruleset is about. */
export function conditionsOf(branch: string): input.RepositoryRulesetConditions {
  return { refName: { includes: [`refs/heads/${branch}`], excludes: [] } };
}

/** Pull requests only, no force push, no deletion, and the required checks. */
export function rulesOf({ requiredChecks }: ProtectionSpec): input.RepositoryRulesetRules {
  const checks = requiredChecks.map((context) => ({ context }));
  return {
    deletion: true,
    nonFastForward: true,
    pullRequest: {},
    ...(checks.length > 0 && { requiredStatusChecks: { requiredChecks: checks } }),
  };
}

/** Who may push past the rules, from `app ID`, `team ID` and `role NAME`. */
export function bypassActorsOf({ bypass }: ProtectionSpec): input.RepositoryRulesetBypassActor[] {
  return bypass.map((who) => {
    const [kind, which = ""] = who.split(" ");
    if (kind === "role") return actor("RepositoryRole", ROLES[which]);
    return actor(kind === "app" ? "Integration" : "Team", Number(which));
  });
}

function actor(actorType: string, actorId: number | undefined): input.RepositoryRulesetBypassActor {
  return { actorType, actorId, bypassMode: "always" };
}
