import type { Mismatch } from "../../environment/mismatch";
import type { DeployRules } from "../../environment/schema/release";
import { parsePerson } from "../../environment/schema/release/people";
import { parseSchedule, parseWindow } from "../../environment/schema/release/times";
import { parseTracks } from "../../environment/schema/release/tracks";
import { COMPONENTS, type EnvironmentRules } from "../rules";
import { local } from "../time/local";
import { isOpen } from "../time/window";
import { githubChecks } from "./github";
import { yearsOf } from "./years";

/** Checks the release rules of one environment against each other, before anything is created. */
export function releaseChecks(environment: EnvironmentRules): Mismatch[] {
  const { release } = environment;
  return [
    ...COMPONENTS.flatMap((component) => {
      const rules = release[component];
      if (!rules) return [];
      return [
        ...starts(rules),
        ...times(rules, release.timezone),
        ...people(rules, release.developers),
        ...promotion(rules, release),
      ].map(({ path, says }) => ({ path: ["release", component, ...path], says }));
    }),
    ...data(environment),
    ...githubChecks(environment),
  ];
}

/** Whether any deploy can start under these rules. */
export function isEverDeployed(rules: DeployRules): boolean {
  return parseTracks(rules.tracks).kind !== "nothing" || rules.onRequest || rules.ownBranch;
}

// Rules that could never bite, because no deploy starts under them.
function starts(rules: DeployRules): Mismatch[] {
  const { schedule, tracks, gates, hotfix, onRequest } = rules;
  const found: Mismatch[] = [];
  const { kind } = parseTracks(tracks);
  if (!isEverDeployed(rules) && hasRules(rules)) {
    found.push({
      path: ["tracks"],
      says: "is 'nothing', and no one may start a deploy by hand, so nothing can reach this environment and its rules never bite; accepted: what it tracks, or onRequest: true",
    });
  }
  if (schedule !== undefined && kind !== "branch") {
    found.push({
      path: ["schedule"],
      says: `deploys the newest commit of a tracked branch, but tracks is '${tracks}'; accepted with tracks: branch NAME`,
    });
  }
  const from = schedule === undefined ? undefined : parseSchedule(schedule);
  if (from?.kind === "after" && !(from.environment in gates.environments)) {
    found.push({
      path: ["schedule"],
      says: `starts after '${from.environment}', but gates.environments does not ask for it; accepted: gates.environments.${from.environment}: deployed or verified`,
    });
  }
  if (gates.confirm !== undefined && !onRequest) {
    found.push({
      path: ["gates", "confirm"],
      says: "must be typed by a person, but no one may start a deploy by hand, so nothing can reach this environment; accepted with onRequest: true",
    });
  }
  if (hotfix && rules.window === undefined) {
    found.push({ path: ["hotfix"], says: "lifts the window, and there is none; accepted with a window" });
  }
  if (hotfix && rules.window !== undefined && !onRequest) {
    found.push({
      path: ["hotfix"],
      says: "is started by hand, which no one may here; accepted with onRequest: true",
    });
  }
  return found;
}

function hasRules({ schedule, window, gates, verify, migrations, owner }: DeployRules): boolean {
  const { approval, confirm, pullRequest, ...maps } = gates;
  return (
    [schedule, window, verify, migrations, owner, approval, confirm, pullRequest].some(
      (rule) => rule !== undefined,
    ) || Object.values(maps).some((entries) => Object.keys(entries).length > 0)
  );
}

// A moment of the schedule at which the window is closed is a deploy that never comes.
function times({ schedule, window, hotfix: _ }: DeployRules, timezone: string): Mismatch[] {
  if (schedule === undefined || window === undefined) return [];
  const calendar = parseSchedule(schedule);
  if (calendar.kind === "merged" || calendar.kind === "after") return [];
  const hours = parseWindow(window);
  const moments = yearsOf(calendar, timezone);
  const outside = moments.filter((moment) => !isOpen(hours, timezone, moment));
  const [first] = outside;
  if (!first) return [];
  if (outside.length === moments.length) {
    return [
      {
        path: ["window"],
        says: `is '${window}', which the schedule '${schedule}' never hits; accepted: a window that is open when a deploy is due`,
      },
    ];
  }
  return [
    {
      path: ["schedule"],
      says: `is '${schedule}', which is outside the window '${window}' at ${local(first, timezone)} and ${outside.length - 1} more times in two years; accepted: times at which the window is open`,
    },
  ];
}

function people(rules: DeployRules, developers: string[] | undefined): Mismatch[] {
  const { owner, gates, hotfix, ownBranch } = rules;
  const found: Mismatch[] = [];
  const approvals = [
    { path: ["gates", "approval", "by"], approval: gates.approval, starter: owner },
    { path: ["promotion", "approval", "by"], approval: rules.promotion?.approval, starter: undefined },
  ];
  for (const { path, approval, starter } of approvals) {
    if (approval?.self !== "excluded") continue;
    const only = starter ?? (developers?.length === 1 ? developers[0] : undefined);
    if (only === undefined || !approval.by.every((person) => person === `user ${only}`)) continue;
    found.push({
      path,
      says: `is ${only} alone, who is ${starter === undefined ? "the only one who commits" : "the owner and starts every deploy"} and may not approve their own; accepted: somebody else too, or self: allowed`,
    });
  }
  if (owner === undefined) return found;
  const lists = [
    { path: ["gates", "approval", "by"], by: gates.approval?.by, does: "approve" },
    { path: ["hotfix", "by"], by: hotfix?.by, does: "start a hotfix" },
  ];
  for (const { path, by, does } of lists) {
    const named = by?.map(parsePerson).some((who) => who.kind === "user" && who.login === owner);
    if (!by || named) continue;
    found.push({
      path,
      says: `lets ${by.join(", ")} ${does}, but only the owner '${owner}' may deploy here; accepted: a list with user ${owner}, or no owner`,
    });
  }
  if (ownBranch) {
    found.push({
      path: ["ownBranch"],
      says: `lets any developer deploy, but only the owner '${owner}' may; accepted: false, or no owner`,
    });
  }
  return found;
}

function promotion(rules: DeployRules, release: EnvironmentRules["release"]): Mismatch[] {
  const { promotion } = rules;
  if (!promotion) return [];
  const tracks = parseTracks(rules.tracks);
  if (tracks.kind !== "branch") {
    return [
      {
        path: ["promotion"],
        says: `merges into the tracked branch, but tracks is '${rules.tracks}'; accepted with tracks: branch NAME`,
      },
    ];
  }
  const found: Mismatch[] = [];
  if (tracks.branch === promotion.from) {
    found.push({
      path: ["promotion", "from"],
      says: `is '${promotion.from}', the tracked branch itself; accepted: another branch`,
    });
  }
  if (promotion.offeredAfter === "api" && !release.api) {
    found.push({
      path: ["promotion", "offeredAfter"],
      says: "is 'api', but there is no release.api; accepted with one",
    });
  }
  return found;
}

function data({ data, release }: EnvironmentRules): Mismatch[] {
  if (data.erasedBy !== "verify") return [];
  if (data.protected) {
    return [
      { path: ["data", "erasedBy"], says: "is 'verify', but data.protected is true; accepted: one of them" },
    ];
  }
  return COMPONENTS.some((component) => release[component]?.verify)
    ? []
    : [
        {
          path: ["data", "erasedBy"],
          says: "is 'verify', but neither release.api nor release.gui has a verify; accepted: 'nothing', or a verify",
        },
      ];
}
