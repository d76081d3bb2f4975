import { type Rules, rulesOf, type System } from "../rules";
import type { SystemMismatch } from "./mismatch";

interface Deployed extends Rules {
  stack: string;
}

/**
 * A verification that a commit can pass by: where others ask only for the deploy, or where the
 * chain goes on without it.
 */
export function verificationChecks(system: System): SystemMismatch[] {
  const all = Object.entries(system).flatMap(([stack, environment]) =>
    rulesOf(system, environment).map((rules): Deployed => ({ ...rules, stack })),
  );
  return all.filter(({ verify }) => verify !== undefined).flatMap((rules) => passedBy(rules, all));
}

function passedBy(
  { stack, environment, component, gates, verify }: Deployed,
  all: Deployed[],
): SystemMismatch[] {
  const waiting = all.filter(
    (other) => other.component === component && environment in other.gates.environments,
  );
  if (waiting.length === 0) {
    // What waits for nothing either is no step of a chain.
    if (Object.keys(gates.environments).length === 0) return [];
    return [
      {
        stack,
        path: ["release", component, "verify"],
        says: `verifies every commit, but no environment waits for it, so a commit that fails '${verify?.run}' goes on all the same; accepted with gates.environments.${environment}: verified in the next environment`,
      },
    ];
  }
  return waiting
    .filter((other) => other.gates.environments[environment] === "deployed")
    .map((other) => ({
      stack: other.stack,
      path: ["release", component, "gates", "environments", environment],
      says: `is 'deployed', but '${environment}' verifies, so a commit that fails '${verify?.run}' could pass; accepted: verified`,
    }));
}
