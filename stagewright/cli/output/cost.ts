import { usd } from "../../cost/budget";
import type { Cost } from "../../cost/cost";
import type { EnvironmentSpec } from "../../environment/schema/environment";

/** An environment's monthly cost and its budget in one line. */
export function costLine(cost: Cost, budget: EnvironmentSpec["budget"]): string {
  const { unpriced } = cost;
  const rest =
    unpriced.length > 0 ? `; ${unpriced.length} more not counted, \`stagewright cost\` says which` : "";
  return totalLine(cost, budget) + rest;
}

/** The same line below a bill that already lists the uncounted items. */
export function totalLine({ total }: Cost, budget: EnvironmentSpec["budget"]): string {
  const limit = budget ? `of a budget of ${usd(budget.monthly)}` : "without a budget";
  return `costs ${usd(total)} a month ${limit}`;
}

/** Every line of a bill, and the items that it cannot count. */
export function costTable({ lines, unpriced }: Cost): string[] {
  const rows = lines.map(({ name, type, plan, usd: amount }) => [usd(amount), name, `${type}, ${plan}`]);
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  return [
    ...rows.map(
      ([amount = "", name = "", what = ""]) =>
        `  ${amount.padStart(width(0))}  ${name.padEnd(width(1))}  ${what}`,
    ),
    ...unpriced.map((sentence) => `  not counted: ${sentence}`),
  ];
}
