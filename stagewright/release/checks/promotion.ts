import { didYouMean } from "../../environment/problems";
import { parseSchedule } from "../../environment/schema/release/times";
import { parseTracks } from "../../environment/schema/release/tracks";
import { type Rules, rulesOf, type System } from "../rules";
import { cycles } from "./cycles";
import { isEverDeployed } from "./environment";
import type { SystemMismatch } from "./mismatch";

interface Deployed extends Rules {
  stack: string;
  /** Whether Sentry tracks the environment's errors. */
  tracked: boolean;
}

/**
 * What the promotion chain of a system cannot be: a cycle, a step over an environment that is not
 * there or never deployed.
 */
export function promotionChecks(system: System): SystemMismatch[] {
  const all = Object.entries(system).flatMap(([stack, environment]): Deployed[] =>
    rulesOf(system, environment).map((rules) => ({
      ...rules,
      stack,
      tracked: environment.errors !== undefined,
    })),
  );
  return [
    ...all.flatMap((rules) => needs(rules).flatMap((need) => unmet(need, rules, all))),
    ...all.flatMap((rules) => errorGates(rules, all)),
    ...circular(all),
    ...inARow(all),
    ...circularBranches(all),
  ];
}

/** That one environment must have had the commit before another one may. */
interface Need {
  environment: string;
  path: string[];
  asks: "deployed" | "verified" | "migrated";
}

/** What a deployable waits for in other environments. */
export function needs({ gates, schedule, migrations }: Rules): Need[] {
  const found: Need[] = Object.entries(gates.environments).map(([environment, asks]) => ({
    environment,
    path: ["gates", "environments", environment],
    asks,
  }));
  const from = schedule === undefined ? undefined : parseSchedule(schedule);
  if (from?.kind === "after")
    found.push({ environment: from.environment, path: ["schedule"], asks: "deployed" });
  if (migrations?.testedIn !== undefined)
    found.push({ environment: migrations.testedIn, path: ["migrations", "testedIn"], asks: "migrated" });
  return found;
}

function unmet(
  { environment, path, asks }: Need,
  { stack, component }: Deployed,
  all: Deployed[],
): SystemMismatch[] {
  const at = { stack, path: ["release", component, ...path] };
  const other = all.find((rules) => rules.environment === environment && rules.component === component);
  if (!other) {
    const known = all.filter((rules) => rules.component === component).map((rules) => rules.environment);
    return [
      {
        ...at,
        says: `refers to '${environment}', where no ${component} is deployed; accepted: ${known.join(", ")}${didYouMean(environment, known)}`,
      },
    ];
  }
  if (!isEverDeployed(other)) {
    return [
      {
        ...at,
        says: `waits for '${environment}', which is never deployed: its release.${component}.tracks is 'nothing'; accepted: an environment that is`,
      },
    ];
  }
  if (asks === "verified" && !other.verify) {
    return [
      {
        ...at,
        says: `is 'verified', but '${environment}' has no release.${component}.verify; accepted: 'deployed', or a verify there`,
      },
    ];
  }
  if (asks === "migrated" && !other.migrations) {
    return [
      {
        ...at,
        says: `is '${environment}', which has no release.${component}.migrations; accepted: an environment that is migrated`,
      },
    ];
  }
  return [];
}

function errorGates({ stack, component, gates, ...rules }: Deployed, all: Deployed[]): SystemMismatch[] {
  const peers = all.filter((other) => other.component === component);
  const known = [...peers.map(({ environment }) => environment), "all"];
  return Object.entries(gates.errors).flatMap(([name, since]): SystemMismatch[] => {
    const at = { stack, path: ["release", component, "gates", "errors", name] };
    if (!known.includes(name)) {
      return [
        {
          ...at,
          says: `is no environment that deploys the ${component}; accepted: ${known.join(", ")}${didYouMean(name, known)}`,
        },
      ];
    }
    const asked = peers.filter(({ environment }) => name === "all" || environment === name);
    const untracked = asked.find(({ tracked }) => !tracked);
    if (untracked) {
      return [
        {
          ...at,
          says: `asks for the errors of '${untracked.environment}', which has no 'errors' section; accepted: an environment with error tracking`,
        },
      ];
    }
    const reached = passed(rules.environment, peers);
    const unreached = asked.find(({ environment }) => !reached.has(environment));
    if (since === "since its deploy" && unreached) {
      return [
        {
          ...at,
          says: `is '${since}', but the commit need not have been deployed to '${unreached.environment}'; accepted: 'last N hours' or 'last N days', or a gate on that environment`,
        },
      ];
    }
    return [];
  });
}

