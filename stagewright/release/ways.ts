import { type CalendarSchedule, parseSchedule } from "../environment/schema/release/times";
import { followedBranch, type Target } from "./target";

/**
 * One way in which deploys of a target start, with a workflow file of its own. Where pushes start
 * them, GitHub takes the file from the pushed branch; everything else it takes from the
 * repository's default branch (a tag and a release from the commit that they mark, which comes from
 * there).
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export interface Way {
  /** Ends the file's name: empty, or `-by-hand`. */
  suffix: string;
  /** Branch that holds the file; `undefined`: the default branch. */
  branch?: string;
  /** Pushes to this branch start it. */
  pushed?: string;
  /** Whether a push that came through no merged pull request is left alone. */
  mergedOnly?: boolean;
  /** The tags or releases that the target follows start it. */
  marked?: boolean;
  calendar?: CalendarSchedule;
  /** The environment after whose deploys it starts. */
  after?: string;
  /** Whether people start it, with inputs. */
  hand?: boolean;
  /** Whether a promotion starts it, which GitHub lets push without starting anything. */
  promotion?: boolean;
}

/** All ways in which deploys of a target start. */
export function waysOf(target: Target): Way[] {
  const { rules } = target;
  const hand = byHand(target);
  // What a person must type, nobody types at a push.
  if (rules.gates.confirm !== undefined) return [{ suffix: "", hand: true }];
  const schedule = rules.schedule === undefined ? undefined : parseSchedule(rules.schedule);
  if (schedule?.kind === "after") return [{ suffix: "", after: schedule.environment, hand }];
  if (schedule?.kind === "calendar" || schedule?.kind === "hourly")
    return [{ suffix: "", calendar: schedule, hand }];
  const branch = followedBranch(target);
  if (branch === undefined) return [{ suffix: "", marked: true, hand }];
  const push = {
    suffix: "",
    branch,
    pushed: branch,
    mergedOnly: schedule?.kind === "merged",
    promotion: rules.promotion !== undefined && rules.promotion !== null,
  };
  return hand ? [push, { suffix: "-by-hand", hand }] : [push];
}

function byHand({ rules: { onRequest, ownBranch, hotfix } }: Target): boolean {
  return onRequest || ownBranch || hotfix !== undefined;
}

/** Whether whoever starts it may name a commit. */
export function namesCommit({ follows }: Target, { hand }: Way): boolean {
  return hand === true && follows.kind === "branch";
}

/** Whether a run of it has the repository's default branch as its ref. */
export function onDefaultBranch({ calendar, after, hand }: Way): boolean {
  return calendar !== undefined || after !== undefined || hand === true;
}
