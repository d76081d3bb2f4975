import { parseTracks } from "../../spec/schema/release/tracks";
import { type Rules, rulesOf, type System } from "../rules";
import type { SystemMismatch } from "./system";

/** Where the rules let only pull requests through, the branch must be protected, in whichever stack. */
export function branchChecks(system: System): SystemMismatch[] {
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

function branchOf({ tracks }: Rules): string | undefined {
  const read = parseTracks(tracks);
  return read.kind === "branch" ? read.branch : undefined;
}
