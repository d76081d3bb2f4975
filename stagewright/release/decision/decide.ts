import type { Temporal } from "temporal-polyfill";
import { parseWindow } from "../../environment/schema/release/times";
import { line, lockOf, type Rules } from "../rules";
import { local } from "../time/local";
import { windowState } from "../time/window";
import type { Facts, StartedBy } from "./facts";
import { isOneOf, judgeGates, past, same } from "./gates";
import { allows, enumerated, forbids, type Reason, unknown } from "./reason";
import { judgeStart, judgeTracks, startedBy } from "./start";

/** Whether a deploy may start, and what every rule says to it. */
export interface Decision {
  allowed: boolean;
  reasons: Reason[];
}

/**
 * May this commit be deployed under these rules at this time, given these facts? All rules must
 * allow it; what the facts leave open forbids. What is deployed from a branch of one's own is freed
 * from `tracks`, `schedule` and `gates.pullRequest`, a hotfix from `window`, each from nothing
 * else.
 */
export function decide(rules: Rules, facts: Facts, at: Temporal.Instant): Decision {
  const how = startedBy(rules, facts, at);
  const reasons = [
    judgeStart(rules, how, at),
    ...judgeTracks(rules, facts, how),
    ...owner(rules, facts, how),
    ...window(rules, facts, at),
    ...exclusive(rules, facts),
    ...judgeGates(rules, facts, how, at),
    ...migrations(rules, facts, how, at),
  ];
  return { allowed: reasons.every(({ verdict }) => verdict === "allows"), reasons };
}

// What the tracked branch gets and the clock start a deploy, whoever merged it; by hand it is the
// owner's alone.
function owner(rules: Rules, { start }: Facts, how: StartedBy): Reason[] {
  if (rules.owner === undefined || (how !== "request" && how !== "own branch")) return [];
  const rule = line(rules, ["owner"], rules.owner);
  if (start.by === undefined)
    return [unknown(rule, `it is not known whether ${rules.owner} started the deploy`)];
  return [
    same(start.by, rules.owner)
      ? allows(rule, `${rules.owner} started the deploy`)
      : forbids(rule, `${start.by} started the deploy, and only ${rules.owner} may`),
  ];
}

function window(rules: Rules, facts: Facts, at: Temporal.Instant): Reason[] {
  if (rules.window === undefined) return [];
  const rule = line(rules, ["window"], rules.window);
  const { open, changes } = windowState(parseWindow(rules.window), rules.timezone, at);
  const then = changes && local(changes, rules.timezone);
  if (open) return [allows(rule, then === undefined ? "always open" : `open until ${then}`)];
  const closed = forbids(rule, `closed${then === undefined ? "" : ` until ${then}`}`);
  return facts.start.hotfix === undefined ? [closed] : [hotfix(rules, facts, closed)];
}

function hotfix(rules: Rules, facts: Facts, closed: Reason): Reason {
  const { by, hotfix: why = "" } = facts.start;
  if (!rules.hotfix) return forbids(closed.rule, `${closed.says}, and there is no hotfix here`);
  const rule = line(rules, ["hotfix"], rules.hotfix);
  if (why.trim() === "") return forbids(rule, "a hotfix needs a reason");
  if (by === undefined) return unknown(rule, "it is not known whose hotfix it is");
  if (rules.hotfix.by && !isOneOf(by, rules.hotfix.by, facts))
    return forbids(rule, `${by} may not lift the window; ${enumerated(rules.hotfix.by, "or")} may`);
  return allows(rule, `${by} lifts the window, and nothing else, because: ${why}`);
}

function exclusive(rules: Rules, { running }: Facts): Reason[] {
  const lock = lockOf(rules);
  const other = running[lock];
  const rule =
    rules.exclusive === undefined
      ? `release.${rules.component}: one deploy at a time`
      : line(rules, ["exclusive"], lock);
  if (other !== undefined) return [forbids(rule, `${other} runs under the same lock and is not cancelled`)];
  return rules.exclusive === undefined ? [] : [allows(rule, "nothing else runs under this lock")];
}

function migrations(rules: Rules, facts: Facts, how: StartedBy, at: Temporal.Instant): Reason[] {
  const reasons: Reason[] = [];
  const { testedIn } = rules.migrations ?? {};
  if (testedIn !== undefined) {
    const rule = line(rules, ["migrations", "testedIn"], testedIn);
    const when = past(facts.environments?.[testedIn]?.migrated, at);
    if (facts.environments === undefined)
      reasons.push(unknown(rule, `it is not known whether ${testedIn} was migrated by the commit`));
    else if (!when)
      reasons.push(forbids(rule, `the migrations of the commit did not succeed in ${testedIn}`));
    else reasons.push(allows(rule, `migrated in ${testedIn} at ${local(when, rules.timezone)}`));
  }
  const own = facts.ownMigrations ?? [];
  if (how === "own branch" && own.length > 0) {
    const rule = line(rules, ["ownBranch"], rules.ownBranch);
    reasons.push(
      allows(rule, `but undo these migrations before the tracked branch comes back: ${enumerated(own)}`),
    );
  }
  return reasons;
}
