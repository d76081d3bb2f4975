import type { databaseSizes, dropletSizes } from "../../../environment/vendors/digitalocean";

/** The resources of a droplet size. */
export interface DropletSize {
  vcpus: number;
  /** MiB */
  memory: number;
  /** GiB */
  disk: number;
  /** USD a month */
  price: number;
}

const size = (vcpus: number, memory: number, disk: number, price: number): DropletSize => ({
  vcpus,
  memory: memory * 1024,
  disk,
  price,
});

/**
 * https://slugs.do-api.dev, https://www.digitalocean.com/pricing/droplets; every size that the spec
 * accepts.
 */
const droplets: Record<(typeof dropletSizes)[number], DropletSize> = {
  "s-1vcpu-512mb-10gb": size(1, 0.5, 10, 4),
  "s-1vcpu-1gb": size(1, 1, 25, 6),
  "s-1vcpu-2gb": size(1, 2, 50, 12),
  "s-2vcpu-2gb": size(2, 2, 60, 18),
  "s-2vcpu-4gb": size(2, 4, 80, 24),
  "s-4vcpu-8gb": size(4, 8, 160, 48),
  "s-8vcpu-16gb": size(8, 16, 320, 96),
  "g-2vcpu-8gb": size(2, 8, 25, 63),
  "g-4vcpu-16gb": size(4, 16, 50, 126),
  "g-8vcpu-32gb": size(8, 32, 100, 252),
  "c-2": size(2, 4, 25, 42),
  "c-4": size(4, 8, 50, 84),
  "c-8": size(8, 16, 100, 168),
};

/** Returns a droplet size by its slug; `undefined` if it does not exist. */
export function dropletSize(slug: unknown): DropletSize | undefined {
  return new Map<unknown, DropletSize>(Object.entries(droplets)).get(slug);
}

/** The resources of a node size of a Postgres cluster, both in GiB. */
export interface DatabaseSize {
  memory: number;
  /** The included storage; more can be added. */
  storage: number;
}

/**
 * https://docs.digitalocean.com/products/databases/postgresql/details/pricing/; every size that the
 * spec accepts.
 */
const databases: Record<(typeof databaseSizes)[number], DatabaseSize> = {
  "db-s-1vcpu-1gb": { memory: 1, storage: 10 },
  "db-s-1vcpu-2gb": { memory: 2, storage: 30 },
  "db-s-2vcpu-4gb": { memory: 4, storage: 60 },
  "db-s-4vcpu-8gb": { memory: 8, storage: 140 },
  "db-s-6vcpu-16gb": { memory: 16, storage: 290 },
  "db-s-8vcpu-32gb": { memory: 32, storage: 580 },
  "gd-2vcpu-8gb": { memory: 8, storage: 30 },
  "gd-4vcpu-16gb": { memory: 16, storage: 60 },
  "gd-8vcpu-32gb": { memory: 32, storage: 130 },
};

/** Returns a node size by its slug; `undefined` if it does not exist. */
export function databaseSize(slug: unknown): DatabaseSize | undefined {
  return new Map<unknown, DatabaseSize>(Object.entries(databases)).get(slug);
}

/**
 * The number of connections for applications: 25 per GiB of memory, less 3 that the vendor reserves
 * (https://docs.digitalocean.com/products/databases/postgresql/details/limits/).
 */
export function mostConnections({ memory }: DatabaseSize): number {
  return memory * 25 - 3;
}
