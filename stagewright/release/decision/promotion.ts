import { parseTracks } from "../../environment/schema/release/tracks";
import { line, type Rules } from "../rules";
import type { Decision } from "./decide";
import type { Facts } from "./facts";
import { judgeApproval } from "./gates";
import { allows, enumerated, forbids, type Reason, unknown } from "./reason";

/**
 * May this commit be promoted into the tracked branch, given these facts? As the workflow of the
 * promotion asks.
 */
export function decidePromotion(rules: Rules, facts: Facts): Decision {
  const { promotion } = rules;
  const tracks = parseTracks(rules.tracks);
  if (!promotion || tracks.kind !== "branch") throw new Error(`${rules.environment} has no promotion`);
  const { from, approval } = promotion;
  const rule = line(rules, ["promotion", "from"], from);
  const reasons = [
    isOn(from, rule, facts),
    notDiverged(from, tracks.branch, rule, facts),
    ...green(rules, rule, facts),
    judgeApproval(
      approval,
      line(rules, ["promotion", "approval"], approval),
      facts,
      "request",
      "the promotion",
    ),
  ];
  return { allowed: reasons.every(({ verdict }) => verdict === "allows"), reasons };
}

function isOn(from: string, rule: string, { branches }: Facts): Reason {
  if (branches === undefined) return unknown(rule, `it is not known whether the commit is on ${from}`);
  return branches.includes(from)
    ? allows(rule, `the commit is on ${from}`)
    : forbids(rule, `the commit is not on ${from}`);
}

function notDiverged(from: string, into: string, rule: string, { diverged }: Facts): Reason {
  if (diverged === undefined)
    return unknown(rule, `it is not known whether ${into} has what ${from} has not`);
  return diverged.length === 0
    ? allows(rule, `${into} has nothing that ${from} never had`)
    : forbids(
        rule,
        `${into} has what ${from} has not (${enumerated(diverged)}): merge ${into} into ${from} first`,
      );
}

// All that reported, and those that the gates name among them.
function green({ gates, ...rules }: Rules, rule: string, { checks }: Facts): Reason[] {
  if (checks === undefined) return [unknown(rule, "the checks of the commit are not known")];
  if (checks.length === 0) return [forbids(rule, "no check has reported on the commit")];
  const bad = checks
    .filter(({ state }) => state !== "success")
    .map(({ name, state }) =>
      forbids(rule, `the check '${name}' is ${state === "pending" ? "not finished" : "red"}`),
    );
  const missing = Object.entries(gates.checks)
    .filter(([name, by]) => !checks.some((check) => check.name === name && (by === "any" || check.by === by)))
    .map(([name, by]) =>
      forbids(line(rules, ["gates", "checks", name], by), `the commit has no check '${name}'`),
    );
  const found = [...bad, ...missing];
  return found.length > 0 ? found : [allows(rule, "all checks of the commit are green")];
}
