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

/** Refuses like DigitalOcean's API. */
export function refuse(status: keyof typeof IDS, message: string): never {
  throw new ProviderError(error(status, message));
}

/**
 * Returns an error in the words of DigitalOcean's API
 * (https://docs.digitalocean.com/reference/api/intro/#http-statuses).
 */
export function error(status: keyof typeof IDS, message: string): string {
  return `${status} ${IDS[status]}: ${message}`;
}

/** The types whose things are looked up from several modules. */
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
 * Returns a free id of nine digits for a type, the same one for the same identity unless it is
 * taken.
 */
export function numericId(things: Things, type: string, ...identity: string[]): string {
  let number = 100_000_000 + (Number.parseInt(digits(12, type, ...identity), 16) % 800_000_000);
  while (things.get(type, String(number))) number++;
  return String(number);
}

/**
 * Distinguishes a thing from all others and from the one that it replaces: its URN and the inputs
 * that force a replacement. So a replacement gets another id and other addresses, as at the vendor,
 * and a renamed thing keeps them.
 */
export function making(
  { replaces }: Facts,
  { urn, inputs, again }: Pick<Occasion, "urn" | "inputs" | "again">,
): string {
  return JSON.stringify([urn, ...replaces.map((property) => inputs[property] ?? null), ...again]);
}

/**
 * Returns a substitute for the creation time: the same for the same thing, so that two rehearsals
 * agree.
 */
export function moment(id: string): string {
  const seconds = Number.parseInt(digits(6, "moment", id), 16);
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().replace(".000", "");
}

/**
 * Returns the explicit name, else the package's generated one: the logical name and seven digits.
 */
export function nameOf({ name }: Properties, urn: string): string {
  return String(name ?? `${urn.split("::").at(-1)}-${digits(7, urn)}`);
}

/** Reads a property that is a list; empty if it is not set. */
export function list(properties: Properties, property: string): unknown[] {
  const value = properties[property];
  return Array.isArray(value) ? value : [];
}

/** Reads a property that is a list of strings, or of numbers, as strings. */
export function texts(properties: Properties, property: string): string[] {
  return list(properties, property).map(String);
}

/** Reads a property that is a list of objects. */
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

/** Whether a tag exists: created by itself, or with the first thing that has it. */
export function tagExists(things: Things, tag: string): boolean {
  return (
    things.get(TYPES.tag, tag) !== undefined ||
    TAGGED.some((type) => things.list(type).some(({ properties }) => texts(properties, "tags").includes(tag)))
  );
}

/** Whether a text is an IP address or a block of them in CIDR notation. */
export function isAddressOrBlock(text: string): boolean {
  const [address = "", length, more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  if (length === undefined) return true;
  return /^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
}

/** Returns the droplet with an id. */
export function findDroplet(things: Things, id: unknown): Thing {
  return things.get(TYPES.droplet, String(id)) ?? refuse(422, `The Droplet ${id} could not be found.`);
}

/**
 * Removes values from a list property, as the vendor does; a refresh then shows that as a change.
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
 * Returns an account's number, which every project shows as its owner and every cluster has in its
 * host name.
 */
export function accountNumber(account: string): number {
  return 1_000_000 + (Number.parseInt(digits(8, "account", account), 16) % 20_000_000);
}
