import { Temporal } from "temporal-polyfill";
import type { ApprovalSpec } from "../../environment/schema/release/gates";
import { parsePerson } from "../../environment/schema/release/people";
import { line, type Rules } from "../rules";
import { local } from "../time/local";
import type { Facts, StartedBy } from "./facts";
import { allows, enumerated, forbids, type Reason, unknown } from "./reason";

/** What every gate says of the commit. */
export function judgeGates(rules: Rules, facts: Facts, how: StartedBy, at: Temporal.Instant): Reason[] {
  return [
    ...checks(rules, facts),
    ...environments(rules, facts, at),
    ...errors(rules, facts, at),
    ...commands(rules, facts),
    ...absentCode(rules, facts),
    ...(how === "own branch" ? [] : pullRequest(rules, facts)),
    ...approval(rules, facts, how),
    ...confirmation(rules, facts),
  ];
}

function checks(rules: Rules, facts: Facts): Reason[] {
  return Object.entries(rules.gates.checks).map(([name, by]) => {
    const rule = line(rules, ["gates", "checks", name], by);
    if (facts.checks === undefined) return unknown(rule, "the checks of the commit are not known");
    const reported = facts.checks.filter((check) => check.name === name && (by === "any" || check.by === by));
    const whose = by === "any" ? "" : ` of ${by}`;
    if (reported.length === 0) return forbids(rule, `the commit has no check '${name}'${whose}`);
    // Several may report under one name: one that is not green is enough to stop.
    const worst = reported.find(({ state }) => state !== "success");
    return worst
      ? forbids(rule, `the check '${name}'${whose} is ${worst.state === "pending" ? "not finished" : "red"}`)
      : allows(rule, `the check '${name}'${whose} is green`);
  });
}

function environments(rules: Rules, facts: Facts, at: Temporal.Instant): Reason[] {
  return Object.entries(rules.gates.environments).map(([environment, step]) => {
    const rule = line(rules, ["gates", "environments", environment], step);
    const when = facts.environments?.[environment];
    if (facts.environments === undefined)
      return unknown(rule, `it is not known whether ${environment} had the commit`);
    const deployed = past(when?.deployed, at);
    if (!deployed) return forbids(rule, `the commit was not deployed to ${environment} successfully`);
    if (step === "deployed")
      return allows(rule, `deployed to ${environment} at ${local(deployed, rules.timezone)}`);
    const verified = past(when?.verified, at);
    return verified
      ? allows(rule, `verified in ${environment} at ${local(verified, rules.timezone)}`)
      : forbids(rule, `the commit was not verified in ${environment} successfully`);
  });
}

function errors(rules: Rules, facts: Facts, at: Temporal.Instant): Reason[] {
  return Object.entries(rules.gates.errors).flatMap(([stated, since]) => {
    const rule = line(rules, ["gates", "errors", stated], since);
    return (stated === "all" ? rules.environments : [stated]).map((environment) => {
      const seen = facts.errors?.[environment];
      if (seen === undefined) return unknown(rule, `the errors of ${environment} are not known`);
      const from = moment(since, facts, environment, at);
      if (!from)
        return forbids(rule, `the commit was not deployed to ${environment}, so nothing was seen of it`);
      const fresh = seen.filter((text) => {
        const when = Temporal.Instant.from(text);
        return Temporal.Instant.compare(when, from) >= 0 && Temporal.Instant.compare(when, at) <= 0;
      });
      const after = local(from, rules.timezone);
      return fresh.length === 0
        ? allows(rule, `no new error in ${environment} since ${after}`)
        : forbids(
            rule,
            `${fresh.length} new error${fresh.length > 1 ? "s" : ""} in ${environment} since ${after}`,
          );
    });
  });
}

function moment(since: string, facts: Facts, environment: string, at: Temporal.Instant) {
  const [, count, unit] = /^last (\d+) (hour|day)s?$/.exec(since) ?? [];
  if (count === undefined) return past(facts.environments?.[environment]?.deployed, at);
  return at.subtract({ hours: Number(count) * (unit === "day" ? 24 : 1) });
}

