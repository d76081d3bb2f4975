import { Temporal } from "temporal-polyfill";
import { parseSchedule } from "../../environment/schema/release/times";
import { beginningOf, parseTracks, type Tracks } from "../../environment/schema/release/tracks";
import { line, type Rules } from "../rules";
import { LATE } from "../time/late";
import { local } from "../time/local";
import { nextOccurrence } from "../time/schedule";
import type { Facts, StartedBy } from "./facts";
import { allows, forbids, type Reason, unknown } from "./reason";

/** How the deploy was started: as the facts say, else as the rules expect it at that time. */
export function startedBy(rules: Rules, { start }: Facts, at: Temporal.Instant): StartedBy {
  if (start.how !== undefined) return start.how;
  if (start.hotfix !== undefined) return "request";
  if (rules.schedule !== undefined) {
    const schedule = parseSchedule(rules.schedule);
    if (schedule.kind === "merged") return "merge";
    if (schedule.kind === "after") return "environment";
    const due =
      Temporal.Instant.compare(nextOccurrence(schedule, rules.timezone, at.subtract(LATE)), at) <= 0;
    return due || !rules.onRequest ? "schedule" : "request";
  }
  const tracks = parseTracks(rules.tracks);
  const expected = { branch: "push", releases: "release", tags: "tag", nothing: "request" } as const;
  return expected[tracks.kind];
}

/** Whether a deploy may start like that, at that time. */
export function judgeStart(rules: Rules, how: StartedBy, at: Temporal.Instant): Reason {
  const tracks = line(rules, ["tracks"], rules.tracks);
  if (how === "request") {
    const rule = line(rules, ["onRequest"], rules.onRequest);
    return rules.onRequest
      ? allows(rule, "any developer may start a deploy by hand")
      : forbids(rule, "nobody may start a deploy by hand");
  }
  if (how === "own branch") {
    const rule = line(rules, ["ownBranch"], rules.ownBranch);
    return rules.ownBranch
      ? allows(rule, "any developer may put a branch of their own here")
      : forbids(rule, "no branch but the tracked one may be put here");
  }
  if (rules.schedule === undefined) {
    const { kind } = parseTracks(rules.tracks);
    return STARTS[kind].includes(how)
      ? allows(tracks, `a ${how} starts a deploy`)
      : forbids(tracks, `a start by ${how} is not what is tracked`);
  }
  const rule = line(rules, ["schedule"], rules.schedule);
  const schedule = parseSchedule(rules.schedule);
  if (schedule.kind === "merged") {
    return how === "merge"
      ? allows(rule, "a merged pull request starts a deploy")
      : forbids(rule, `a start by ${how} is none after a merged pull request`);
  }
  if (schedule.kind === "after") {
    return how === "environment"
      ? allows(rule, `the commit comes from ${schedule.environment}`)
      : forbids(rule, `a start by ${how} is none after ${schedule.environment}`);
  }
  const next = nextOccurrence(schedule, rules.timezone, at.subtract(LATE));
  if (how !== "schedule") return forbids(rule, `a start by ${how} is not on the schedule`);
  return Temporal.Instant.compare(next, at) <= 0
    ? allows(rule, `due at ${local(next, rules.timezone)}`)
    : forbids(rule, `not due; the next time is ${local(next, rules.timezone)}`);
}

const STARTS: Readonly<Record<Tracks["kind"], readonly StartedBy[]>> = {
  branch: ["push", "merge"],
  releases: ["release"],
  tags: ["tag"],
  nothing: [],
};

/** Whether the commit is of what is tracked. */
export function judgeTracks(rules: Rules, facts: Facts, how: StartedBy): Reason[] {
  const rule = line(rules, ["tracks"], rules.tracks);
  const tracks = parseTracks(rules.tracks);
  if (how === "own branch") return [];
  switch (tracks.kind) {
    case "nothing":
      return [];
    case "branch":
      return [onBranch(rule, tracks.branch, facts)];
    case "releases":
      return [
        marked(
          rule,
          tracks.prereleases ? "published release or pre-release" : "published release",
          tracks.prereleases
            ? (facts.releases ?? facts.prereleases) && [
                ...(facts.releases ?? []),
                ...(facts.prereleases ?? []),
              ]
            : facts.releases,
          () => true,
        ),
        ...(tracks.on === undefined ? [] : [onBranch(rule, tracks.on, facts)]),
      ];
    case "tags":
      return [
        marked(rule, `${tracks.stable ? "stable " : ""}tag ${tracks.pattern}`, facts.tags, matcher(tracks)),
        ...(tracks.on === undefined ? [] : [onBranch(rule, tracks.on, facts)]),
      ];
  }
}

function onBranch(rule: string, branch: string, { branches }: Facts): Reason {
  if (branches === undefined) return unknown(rule, `it is not known whether the commit is on ${branch}`);
  return branches.includes(branch)
    ? allows(rule, `the commit is on ${branch}`)
    : forbids(rule, `the commit is not on ${branch}`);
}

function marked(
  rule: string,
  what: string,
  names: string[] | undefined,
  fits: (name: string) => boolean,
): Reason {
  if (names === undefined) return unknown(rule, `it is not known whether the commit has a ${what}`);
  const found = names.find(fits);
  return found === undefined
    ? forbids(rule, `the commit has no ${what}`)
    : allows(rule, `the commit is ${found}`);
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
function matcher({ pattern, stable }: { pattern: string; stable: boolean }): (tag: string) => boolean {
  const whole = new RegExp(`^${pattern.replace(/[.^${}()|\\\]]/g, "\\$&").replaceAll("*", "[^/]*")}$`);
  const version = (tag: string) => tag.slice(beginningOf(pattern).length);
  return (tag) => whole.test(tag) && !(stable && /[-A-Za-z]/.test(version(tag)));
}
