import type { Temporal } from "temporal-polyfill";
import { parseCalendar, parseSchedule } from "../../environment/schema/release/times";
import { type Rules, rulesOf, type System } from "../rules";
import { local } from "../time/local";
import type { SystemMismatch } from "./mismatch";
import { yearsOf } from "./years";

/** Something that starts by the clock under a stated lock. */
interface Locked {
  stack: string;
  rules: Rules;
  lock: string;
  path: string[];
  /** For example `dev's deploy at 'sunday 20:00'`. */
  what: string;
  moments: Temporal.Instant[];
}

/**
 * What the locks of a system cannot be: two things due at the same moment under one, or one lock
 * over two repositories.
 */
export function lockChecks(system: System): SystemMismatch[] {
  const locked = Object.entries(system).flatMap(([stack, environment]) =>
    rulesOf(system, environment).flatMap((rules) => underLock(stack, rules)),
  );
  return [...collisions(locked), ...apart(system)];
}

function underLock(stack: string, rules: Rules): Locked[] {
  const { exclusive: lock, schedule, verify, timezone, environment } = rules;
  if (lock === undefined) return [];
  const found: Locked[] = [];
  const deploy = schedule === undefined ? undefined : parseSchedule(schedule);
  const moments = (text: string) => yearsOf(parseCalendar(text), timezone);
  if (schedule !== undefined && (deploy?.kind === "calendar" || deploy?.kind === "hourly")) {
    const what = `the deploy to ${environment} at '${schedule}'`;
    found.push({ stack, rules, lock, path: ["schedule"], what, moments: moments(schedule) });
  }
  if (verify?.schedule !== undefined) {
    const what = `the verification of ${environment} at '${verify.schedule}'`;
    found.push({ stack, rules, lock, path: ["verify", "schedule"], what, moments: moments(verify.schedule) });
  }
  return found;
}

function collisions(locked: Locked[]): SystemMismatch[] {
  return locked.flatMap((one, index) => {
    const taken = new Set(one.moments.map(({ epochMilliseconds }) => epochMilliseconds));
    return locked.slice(index + 1).flatMap((other): SystemMismatch[] => {
      if (one.lock !== other.lock) return [];
      const moment = other.moments.find(({ epochMilliseconds }) => taken.has(epochMilliseconds));
      if (!moment) return [];
      return [
        {
          stack: other.stack,
          path: ["release", other.rules.component, ...other.path],
          says: `collides: ${one.what} and ${other.what} exclude each other as '${one.lock}', and both are due at ${local(moment, other.rules.timezone)}; accepted: times apart`,
        },
      ];
    });
  });
}

// GitHub's concurrency groups are a repository's own:
// https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
function apart(system: System): SystemMismatch[] {
  const first = new Map<string, Rules>();
  return Object.entries(system).flatMap(([stack, environment]) =>
    rulesOf(system, environment).flatMap((rules): SystemMismatch[] => {
      const { exclusive, repository, component } = rules;
      if (exclusive === undefined || repository === undefined) return [];
      const other = first.get(exclusive) ?? rules;
      first.set(exclusive, other);
      if (other.repository === repository) return [];
      return [
        {
          stack,
          path: ["release", component, "exclusive"],
          says: `is '${exclusive}', a lock of ${other.repository}, which GitHub cannot hold over ${repository} too; accepted: a name of its own`,
        },
      ];
    }),
  );
}