/** Environments that a commit must have passed before this one, directly or not. */
function passed(environment: string, peers: Deployed[]): Set<string> {
  const found = new Set<string>();
  const open = [environment];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const rules = peers.find((other) => other.environment === next);
    for (const before of Object.keys(rules?.gates.environments ?? {})) {
      if (!found.has(before)) open.push(before);
      found.add(before);
    }
  }
  return found;
}

function circular(all: Deployed[]): SystemMismatch[] {
  return (["api", "gui"] as const).flatMap((component) => {
    const peers = all.filter((rules) => rules.component === component);
    const graph = new Map(
      peers.map((rules) => [rules.environment, needs(rules).map(({ environment }) => environment)]),
    );
    return cycles(graph).flatMap((cycle): SystemMismatch[] => {
      const [first = "", second = first] = cycle;
      const rules = peers.find(({ environment }) => environment === first);
      const need = rules && needs(rules).find(({ environment }) => environment === second);
      if (!rules || !need) return [];
      return [
        {
          stack: rules.stack,
          path: ["release", component, ...need.path],
          says: `closes a circle in which each environment waits for the next and none can be the first: ${[...cycle, first].join(" → ")}; accepted: a chain with a beginning`,
        },
      ];
    });
  });
}

// A run that a run has started starts no fourth one:
// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run
const LEVELS = 3;

function inARow(all: Deployed[]): SystemMismatch[] {
  return all.flatMap((rules): SystemMismatch[] => {
    const row = rowTo(rules, all);
    if (row.length !== LEVELS + 2) return [];
    return [
      {
        stack: rules.stack,
        path: ["release", rules.component, "schedule"],
        says: `is the fourth 'after' in a row (${row.join(" → ")}), and GitHub starts three at most one after the other; accepted: 'after' a nearer environment, or moments such as 'hourly', with the same gates`,
      },
    ];
  });
}

/** The environments that start each other up to this one, as far as GitHub's limit is concerned. */
function rowTo(rules: Deployed, all: Deployed[]): string[] {
  const row = [rules.environment];
  for (let at: Deployed | undefined = rules; at?.schedule !== undefined && row.length < LEVELS + 2; ) {
    const from = parseSchedule(at.schedule);
    if (from.kind !== "after") break;
    row.unshift(from.environment);
    at = all.find((other) => other.environment === from.environment && other.component === rules.component);
  }
  return row;
}

function circularBranches(all: Deployed[]): SystemMismatch[] {
  const merges = all.flatMap((rules) => {
    const tracks = parseTracks(rules.tracks);
    if (!rules.promotion || tracks.kind !== "branch" || rules.promotion.from === tracks.branch) return [];
    return [{ rules, from: rules.promotion.from, into: tracks.branch }];
  });
  const graph = new Map<string, string[]>();
  for (const { from, into } of merges) graph.set(into, [...(graph.get(into) ?? []), from]);
  return cycles(graph).flatMap((cycle): SystemMismatch[] => {
    const merge = merges.find(({ into, from }) => into === cycle[0] && from === cycle[1]);
    if (!merge) return [];
    return [
      {
        stack: merge.rules.stack,
        path: ["release", merge.rules.component, "promotion", "from"],
        says: `is '${merge.from}', which is itself promoted from what it goes into: ${[...cycle, cycle[0]].join(" ← ")}; accepted: promotions in one direction`,
      },
    ];
  });
}
