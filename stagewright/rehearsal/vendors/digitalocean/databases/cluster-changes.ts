import type { Properties } from "../../../../../providers/protocol/provider";
import type { Refusal } from "../../../vendor";
import { error } from "../api";
import { databaseSize } from "../sizes";

const COPY = "Instead make a new cluster and import the data: docs/operations.md, Upgrading Postgres.";

/** The changes to an existing database cluster that DigitalOcean refuses. */
export function refusesClusterChange(before: Properties, after: Properties): Refusal | undefined {
  // https://docs.digitalocean.com/products/databases/postgresql/how-to/upgrade-version/: in place,
  // without a downgrade
  if (Number(after.version) < Number(before.version))
    return refusal(`cannot downgrade from version ${before.version} to ${after.version}.`);
  // https://docs.digitalocean.com/products/databases/postgresql/details/limits/: a VPC network
  // belongs to one region. An explicit one would have to change too, which replaces the cluster.
  if (after.region !== before.region && after.privateNetworkUuid !== undefined)
    return refusal(
      `the private network ${before.privateNetworkUuid} is in ${before.region}: the cluster cannot move to ${after.region} in it.`,
    );
  return refusesSmaller(before, after);
}

/**
 * Returns the node resizes that DigitalOcean refuses: neither nodes nor their storage can shrink.
 * https://docs.digitalocean.com/products/databases/postgresql/details/limits/,
 * https://docs.digitalocean.com/reference/doctl/reference/databases/resize
 */
export function refusesSmaller(before: Properties, after: Properties): Refusal | undefined {
  const [old, now] = [databaseSize(before.size), databaseSize(after.size)];
  if (old && now && (now.memory < old.memory || now.storage < old.storage))
    return refusal(`cannot resize to a smaller size: from ${before.size} to ${after.size}.`);
  if (Number(after.storageSizeMib) < Number(before.storageSizeMib))
    return refusal("the storage of a database cluster cannot be reduced.");
  return undefined;
}

function refusal(says: string): Refusal {
  return { says: error(422, says), instead: COPY };
}
