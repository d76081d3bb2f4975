import type { Properties } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import { type Caller, uuid } from "../../vendor";
import { refuse, TYPES } from "./api";
import { DROPLET_LIMIT } from "./droplets";
import { dropletOf } from "./reserved-ips";
import { defaultNetwork } from "./vpcs";

/** `digitalocean.getSshKey`: finds a key of the account by name. */
export function getSshKey({ name }: Properties, _caller: Caller, things: Things): Properties {
  const key = only(
    things.list(TYPES.sshKey).filter(({ properties }) => properties.name === name),
    `ssh key ${name}`,
  );
  return { ...key.properties, id: Number(key.id) };
}

/** `digitalocean.getDroplet`: finds a droplet of the account by id or name. */
export function getDroplet({ id, name, tag }: Properties, _caller: Caller, things: Things): Properties {
  const found = only(
    things.list(TYPES.droplet).filter(({ id: own, properties }) => {
      const tags = Array.isArray(properties.tags) ? properties.tags : [];
      return (
        (id === undefined || own === String(id)) &&
        (name === undefined || properties.name === name) &&
        (tag === undefined || tags.includes(tag))
      );
    }),
    `droplet ${id ?? name ?? tag}`,
  );
  const { dropletUrn, ...properties } = found.properties;
  return {
    gpuPartitionMode: "",
    ipv6AddressPrivate: "",
    tags: [],
    ...properties,
    id: Number(found.id),
    urn: dropletUrn,
  };
}

/** `digitalocean.getReservedIp`: returns an address of the account with the droplet that has it. */
export function getReservedIp({ ipAddress }: Properties, _caller: Caller, things: Things): Properties {
  const found = only(
    things.list(TYPES.reservedIp).filter(({ id }) => id === ipAddress),
    `reserved ip ${ipAddress}`,
  );
  const { reservedIpUrn, region } = found.properties;
  return {
    dropletId: Number(dropletOf(things, found) ?? 0),
    id: found.id,
    ipAddress,
    region,
    urn: reservedIpUrn,
  };
}

/** `digitalocean.getVpc`: finds a network by id or name, or the default one of a region. */
export function getVpc({ id, name, region }: Properties, _caller: Caller, things: Things): Properties {
  if (id === undefined && name === undefined) {
    const { id, range } = defaultNetwork(String(region));
    const properties = {
      createdAt: "",
      default: true,
      description: "",
      ipRange: range,
      name: `default-${region}`,
    };
    return { ...properties, id, region, urn: `do:vpc:${id}` };
  }
  const found = only(
    things.list(TYPES.vpc).filter((vpc) => vpc.id === id || vpc.name === name),
    `VPC ${id ?? name}`,
  );
  const { vpcUrn, ...properties } = found.properties;
  return { ...properties, id: found.id, urn: vpcUrn };
}

/** `digitalocean.getAccount`: returns the owner of the token. */
export function getAccount(_args: Properties, { account }: Caller): Properties {
  return {
    dropletLimit: DROPLET_LIMIT,
    email: `team@${account}.example`,
    emailVerified: true,
    floatingIpLimit: 3,
    id: uuid("owner", account),
    status: "active",
    statusMessage: "",
    uuid: uuid("owner", account),
  };
}

function only(found: Thing[], what: string): Thing {
  const [first] = found;
  if (!first) return refuse(404, `no ${what} found`);
  return found.length > 1
    ? refuse(422, `too many of ${what} found (found ${found.length}, expected 1)`)
    : first;
}
