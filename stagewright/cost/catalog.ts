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
 * All products whose prices we know, or know that we lack: the plans of each product, by the
 * product's name on a bill.
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

/** Returns the price of a plan; `undefined` if no list has it. */
export function priceOf(product: Product, plan: string): Price | undefined {
  return (CATALOG[product] as PriceList)[plan];
}

/** Returns the plans in a product's price list. */
export function plansOf(product: Product): string[] {
  return Object.keys(CATALOG[product]);
}

/** Whether a product with that name exists. */
export function isProduct(name: string): name is Product {
  return name in CATALOG;
}

/** Returns all products. */
export const PRODUCTS = Object.keys(CATALOG) as readonly Product[];
