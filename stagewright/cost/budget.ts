import type { Mismatch } from "../environment/mismatch";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { type Cost, costOfSpec } from "./cost";

/**
 * Whether an environment stays within its budget; its declaration shows that before anything is
 * created.
 */
export function budgetChecks(spec: EnvironmentSpec): Mismatch[] {
  if (!spec.budget) return [];
  const path = ["budget", "monthly"];
  const { monthly } = spec.budget;
  const cost = costOfSpec(spec);
  if (cost.unknown.length > 0) {
    return [
      {
        path,
        says: `is ${monthly}, but nobody can say whether it holds (${cost.unknown.join("; ")}); accepted: plans whose price is known, or no budget`,
      },
    ];
  }
  if (cost.total <= monthly) return [];
  return [
    {
      path,
      says: `is ${monthly}, but this environment costs ${usd(cost.total)} a month (${largest(cost)}); accepted: smaller plans, or a budget of at least ${usd(cost.total)}`,
    },
  ];
}

const LINES = 3;

function largest({ lines }: Cost): string {
  const paid = lines.filter((line) => line.usd > 0);
  const shown = paid.slice(0, LINES).map(({ name, plan, usd: amount }) => `${name} ${plan} ${usd(amount)}`);
  const others = paid.length - shown.length;
  return [...shown, ...(others > 0 ? [`${others} more`] : [])].join(", ");
}

/** Formats an amount of USD for a sentence. */
export function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
