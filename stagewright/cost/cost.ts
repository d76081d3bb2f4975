import type { EnvironmentSpec } from "../environment/schema/environment";
import type { ResourceState } from "../resources/graph";
import { priceOf } from "./catalog";
import type { Purchase } from "./purchase";
import { purchasesOfResources } from "./resources";
import { purchasesOfSpec } from "./spec";

/**
 * What a stack costs a month by the price lists in `stagewright/cost/prices/`: USD, without taxes,
 * discounts and what is charged by use.
 */
export interface Cost {
  /**
   * What is bought, the most expensive first. What an account buys once for all its stacks stands
   * in it once, whole.
   */
  lines: CostLine[];
  /** Sum of the lines, in USD. */
  total: number;
  /**
   * What is bought at a price that is not in `total`, because it is charged by use or unknown to
   * us. Each a sentence.
   */
  unpriced: string[];
  /**
   * Those of `unpriced` whose price is unknown: with one of them, the total says nothing about a
   * budget.
   */
  unknown: string[];
}

interface CostLine {
  /**
   * A resource's name, or for an environment the path that states it, for example
   * `api.processes.web`.
   */
  name: string;
  /** The product, for example `Heroku dyno`. */
  type: string;
  /** The plan, with the number of them where there is more than one: `standard-2x × 3`. */
  plan: string;
  usd: number;
}

/** What the resources of a stack cost, as a deployment holds them. */
export function costOf(resources: readonly ResourceState[]): Cost {
  const { purchases, strangers } = purchasesOfResources(resources);
  const cost = costOfPurchases(purchases);
  const unknown = strangers.map(({ name, type }) => unknownPrice(name, type));
  return { ...cost, unpriced: [...cost.unpriced, ...unknown], unknown: [...cost.unknown, ...unknown] };
}

/** What an environment will cost, from what is declared and before anything is created. */
export function costOfSpec(spec: EnvironmentSpec): Cost {
  return costOfPurchases(purchasesOfSpec(spec));
}

function costOfPurchases(purchases: readonly Purchase[]): Cost {
  const lines: CostLine[] = [];
  const byUse: string[] = [];
  const unknown: string[] = [];
  const once = new Set<string>();
  for (const { name, product, plan, quantity } of purchases) {
    const price = priceOf(product, plan);
    if (quantity === 0) continue;
    if (!price || price.kind === "unknown") unknown.push(unknownPrice(name, `${product} ${plan}`));
    else if (price.kind === "by use") byUse.push(`${name}: ${price.of} are charged by use`);
    else if (!price.flat) {
      const many = quantity === 1 ? plan : `${plan} × ${quantity}`;
      lines.push({ name, type: product, plan: many, usd: cents(price.usd * quantity) });
    } else if (!once.has(`${product} ${plan}`)) {
      once.add(`${product} ${plan}`);
      lines.push({ name, type: product, plan: `${plan}, once an account`, usd: price.usd });
    }
  }
  lines.sort((a, b) => b.usd - a.usd);
  const total = cents(lines.reduce((sum, { usd }) => sum + usd, 0));
  return { lines, total, unpriced: [...byUse, ...unknown], unknown };
}

function unknownPrice(name: string, what: string): string {
  return `${name}: no price is known of ${what}`;
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
