import type { Thing, Things } from "../../store";
import { digits, type Kind } from "../../vendor";
import { publicIpv4 } from "./addresses";
import { checkRegion, dropFrom, findDroplet, refuse, TYPES } from "./api";
import { facts } from "./facts";

/**
 * An account gets three, and more on request
 * (https://docs.digitalocean.com/products/networking/reserved-ips/details/limits/). Assigned ones
 * count as granted; more than three unassigned ones are a mistake.
 */
const MOST_UNASSIGNED = 3;

/** https://docs.digitalocean.com/reference/api/reference/reserved-ips/#reservedIPs_create */
export const reservedIp: Kind = {
  facts: facts[TYPES.reservedIp],
  // It has no name, so the resource distinguishes two, with the region, which cannot change.
  identity: ({ inputs, urn }) => ({ name: `${inputs.region} ${urn}` }),
  namesakes: true,
  alike: ["region"],
  id: ({ things, again }, name) =>
    publicIpv4(
      "reservedIp",
      (address) => things.get(TYPES.reservedIp, address) !== undefined,
      name,
      ...again,
    ),
  rules({ things, inputs, id }, existing) {
    checkRegion(inputs.region, "reserved IP creation");
    if (inputs.dropletId !== undefined) mayAssign(things, inputs.region, id, inputs.dropletId);
    if (!existing && inputs.dropletId === undefined && unassigned(things).length >= MOST_UNASSIGNED)
      refuse(422, `You have reached the limit of ${MOST_UNASSIGNED} unassigned reserved IPs.`);
  },
  outputs: (_, id) => ({ reservedIpUrn: `do:reservedip:${id}` }),
  derived: (_, id) => ({ ipAddress: id }),
  after(things, event, { id }) {
    if (event !== "delete") return;
    for (const assignment of assignmentsOf(things, id)) things.remove(assignment.type, assignment.id);
    for (const type of [TYPES.project, TYPES.projectResources])
      dropFrom(things, type, "resources", `do:reservedip:${id}`);
  },
  latency: { create: 2, update: 13, delete: 2 },
};

/**
 * https://docs.digitalocean.com/reference/api/reference/reserved-ip-actions/#reservedIPsActions_post
 */
export const reservedIpAssignment: Kind = {
  facts: facts[TYPES.reservedIpAssignment],
  identity: ({ inputs }) => ({ name: `${inputs.ipAddress} ${inputs.dropletId}` }),
  id: ({ inputs }, name) => `${inputs.dropletId}-${inputs.ipAddress}-${digits(26, name)}`,
  // Assigning it again is not an error.
  overwrites: () => true,
  rules({ things, inputs }) {
    const address = things.get(TYPES.reservedIp, String(inputs.ipAddress));
    if (!address) return refuse(404, `The reserved IP ${inputs.ipAddress} could not be found.`);
    mayAssign(things, address.properties.region, address.id, inputs.dropletId);
  },
  // An address of another droplet is reassigned.
  after(things, event, { type, id, properties }) {
    if (event !== "create") return;
    for (const assignment of assignmentsOf(things, String(properties.ipAddress)))
      if (assignment.id !== id) things.remove(type, assignment.id);
  },
  // The provider waits 10 s before its first poll.
  latency: { create: 13, delete: 13 },
};

/** Returns the droplet that has a reserved IP. */
export function dropletOf(things: Things, address: Thing): string | undefined {
  const stated = assignmentsOf(things, address.id)[0]?.properties.dropletId ?? address.properties.dropletId;
  return stated === undefined ? undefined : String(stated);
}

function mayAssign(things: Things, region: unknown, ip: string | undefined, dropletId: unknown): void {
  const droplet = findDroplet(things, dropletId);
  // https://docs.digitalocean.com/products/networking/reserved-ips/details/features/: within its
  // datacenter
  if (droplet.properties.region !== region)
    refuse(
      422,
      `The reserved IP ${ip ?? ""} is in ${region} and the Droplet ${dropletId} in ${droplet.properties.region}: they must be in the same region.`,
    );
  // https://docs.digitalocean.com/products/networking/reserved-ips/details/limits/: one per droplet
  const other = things
    .list(TYPES.reservedIp)
    .find((address) => address.id !== ip && dropletOf(things, address) === droplet.id);
  if (other) refuse(422, `The Droplet ${dropletId} already has a reserved IP: ${other.id}.`);
}

function unassigned(things: Things): Thing[] {
  return things.list(TYPES.reservedIp).filter((address) => dropletOf(things, address) === undefined);
}

function assignmentsOf(things: Things, ip: string): Thing[] {
  return things.list(TYPES.reservedIpAssignment).filter(({ properties }) => properties.ipAddress === ip);
}
