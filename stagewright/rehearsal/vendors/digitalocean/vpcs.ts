import type { Thing, Things } from "../../store";
import { digits, type Kind, uuid } from "../../vendor";
import { block, dotted, overlap } from "./addresses";
import { checkRegion, moment, nameOf, refuse, TYPES } from "./api";
import { facts } from "./facts";

/** A private network. */
export interface Network {
  id: string;
  region: string;
  /** CIDR */
  range: string;
}

/**
 * The region's default network, for resources that set none
 * (https://docs.digitalocean.com/products/networking/vpc/details/features/).
 */
export function defaultNetwork(region: string): Network {
  return { id: uuid("default vpc", region), region, range: defaultRange("default vpc", region) };
}

/**
 * Returns the network of a resource in a region by the id that it sets. Refuses an id that does not
 * exist or is in another region.
 */
export function networkOf(things: Things, stated: unknown, region: string): Network {
  const own = defaultNetwork(region);
  if (stated === undefined || stated === own.id) return own;
  const vpc = things.get(TYPES.vpc, String(stated)) ?? refuse(404, `The VPC ${stated} could not be found.`);
  // https://docs.digitalocean.com/products/networking/vpc/details/limits/: a network's resources
  // are in its region
  if (vpc.properties.region !== region)
    refuse(422, `The VPC ${vpc.name} is in ${vpc.properties.region}, not in ${region}.`);
  return { id: vpc.id, region, range: String(vpc.properties.ipRange) };
}

/** https://docs.digitalocean.com/reference/api/reference/vpcs/#vpcs_create */
export const vpc: Kind = {
  facts: facts[TYPES.vpc],
  identity: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  rules({ things, inputs, urn, id }) {
    const name = nameOf(inputs, urn);
    if (!/^[a-zA-Z0-9.-]+$/.test(name))
      refuse(422, `VPC name '${name}' can only contain alphanumeric characters, dashes, and periods.`);
    checkRegion(inputs.region, "VPC creation");
    if (String(inputs.description ?? "").length > 255)
      refuse(422, "description is too long (maximum is 255).");
    if (inputs.ipRange === undefined) return;
    const range = String(inputs.ipRange);
    checkRange(range);
    // https://docs.digitalocean.com/products/networking/vpc/details/limits/: no overlap within a
    // team
    const other = things
      .list(TYPES.vpc)
      .find((vpc) => vpc.id !== id && overlap(block(String(vpc.properties.ipRange)), block(range)));
    if (other)
      refuse(
        422,
        `This range/size overlaps with another VPC network in your account: ${range} and ${other.name}.`,
      );
  },
  defaults: ({ inputs, urn }) => ({
    description: "",
    ipRange: defaultRange("vpc", nameOf(inputs, urn)),
    name: nameOf(inputs, urn),
  }),
  outputs: (_, id) => ({
    createdAt: `${moment(id).replace("T", " ").replace("Z", "")} +0000 UTC`,
    default: false,
    vpcUrn: `do:vpc:${id}`,
  }),
  mayDelete(things, { id, name }) {
    const member = members(things, id)[0];
    if (member) refuse(409, `Can not delete VPC ${name} with members: ${member.name} is in it.`);
  },
  latency: { create: 2, update: 1, delete: 3 },
};

function members(things: Things, id: string): Thing[] {
  return [
    ...things.list(TYPES.droplet).filter(({ properties }) => properties.vpcUuid === id),
    ...things.list(TYPES.cluster).filter(({ properties }) => properties.privateNetworkUuid === id),
  ];
}

// Private (RFC 1918) and between /16 and /28.
function checkRange(range: string): void {
  const [, length = ""] = /^\d+\.\d+\.\d+\.\d+\/(\d+)$/.exec(range) ?? [];
  const allowed = [block("10.0.0.0/8"), block("172.16.0.0/12"), block("192.168.0.0/16")];
  if (length === "" || Number(length) < 16 || Number(length) > 28)
    refuse(422, `ip_range '${range}' is not a network from /28 to /16 in CIDR notation.`);
  if (!allowed.some((whole) => overlap(whole, block(range))))
    refuse(422, `ip_range '${range}' is not private.`);
}

// One of the 4096 blocks of /20 in 10.0.0.0/8.
function defaultRange(...identity: string[]): string {
  const number = Number.parseInt(digits(6, ...identity), 16) % 4096;
  return `${dotted(block("10.0.0.0/8").first + number * 4096)}/20`;
}
