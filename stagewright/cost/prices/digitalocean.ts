import type { databaseSizes, dropletSizes } from "../../environment/vendors/digitalocean";
import { monthly, type Price, type Source } from "./price";

const droplet: Source = {
  url: "https://www.digitalocean.com/pricing/droplets",
  basis: "secondary",
  date: "2026-11-21",
};
const recalled: Source = { ...droplet, basis: "memory" };
const databases: Source = {
  url: "https://www.digitalocean.com/pricing/managed-databases",
  basis: "memory",
  date: "2026-11-21",
};
const products: Source = { url: "https://www.digitalocean.com/pricing", basis: "memory", date: "2026-11-21" };

type Size = (typeof dropletSizes)[number];

/** A droplet that exists all month, powered on or off, including its traffic allowance. */
export const droplets: Readonly<Record<Size, Price>> = {
  ...monthly(droplet, {
    "s-1vcpu-512mb-10gb": 4,
    "s-1vcpu-1gb": 6,
    "s-1vcpu-2gb": 12,
    "s-2vcpu-2gb": 18,
    "s-2vcpu-4gb": 24,
    "s-4vcpu-8gb": 48,
    "s-8vcpu-16gb": 96,
  }),
  ...monthly(recalled, { "g-2vcpu-8gb": 63, "g-4vcpu-16gb": 126, "g-8vcpu-32gb": 252 }),
  ...monthly(recalled, { "c-2": 42, "c-4": 84, "c-8": 168 }),
};

// https://docs.digitalocean.com/products/backups/details/pricing/
const BACKUPS = 0.2;

/** Weekly backups of a droplet, by its size: a fifth of its price. */
export const backups = Object.fromEntries(
  Object.entries(droplets).map(([size, price]) => [
    size,
    price.kind === "monthly" ? { ...price, usd: price.usd * BACKUPS } : price,
  ]),
) as Readonly<Record<Size, Price>>;

/** A node of a Postgres cluster with the smallest storage available for its size. */
export const databaseNodes = monthly<(typeof databaseSizes)[number]>(databases, {
  "db-s-1vcpu-1gb": 15.15,
  "db-s-1vcpu-2gb": 30.45,
  "db-s-2vcpu-4gb": 60.9,
  "db-s-4vcpu-8gb": 122.1,
  "db-s-6vcpu-16gb": 244.35,
  "db-s-8vcpu-32gb": null,
  "gd-2vcpu-8gb": null,
  "gd-4vcpu-16gb": null,
  "gd-8vcpu-32gb": null,
});

/**
 * Object storage: an account's one subscription includes 250 GiB across any number of buckets;
 * anything above is charged by use.
 */
export const spaces = monthly(products, { spaces: 5 }, { flat: true });

/** An address is free while it is assigned to a droplet, as ours are. */
export const reservedAddresses = monthly(products, { assigned: 0 });

/** An uptime check. An account's first one is free; we price it anyway. */
export const uptimeChecks = monthly(products, { check: 1 });

/** A GiB of block storage. */
export const volumes = monthly(products, { GiB: 0.1 });
