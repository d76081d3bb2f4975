import { isIP } from "node:net";
import { type Properties, ProviderError } from "../../../../providers/protocol/provider";
import { digitalOceanRegions } from "../../../environment/vendors/digitalocean";
import type { Thing, Things } from "../../store";
import { digits, type Facts, type Occasion } from "../../vendor";

const IDS = {
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  412: "precondition_failed",
  422: "unprocessable_entity",
};

/** Refuses as DigitalOcean's API does. */
export function refuse(status: keyof typeof IDS, message: string): never {
  throw new ProviderError(error(status, message));
}

/**
 * An error as DigitalOcean's API words it
 * (https://docs.digitalocean.com/reference/api/intro/#http-statuses).
 */
export function error(status: keyof typeof IDS, message: string): string {
  return `${status} ${IDS[status]}: ${message}`;
}

/** The types whose things are looked up from more than one place. */
export const TYPES = {
  cluster: "digitalocean:index/databaseCluster:DatabaseCluster",
  domain: "digitalocean:index/domain:Domain",
  droplet: "digitalocean:index/droplet:Droplet",
  firewall: "digitalocean:index/firewall:Firewall",
  project: "digitalocean:index/project:Project",
  projectResources: "digitalocean:index/projectResources:ProjectResources",
  reservedIp: "digitalocean:index/reservedIp:ReservedIp",
  reservedIpAssignment: "digitalocean:index/reservedIpAssignment:ReservedIpAssignment",
  spacesBucket: "digitalocean:index/spacesBucket:SpacesBucket",
  sshKey: "digitalocean:index/sshKey:SshKey",
  tag: "digitalocean:index/tag:Tag",
  volume: "digitalocean:index/volume:Volume",
  volumeAttachment: "digitalocean:index/volumeAttachment:VolumeAttachment",
  vpc: "digitalocean:index/vpc:Vpc",
} as const;

/**
 * An id that is a number of nine digits and that no thing of this type has. The same identity gets
 * the same one.
 */
export function numericId(things: Things, type: string, ...identity: string[]): string {
  let number = 100_000_000 + (Number.parseInt(digits(12, type, ...identity), 16) % 800_000_000);
  while (things.get(type, String(number))) number++;
  return String(number);
}

/**
 * What tells a thing from the one that it replaces, besides from all others: its URN and the inputs
 * that cannot be changed. A replaced thing thus has another id and other addresses, as at the
 * vendor, and one that is renamed keeps them.
 */
export function making(
  { replaces }: Facts,
  { urn, inputs, again }: Pick<Occasion, "urn" | "inputs" | "again">,
): string {
  return JSON.stringify([urn, ...replaces.map((property) => inputs[property] ?? null), ...again]);
}

/**
 * A moment that stands in for when something was made: the same for the same thing, so that two
 * rehearsals agree.
 */
export function moment(id: string): string {
  const seconds = Number.parseInt(digits(6, "moment", id), 16);
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().replace(".000", "");
}

/** The name as stated, else as the package draws it: the logical name and seven digits. */
export function nameOf({ name }: Properties, urn: string): string {
  return String(name ?? `${urn.split("::").at(-1)}-${digits(7, urn)}`);
}

/** A property that is a list; empty where it is not given. */
export function list(properties: Properties, property: string): unknown[] {
  const value = properties[property];
  return Array.isArray(value) ? value : [];
}

/** A property that is a list of texts, or of numbers as texts. */
export function texts(properties: Properties, property: string): string[] {
  return list(properties, property).map(String);
}

/** A property that is a list of objects. */
export function objects(properties: Properties, property: string): Properties[] {
  return list(properties, property).map((entry) => ({ ...(entry as Properties) }));
}

/** https://docs.digitalocean.com/platform/regional-availability/ */
export function checkRegion(region: unknown, what: string): void {
  if (!(digitalOceanRegions as readonly string[]).includes(String(region)))
    refuse(
      422,
      `You specified an invalid region for ${what}: '${region}' is not one of ${digitalOceanRegions.join(", ")}.`,
    );
}

/** https://docs.digitalocean.com/reference/api/reference/tags/#tags_create */
export function checkTags(tags: readonly string[]): void {
  const bad = tags.find((tag) => !/^[a-zA-Z0-9:\-_]{1,255}$/.test(tag));
  if (bad !== undefined)
    refuse(
      422,
      `Tag '${bad}': tags may contain letters, numbers, colons, dashes, and underscores; there is a limit of 255 characters per tag.`,
    );
}

const TAGGED = [TYPES.droplet, TYPES.cluster, TYPES.volume];

/** Whether a tag exists: made as such, or with the first thing that bears it. */
export function tagExists(things: Things, tag: string): boolean {
  return (
    things.get(TYPES.tag, tag) !== undefined ||
    TAGGED.some((type) => things.list(type).some(({ properties }) => texts(properties, "tags").includes(tag)))
  );
}

/** Whether a text is an address or a block of them in CIDR notation. */
export function isAddressOrBlock(text: string): boolean {
  const [address = "", length, more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  if (length === undefined) return true;
  return /^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
}

/** The droplet that an id names. */
export function findDroplet(things: Things, id: unknown): Thing {
  return things.get(TYPES.droplet, String(id)) ?? refuse(422, `The Droplet ${id} could not be found.`);
}

/**
 * Takes values out of a list of a thing as the vendor does, which a refresh then shows as a change.
 */
export function dropFrom(things: Things, type: string, property: string, value: unknown): void {
  for (const thing of things.list(type)) {
    const before = list(thing.properties, property);
    const after = before.filter((entry) => String(entry) !== String(value));
    if (after.length < before.length)
      things.put({ ...thing, properties: { ...thing.properties, [property]: after } });
  }
}

/**
 * What every project shows of the account that owns it, and what a host name of a cluster has in
 * it.
 */
export function accountNumber(account: string): number {
  return 1_000_000 + (Number.parseInt(digits(8, "account", account), 16) % 20_000_000);
}
