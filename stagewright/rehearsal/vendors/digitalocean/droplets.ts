import type { Properties } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import type { Kind, Occasion, Refusal } from "../../vendor";
import { privateIpv4, publicIpv4, publicIpv6 } from "./addresses";
import {
  checkRegion,
  checkTags,
  dropFrom,
  error,
  making,
  moment,
  nameOf,
  numericId,
  refuse,
  TYPES,
  texts,
} from "./api";
import { facts } from "./facts";
import { dropletImages } from "./images";
import { type DropletSize, dropletSize } from "./sizes";
import { findSshKey } from "./ssh-keys";
import { networkOf } from "./vpcs";

/**
 * https://docs.digitalocean.com/reference/api/reference/account/: the limit of a team, unless
 * raised on request.
 */
export const DROPLET_LIMIT = 25;

/** https://docs.digitalocean.com/products/droplets/how-to/provide-user-data/ */
const MOST_USER_DATA = 64 * 1024;

/** The API's default region is undocumented; this is the oldest one with every feature. */
const REGION = "nyc3";

/** https://docs.digitalocean.com/reference/api/reference/droplets/#droplets_create */
export const droplet: Kind = {
  facts: facts[TYPES.droplet],
  // Names are labels: a team may use one twice. So the resource distinguishes two droplets.
  identity: ({ inputs, urn }) => ({ name: `${nameOf(inputs, urn)} ${urn}` }),
  namesakes: true,
  alike: ["name", "region"],
  id: (occasion) => numericId(occasion.things, TYPES.droplet, identityOf(occasion)),
  rules,
  refuses,
  // IPv6 cannot be disabled again:
  // https://docs.digitalocean.com/products/networking/ipv6/how-to/enable/
  replaces: (olds, news) => (olds.ipv6 === true && news.ipv6 !== true ? ["ipv6"] : []),
  defaults(occasion) {
    const { things, inputs } = occasion;
    const region = regionOf(inputs);
    return {
      backups: false,
      gracefulShutdown: false,
      ipv6: false,
      ipv6Address: inputs.ipv6 === true ? publicIpv6(identityOf(occasion)) : "",
      monitoring: false,
      name: nameOf(inputs, occasion.urn),
      privateNetworking: true,
      publicNetworking: true,
      region,
      resizeDisk: true,
      volumeIds: [],
      vpcUuid: networkOf(things, inputs.vpcUuid, region).id,
    };
  },
  outputs(occasion, id) {
    const { things, inputs } = occasion;
    const network = networkOf(things, inputs.vpcUuid, regionOf(inputs));
    const has = (property: string, address: string) =>
      things.list(TYPES.droplet).some(({ properties }) => properties[property] === address);
    return {
      createdAt: moment(id),
      dropletUrn: `do:droplet:${id}`,
      ipv4Address:
        inputs.publicNetworking === false
          ? ""
          : publicIpv4("droplet", (address) => has("ipv4Address", address), identityOf(occasion)),
      ipv4AddressPrivate: privateIpv4(
        network.range,
        (address) => has("ipv4AddressPrivate", address),
        identityOf(occasion),
      ),
      locked: false,
      status: "active",
    };
  },
  derived({ things, inputs }, id) {
    const size = findSize(inputs);
    const before = things.get(TYPES.droplet, id)?.properties.disk;
    return {
      disk: before !== undefined && inputs.resizeDisk === false ? before : size.disk,
      memory: size.memory,
      // A month is billed as 672 hours:
      // https://docs.digitalocean.com/products/droplets/details/pricing/
      priceHourly: Number((size.price / 672).toFixed(5)),
      priceMonthly: size.price,
      vcpus: size.vcpus,
    };
  },
  // The things that it was a part of continue without it.
  after(things, event, { id }) {
    if (event !== "delete") return;
    dropFrom(things, TYPES.firewall, "dropletIds", id);
    for (const type of [TYPES.project, TYPES.projectResources])
      dropFrom(things, type, "resources", `do:droplet:${id}`);
    for (const type of [TYPES.reservedIpAssignment, TYPES.volumeAttachment])
      for (const attached of things.list(type))
        if (String(attached.properties.dropletId) === id) things.remove(type, attached.id);
  },
  // The time until `active`; a resize powers it off and on again.
  latency: { create: 35, update: 70, delete: 12 },
};