function commands(rules: Rules, facts: Facts): Reason[] {
  return Object.entries(rules.gates.commands).map(([name, command]) => {
    const rule = line(rules, ["gates", "commands", name], command);
    const end = facts.commands?.[name];
    if (end === undefined) return unknown(rule, `it is not known how '${command}' ends for the commit`);
    return end === "succeeded"
      ? allows(rule, `'${command}' succeeded`)
      : forbids(rule, `'${command}' failed`);
  });
}

function absentCode(rules: Rules, facts: Facts): Reason[] {
  return Object.entries(rules.gates.absent).map(([what, { pattern }]) => {
    const rule = line(rules, ["gates", "absent", what, "pattern"], pattern);
    const places = facts.found?.[what];
    if (places === undefined) return unknown(rule, `it is not known whether the commit has ${what}`);
    return places.length === 0
      ? allows(rule, `the commit has no ${what}`)
      : forbids(rule, `the commit has ${what} in ${enumerated(places)}`);
  });
}

function pullRequest(rules: Rules, facts: Facts): Reason[] {
  if (rules.gates.pullRequest === undefined) return [];
  const rule = line(rules, ["gates", "pullRequest"], rules.gates.pullRequest);
  if (facts.pullRequest === undefined)
    return [unknown(rule, "it is not known which pull request the commit comes from")];
  return [
    facts.pullRequest === "merged"
      ? allows(rule, "the commit comes from a merged pull request")
      : forbids(rule, "the commit does not come from a merged pull request"),
  ];
}

function approval(rules: Rules, facts: Facts, how: StartedBy): Reason[] {
  const { approval } = rules.gates;
  if (!approval) return [];
  return [judgeApproval(approval, line(rules, ["gates", "approval"], approval), facts, how)];
}

/**
 * Whether whoever must approve has approved.
 * @param rule the line of the spec
 * @param how what started it
 * @param what what is approved, for a sentence
 */
export function judgeApproval(
  approval: ApprovalSpec,
  rule: string,
  facts: Facts,
  how: StartedBy,
  what = "the deploy",
): Reason {
  const wanted = enumerated(approval.by, "or");
  if (facts.approvals === undefined) return unknown(rule, `it is not known who of ${wanted} approved`);
  const entitled = facts.approvals.filter((login) => isOneOf(login, approval.by, facts));
  if (entitled.length === 0) return forbids(rule, `not approved by ${wanted}`);
  if (approval.self === "allowed") return allows(rule, `approved by ${enumerated(entitled)}`);
  const starter = facts.start.by;
  // The clock is nobody, so whoever approves is somebody else.
  if (starter === undefined && how === "schedule") return allows(rule, `approved by ${enumerated(entitled)}`);
  if (starter === undefined)
    return unknown(rule, `it is not known who started ${what} and so cannot approve it`);
  const others = entitled.filter((login) => !same(login, starter));
  return others.length === 0
    ? forbids(rule, `approved only by ${starter}, who started ${what}`)
    : allows(rule, `approved by ${enumerated(others)}`);
}

function confirmation(rules: Rules, facts: Facts): Reason[] {
  const { confirm } = rules.gates;
  if (confirm === undefined) return [];
  const rule = line(rules, ["gates", "confirm"], confirm);
  return [
    facts.confirmed === confirm
      ? allows(rule, `confirmed by typing '${confirm}'`)
      : forbids(rule, `not confirmed by typing '${confirm}'`),
  ];
}

/** Whether a login is one of these people or in one of these teams. */
export function isOneOf(login: string, by: ApprovalSpec["by"], { teams }: Facts): boolean {
  const members = new Map(Object.entries(teams));
  return by
    .map(parsePerson)
    .some((person) =>
      person.kind === "user"
        ? same(person.login, login)
        : (members.get(person.slug) ?? []).some((member) => same(member, login)),
    );
}

/** GitHub's logins are one whatever their case. */
export function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** A moment that is not after `at`. */
export function past(text: string | undefined, at: Temporal.Instant): Temporal.Instant | undefined {
  if (text === undefined) return undefined;
  const when = Temporal.Instant.from(text);
  return Temporal.Instant.compare(when, at) <= 0 ? when : undefined;
}
