import type { Properties } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import { type Caller, digits, type Kind } from "../../vendor";
import { facts } from "./facts";
import { fullNameOf, number, type Repository, refuse, repositoryOf } from "./repositories";

export const RULESET = "github:index/repositoryRuleset:RepositoryRuleset";

/**
 * https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset: the id of the role
 * `admin`.
 */
const ADMIN = 5;

const ACTORS = [
  "DeployKey",
  "EnterpriseOwner",
  "Integration",
  "OrganizationAdmin",
  "RepositoryRole",
  "Team",
  "User",
];

interface Actor {
  actorId?: number;
  actorType: string;
  bypassMode: string;
}

export const ruleset: Kind = {
  facts: facts[RULESET],
  identity: ({ caller, inputs }) => ({ scope: fullNameOf(caller, inputs), name: String(inputs.name) }),
  id: ({ again }, name, scope) => String(number("ruleset", scope, name, ...again)),
  outputs: (_occasion, id) => ({
    rulesetId: Number(id),
    nodeId: `RRS_${Buffer.from(digits(24, "node", id), "hex").toString("base64url")}`,
  }),
  derived: ({ inputs }, id) => ({ etag: `W/"${digits(64, "etag", id, JSON.stringify(inputs))}"` }),
  rules(occasion) {
    const { name, target, enforcement, bypassActors = [], conditions } = occasion.inputs;
    repositoryOf(occasion);
    // All of these: https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset
    if (String(name ?? "").length < 1 || String(name).length > 100)
      refuse(422, "Validation Failed: a ruleset's name has 1 to 100 characters");
    oneOf("target", target, ["branch", "tag", "push"]);
    oneOf("enforcement", enforcement, ["disabled", "active", "evaluate"]);
    for (const { actorType, bypassMode } of bypassActors as Actor[]) {
      oneOf("actor_type", actorType, ACTORS);
      oneOf("bypass_mode", bypassMode, ["always", "pull_request", "exempt"]);
    }
    if (target !== "push" && included(conditions).length === 0)
      refuse(422, `Validation Failed: conditions with ref_name are required for the target '${target}'`);
    for (const ref of included(conditions)) {
      if (!/^(refs\/(heads|tags)\/.|~DEFAULT_BRANCH$|~ALL$)/.test(ref))
        refuse(422, `Validation Failed: ref_name '${ref}' is no full ref name such as refs/heads/main`);
    }
  },
  latency: { create: 1, update: 1, delete: 1 },
};

/**
 * Refuses a direct commit to a branch whose rules require pull requests or checks, unless the
 * caller may bypass them.
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
 */
export function refuseDirectCommit(
  things: Things,
  caller: Caller,
  repository: Repository,
  branch: string,
): void {
  for (const { properties } of rulesetsOf(things, repository, branch)) {
    const { pullRequest, requiredStatusChecks, update } = properties.rules as Properties;
    if (mayBypass(caller, (properties.bypassActors ?? []) as Actor[])) continue;
    if (pullRequest)
      refuse(
        409,
        `Repository rule violations found for ${branch}: Changes must be made through a pull request.`,
      );
    if (requiredStatusChecks)
      refuse(409, `Repository rule violations found for ${branch}: Required status checks are expected.`);
    if (update)
      refuse(409, `Repository rule violations found for ${branch}: Cannot update this protected ref.`);
  }
}

function rulesetsOf(things: Things, repository: Repository, branch: string): Thing[] {
  return things.list(RULESET).filter(({ scope, properties: { enforcement, target, conditions } }) => {
    if (scope !== repository.fullName || enforcement !== "active" || target !== "branch") return false;
    const covers = (ref: string) =>
      ref === "~ALL" ||
      (ref === "~DEFAULT_BRANCH" && branch === repository.defaultBranch) ||
      matches(ref, `refs/heads/${branch}`);
    return included(conditions).some(covers) && !excluded(conditions).some(covers);
  });
}

// A caller authenticated as an app is that app. A person who manages a repository's environments is
// its admin; team memberships are unknown.
function mayBypass({ config }: Caller, actors: Actor[]): boolean {
  const app = appOf(config);
  return actors.some(({ actorType, actorId, bypassMode }) => {
    if (bypassMode === "pull_request") return false;
    if (app !== undefined) return actorType === "Integration" && String(actorId) === String(app);
    return actorType === "OrganizationAdmin" || (actorType === "RepositoryRole" && actorId === ADMIN);
  });
}

// The engine passes an object in a provider's configuration as JSON text.
function appOf({ appAuth }: Properties): unknown {
  const auth = typeof appAuth === "string" ? JSON.parse(appAuth) : appAuth;
  return (auth as { id?: unknown } | undefined)?.id;
}

/**
 * fnmatch with `**`, as in
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax
 */
function matches(pattern: string, ref: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*\*\/|\*\*|\*|\?/g, (wild) =>
      wild === "**/" ? "(?:.*/)?" : wild === "**" ? ".*" : wild === "*" ? "[^/]*" : "[^/]",
    );
  return new RegExp(`^${source}$`).test(ref);
}

function included(conditions: unknown): string[] {
  return refNames(conditions).includes ?? [];
}

function excluded(conditions: unknown): string[] {
  return refNames(conditions).excludes ?? [];
}

function refNames(conditions: unknown): { includes?: string[]; excludes?: string[] } {
  return (
    (conditions as { refName?: { includes?: string[]; excludes?: string[] } } | undefined)?.refName ?? {}
  );
}

function oneOf(property: string, value: unknown, accepted: string[]): void {
  if (!accepted.includes(String(value)))
    refuse(422, `Validation Failed: ${property} is '${value}', accepted: ${accepted.join(", ")}`);
}
