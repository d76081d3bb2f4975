import { getTeamOutput } from "@pulumi/github/getTeam";
import { getUserOutput } from "@pulumi/github/getUser";
import type { RepositoryEnvironmentArgs } from "@pulumi/github/repositoryEnvironment";
import type * as pulumi from "@pulumi/pulumi";
import type { ApprovalSpec } from "../../stagewright/environment/schema/release/gates";
import { parsePerson } from "../../stagewright/environment/schema/release/people";

/**
 * Who must approve each job in a GitHub environment, as GitHub takes it; administrators are no
 * exception.
 * https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment
 */
export function reviewersOf(
  { by, self }: ApprovalSpec,
  opts: pulumi.InvokeOptions,
): Pick<RepositoryEnvironmentArgs, "reviewers" | "preventSelfReview" | "canAdminsBypass"> {
  const people = by.map(parsePerson);
  const users = people.flatMap((person) =>
    person.kind === "user" ? [getUserOutput({ username: person.login }, opts).id.apply(Number)] : [],
  );
  const teams = people.flatMap((person) =>
    person.kind === "team"
      ? [getTeamOutput({ slug: person.slug, summaryOnly: true }, opts).id.apply(Number)]
      : [],
  );
  return {
    reviewers: [{ ...(users.length > 0 && { users }), ...(teams.length > 0 && { teams }) }],
    preventSelfReview: self === "excluded",
    canAdminsBypass: false,
  };
}
