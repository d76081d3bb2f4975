import { byUse, keys } from "./prices/aws";
import { addons, instances } from "./prices/cloudamqp";
import {
  backups,
  databaseNodes,
  droplets,
  reservedAddresses,
  spaces,
  uptimeChecks,
  volumes,
} from "./prices/digitalocean";
import { repositories } from "./prices/github";
import { dynos, postgres } from "./prices/heroku";
import { sites } from "./prices/netlify";
import type { Price, PriceList } from "./prices/price";
import { projects } from "./prices/sentry";

/**
 * Everything that we know the price of, or know that we do not: a product's plans, by the product
 * as it is called in a bill.
 */
const CATALOG = {
  "Heroku dyno": dynos,
  "Heroku Postgres": postgres,
  "CloudAMQP add-on": addons,
  "CloudAMQP instance": instances,
  "DigitalOcean droplet": droplets,
  "DigitalOcean droplet backups": backups,
  "DigitalOcean Postgres node": databaseNodes,
  "DigitalOcean Spaces": spaces,
  "DigitalOcean reserved address": reservedAddresses,
  "DigitalOcean uptime check": uptimeChecks,
  "DigitalOcean volume": volumes,
  "Netlify site": sites,
  "Sentry project": projects,
  "GitHub repository": repositories,
  "AWS KMS key": keys,
  AWS: byUse,
} satisfies Record<string, PriceList>;

export type Product = keyof typeof CATALOG;

/** The price of a plan; `undefined` where no list names it. */
export function priceOf(product: Product, plan: string): Price | undefined {
  return (CATALOG[product] as PriceList)[plan];
}

/** The plans of a product that stand in its list. */
export function plansOf(product: Product): string[] {
  return Object.keys(CATALOG[product]);
}

/** Whether a product has that name. */
export function isProduct(name: string): name is Product {
  return name in CATALOG;
}

/** All products. */
export const PRODUCTS = Object.keys(CATALOG) as readonly Product[];
