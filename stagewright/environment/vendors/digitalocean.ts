/**
 * A droplet's name is its host name:
 * https://docs.digitalocean.com/reference/api/reference/droplets/#droplets_create
 */
export const dropletName = {
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  accepted: "a droplet's name: 1 to 63 of a-z, 0-9 and -, not starting or ending with -",
};

/**
 * https://docs.digitalocean.com/platform/regional-availability/: regions with droplets, VPC,
 * reserved addresses and databases.
 */
export const digitalOceanRegions = [
  "nyc1",
  "nyc3",
  "ams3",
  "sfo2",
  "sfo3",
  "sgp1",
  "lon1",
  "fra1",
  "tor1",
  "blr1",
  "syd1",
] as const;

/** https://slugs.do-api.dev: basic and general-purpose droplets. */
export const dropletSizes = [
  "s-1vcpu-512mb-10gb",
  "s-1vcpu-1gb",
  "s-1vcpu-2gb",
  "s-2vcpu-2gb",
  "s-2vcpu-4gb",
  "s-4vcpu-8gb",
  "s-8vcpu-16gb",
  "g-2vcpu-8gb",
  "g-4vcpu-16gb",
  "g-8vcpu-32gb",
  "c-2",
  "c-4",
  "c-8",
] as const;

/** https://slugs.do-api.dev: node sizes of a managed Postgres cluster. */
export const databaseSizes = [
  "db-s-1vcpu-1gb",
  "db-s-1vcpu-2gb",
  "db-s-2vcpu-4gb",
  "db-s-4vcpu-8gb",
  "db-s-6vcpu-16gb",
  "db-s-8vcpu-32gb",
  "gd-2vcpu-8gb",
  "gd-4vcpu-16gb",
  "gd-8vcpu-32gb",
] as const;

/** https://docs.digitalocean.com/products/databases/postgresql/details/supported-versions/ */
export const clusterVersions = ["14", "15", "16", "17", "18"] as const;