function rules({ things, inputs, urn }: Occasion, existing?: Thing): void {
  const name = nameOf(inputs, urn);
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,253}[a-zA-Z0-9])?$/.test(name))
    refuse(422, `Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -): '${name}'`);
  const region = regionOf(inputs);
  checkRegion(region, "Droplet creation");
  findSize(inputs);
  checkImage(inputs);
  networkOf(things, inputs.vpcUuid, region);
  checkTags(texts(inputs, "tags"));
  checkBackups(inputs);
  const unknown = texts(inputs, "sshKeys").filter((key) => !findSshKey(things, key));
  if (unknown.length > 0)
    refuse(422, `${unknown.join(", ")} are invalid key identifiers for Droplet creation.`);
  const bytes = Buffer.byteLength(String(inputs.userData ?? ""));
  if (bytes > MOST_USER_DATA) refuse(422, `user_data is too long: ${bytes} bytes, the maximum is 64 KiB.`);
  for (const volumeId of texts(inputs, "volumeIds")) checkVolume(things, volumeId, region);
  if (existing) return;
  if (things.list(TYPES.droplet).length >= DROPLET_LIMIT)
    refuse(422, `creating this/these droplet(s) will exceed your droplet limit (${DROPLET_LIMIT})`);
}

// https://docs.digitalocean.com/products/droplets/how-to/resize/: a disk can grow and never shrink
function refuses(before: Properties, after: Properties): Refusal | undefined {
  const size = dropletSize(after.size);
  const disk = Number(before.disk ?? dropletSize(before.size)?.disk);
  if (!size || before.size === after.size || size.disk >= disk) return undefined;
  return {
    says: error(
      422,
      `This size is not available because it has a smaller disk: ${after.size} has ${size.disk} GB, the Droplet ${disk} GB.`,
    ),
    instead: "Instead state another `generation` with it: a new droplet is made, and the address moves over.",
  };
}

function checkImage({ image }: Properties): void {
  // A number is the id of a snapshot or a custom image, which the rehearsal does not know.
  if (!(dropletImages as readonly string[]).includes(String(image)))
    refuse(422, `You specified an invalid image for Droplet creation: '${image}'.`);
}

// https://docs.digitalocean.com/products/backups/details/limits/
function checkBackups({ backups, backupPolicy }: Properties): void {
  if (backupPolicy === undefined) return;
  const { plan = "weekly", weekday, hour = 0 } = backupPolicy as Properties;
  if (backups !== true) refuse(422, "backup_policy can only be set when backups are enabled");
  if (plan !== "daily" && plan !== "weekly")
    refuse(422, `backup plan '${plan}' is not one of daily, weekly.`);
  if (plan === "daily" && weekday !== undefined) refuse(422, "a daily backup plan has no weekday.");
  if (![0, 4, 8, 12, 16, 20].includes(Number(hour)))
    refuse(422, `backup hour ${hour} is not one of 0, 4, 8, 12, 16, 20.`);
}

function checkVolume(things: Things, volumeId: string, region: string): void {
  const volume =
    things.get(TYPES.volume, volumeId) ?? refuse(404, `The Volume ${volumeId} could not be found.`);
  if (volume.properties.region !== region)
    refuse(422, `The Volume ${volumeId} and the Droplet are not in the same region.`);
}

function findSize({ size }: Properties): DropletSize {
  return dropletSize(size) ?? refuse(422, `You specified an invalid size for Droplet creation: '${size}'.`);
}

function regionOf({ region }: Properties): string {
  return String(region ?? REGION);
}

function identityOf(occasion: Occasion): string {
  return making(facts[TYPES.droplet], occasion);
}
