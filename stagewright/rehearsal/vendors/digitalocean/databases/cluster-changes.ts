import type { Properties } from "../../../../../providers/protocol/provider";
import type { Refusal } from "../../../vendor";
import { error } from "../api";
import { databaseSize } from "../sizes";

const COPY = "Instead make a new cluster and import the data: docs/operations.md, Upgrading Postgres.";

/** What DigitalOcean refuses to change of a database cluster that exists. */
export function refusesClusterChange(before: Properties, after: Properties): Refusal | undefined {
  // https://docs.digitalocean.com/products/databases/postgresql/how-to/upgrade-version/: in place,
  // and never back
  if (Number(after.version) < Number(before.version))
    return refusal(`cannot downgrade from version ${before.version} to ${after.version}.`);
  // https://docs.digitalocean.com/products/databases/postgresql/details/limits/: VPC networks are
  // those of their own region A stated one would have to be another, which makes another cluster.
  if (after.region !== before.region && after.privateNetworkUuid !== undefined)
    return refusal(
      `the private network ${before.privateNetworkUuid} is in ${before.region}: the cluster cannot move to ${after.region} in it.`,
    );
  return refusesSmaller(before, after);
}

/**
 * What DigitalOcean refuses of the size of a node: nodes never become smaller, nor does their
 * storage. https://docs.digitalocean.com/products/databases/postgresql/details/limits/,
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
