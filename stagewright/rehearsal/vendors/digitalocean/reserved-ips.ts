import type { Thing, Things } from "../../store";
import { digits, type Kind } from "../../vendor";
import { publicIpv4 } from "./addresses";
import { checkRegion, dropFrom, findDroplet, refuse, TYPES } from "./api";
import { facts } from "./facts";

/**
 * An account gets three, and more on request
 * (https://docs.digitalocean.com/products/networking/reserved-ips/details/limits/). Those in use
 * count as granted; more than three that no droplet has are nobody's wish.
 */
const MOST_UNASSIGNED = 3;

/** https://docs.digitalocean.com/reference/api/reference/reserved-ips/#reservedIPs_create */
export const reservedIp: Kind = {
  facts: facts[TYPES.reservedIp],
  // It has no name: it is the resource, and the region it cannot leave, that tells two apart.
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
  // To assign once more is no error.
  overwrites: () => true,
  rules({ things, inputs }) {
    const address = things.get(TYPES.reservedIp, String(inputs.ipAddress));
    if (!address) return refuse(404, `The reserved IP ${inputs.ipAddress} could not be found.`);
    mayAssign(things, address.properties.region, address.id, inputs.dropletId);
  },
  // An address that another droplet had moves over.
  after(things, event, { type, id, properties }) {
    if (event !== "create") return;
    for (const assignment of assignmentsOf(things, String(properties.ipAddress)))
      if (assignment.id !== id) things.remove(type, assignment.id);
  },
  // The provider waits 10 s before it asks whether it is done.
  latency: { create: 13, delete: 13 },
};

/** The droplet that has a reserved IP. */
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
  // https://docs.digitalocean.com/products/networking/reserved-ips/details/limits/: one for a
  // droplet
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
