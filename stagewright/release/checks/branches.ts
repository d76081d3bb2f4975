import { parseTracks } from "../../environment/schema/release/tracks";
import { type Rules, rulesOf, type System } from "../rules";
import type { SystemMismatch } from "./mismatch";

/** What the protection of branches must be, in whichever stack it is stated. */
export function branchChecks(system: System): SystemMismatch[] {
  return [...unprotected(system), ...shutToPromotions(system)];
}

// Where the rules let only pull requests through, the branch must be protected.
function unprotected(system: System): SystemMismatch[] {
  const all = Object.entries(system).flatMap(([stack, environment]) =>
    rulesOf(system, environment).map((rules) => ({ stack, rules })),
  );
  const isProtected = (branch: string, { repository }: Rules) =>
    all.some(
      ({ rules }) => rules.protection && branchOf(rules) === branch && rules.repository === repository,
    );
  return all.flatMap(({ stack, rules }): SystemMismatch[] => {
    const branch = branchOf(rules);
    const asks = rules.gates.pullRequest === "merged" || rules.schedule === "after every merged pull request";
    if (!asks || branch === undefined || isProtected(branch, rules)) return [];
    return [
      {
        stack,
        path: ["release", rules.component, "tracks"],
        says: `is '${rules.tracks}', which is not protected, though only merged pull requests may be deployed; accepted with release.${rules.component}.protection`,
      },
    ];
  });
}

// A promotion moves the branch by the token of its run, which is GitHub Actions' own: to a ruleset
// that is the app with this number. GitHub takes it as a bypass actor where an organization owns
// the repository. https://docs.github.com/en/rest/repos/rules
const ACTIONS = "app 15368";

function shutToPromotions(system: System): SystemMismatch[] {
  const all = Object.entries(system).flatMap(([stack, environment]) =>
    rulesOf(system, environment).map((rules) => ({ stack, rules })),
  );
  return all.flatMap(({ stack, rules }): SystemMismatch[] => {
    const { protection, component, repository } = rules;
    const branch = branchOf(rules);
    if (!protection || branch === undefined || protection.bypass.includes(ACTIONS)) return [];
    const promoted = all.find(
      ({ rules: other }) => other.promotion && branchOf(other) === branch && other.repository === repository,
    );
    if (!promoted) return [];
    return [
      {
        stack,
        path: ["release", component, "protection", "bypass"],
        says: `keeps out GitHub Actions, which moves ${branch} in the promotion to ${promoted.rules.environment}; accepted: a list with '${ACTIONS}'`,
      },
    ];
  });
}

function branchOf({ tracks }: Rules): string | undefined {
  const read = parseTracks(tracks);
  return read.kind === "branch" ? read.branch : undefined;
}
