import type { EnvironmentSpec } from "../environment/schema/environment";
import type { ResourceType } from "../resources/types";

/**
 * Something of another environment that an environment states to share: it uses the thing but never
 * owns it.
 */
export interface Lent {
  /** Name of the environment that owns it. */
  of: string;
  /** Its resource type and its name at the vendor. */
  type: ResourceType;
  name: string;
  /** Describes the thing and the part in use, for a reader. */
  what: string;
  /** Whether it is used with its owner's credential. */
  asOwner: boolean;
  /** The part in use, if it has parts. */
  part?: string;
  /** The paths at which the environment states it and its name. */
  path: string[];
  namedAt: string;
}

const ADDON = "heroku:addon/addon:Addon";
const BUCKET = "aws:s3/bucket:Bucket";

/** Returns the things of others that an environment states to share. */
export function lentTo(spec: EnvironmentSpec): Lent[] {
  return [databaseIn(spec), brokerIn(spec), bucketIn(spec)].filter((lent) => lent !== undefined);
}

function databaseIn({ database }: EnvironmentSpec): Lent | undefined {
  if (!database?.shared) return undefined;
  const { from, addon, credential } = database.shared;
  const rights = credential === undefined ? "its owner's credential" : `the credential ${credential}`;
  return {
    of: from,
    type: ADDON,
    name: addon,
    what: `Postgres ${addon} of ${from}, attached with ${rights}`,
    asOwner: credential === undefined,
    path: ["database", "shared"],
    namedAt: "database.shared.addon",
  };
}

function brokerIn({ broker }: EnvironmentSpec): Lent | undefined {
  if (broker?.via !== "shared") return undefined;
  const { from, addon } = broker;
  return {
    of: from,
    type: ADDON,
    name: addon,
    what: `CloudAMQP ${addon} of ${from}, attached with its owner's credential`,
    asOwner: true,
    path: ["broker"],
    namedAt: "broker.addon",
  };
}

function bucketIn({ bucket }: EnvironmentSpec): Lent | undefined {
  if (!bucket?.shared) return undefined;
  const { from, prefix } = bucket.shared;
  return {
    of: from,
    type: BUCKET,
    name: bucket.name,
    what: `bucket ${bucket.name} of ${from}, below ${prefix}`,
    asOwner: false,
    part: prefix,
    path: ["bucket", "shared"],
    namedAt: "bucket.name",
  };
}

/** Whether two environments state to share the same thing of the same environment. */
export function isSameLent(one: Lent, other: Lent): boolean {
  return one.of === other.of && one.type === other.type && one.name === other.name;
}
