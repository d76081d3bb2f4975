import type { EnvironmentSpec } from "../environment/schema/environment";
import type { ResourceState } from "../resources/graph";
import { priceOf } from "./catalog";
import type { Purchase } from "./purchase";
import { purchasesOfResources } from "./resources";
import { purchasesOfSpec } from "./spec";

/**
 * The monthly cost of a stack by the price lists in `stagewright/cost/prices/`: in USD, without
 * taxes, discounts and usage charges.
 */
export interface Cost {
  /**
   * The purchases, most expensive first. A subscription that an account buys once for all its
   * stacks is listed once, at its full price.
   */
  lines: CostLine[];
  /** Sum of the lines, in USD. */
  total: number;
  /**
   * Purchases whose price is not in `total`, because it depends on use or we do not know it; one
   * sentence each.
   */
  unpriced: string[];
  /**
   * The entries of `unpriced` whose price is unknown; a single one makes the total useless for a
   * budget.
   */
  unknown: string[];
}

interface CostLine {
  /**
   * The resource's name, or, for an environment, the path that states it, for example
   * `api.processes.web`.
   */
  name: string;
  /** The product, for example `Heroku dyno`. */
  type: string;
  /** The plan, followed by the quantity if above one: `standard-2x × 3`. */
  plan: string;
  usd: number;
}

/** Returns the cost of the resources in a stack's deployment. */
export function costOf(resources: readonly ResourceState[]): Cost {
  const { purchases, strangers } = purchasesOfResources(resources);
  const cost = costOfPurchases(purchases);
  const unknown = strangers.map(({ name, type }) => unknownPrice(name, type));
  return { ...cost, unpriced: [...cost.unpriced, ...unknown], unknown: [...cost.unknown, ...unknown] };
}

/** Estimates the cost of an environment from its declaration, before anything is created. */
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
