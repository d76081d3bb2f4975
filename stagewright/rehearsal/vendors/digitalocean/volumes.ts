import type { Thing, Things } from "../../store";
import { digits, type Kind, uuid } from "../../vendor";
import {
  checkRegion,
  checkTags,
  dropFrom,
  error,
  findDroplet,
  making,
  nameOf,
  refuse,
  TYPES,
  texts,
} from "./api";
import { facts } from "./facts";

/** GiB: https://docs.digitalocean.com/products/volumes/details/limits/ */
const MOST_SIZE = 16_384;

/** https://docs.digitalocean.com/reference/api/reference/block-storage/#volumes_create */
export const volume: Kind = {
  facts: facts[TYPES.volume],
  identity: ({ inputs, urn }) => ({ name: nameOf(inputs, urn), scope: String(inputs.region) }),
  id: (occasion) => uuid(TYPES.volume, making(facts[TYPES.volume], occasion)),
  rules({ things, inputs, urn, id }) {
    const name = nameOf(inputs, urn);
    if (!/^[a-z][a-z0-9-]{0,63}$/.test(name))
      refuse(422, `name '${name}' is not up to 64 of a-z, 0-9 and -, starting with a letter.`);
    checkRegion(inputs.region, "Volume creation");
    const taken = things.named(TYPES.volume, String(inputs.region), name);
    if (taken && taken.id !== id)
      refuse(409, `a volume with the name '${name}' already exists in ${inputs.region}.`);
    const size = Number(inputs.size);
    if (!Number.isInteger(size) || size < 1 || size > MOST_SIZE)
      refuse(422, `size ${inputs.size} is not between 1 and ${MOST_SIZE} GiB.`);
    const { initialFilesystemType: type } = inputs;
    if (type !== undefined && type !== "ext4" && type !== "xfs")
      refuse(422, `filesystem '${type}' is not ext4 or xfs.`);
    checkTags(texts(inputs, "tags"));
  },
  // https://docs.digitalocean.com/products/volumes/how-to/increase-size/
  refuses: (before, after) =>
    Number(after.size) < Number(before.size)
      ? {
          says: error(
            422,
            `size ${after.size} is smaller than the ${before.size} GiB of the volume: it can only grow.`,
          ),
          instead: "Instead make a smaller volume beside it and copy the files.",
        }
      : undefined,
  defaults: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  outputs: ({ inputs }, id) => ({
    dropletIds: [],
    filesystemLabel: inputs.initialFilesystemLabel ?? "",
    volumeUrn: `do:volume:${id}`,
  }),
  mayDelete(things, { id, name }) {
    if (dropletsOf(things, id).length > 0)
      refuse(
        409,
        `a volume must be detached before deletion: '${name}' is attached to ${dropletsOf(things, id)}.`,
      );
  },
  after(things, event, { id }) {
    if (event !== "delete") return;
    for (const type of [TYPES.project, TYPES.projectResources])
      dropFrom(things, type, "resources", `do:volume:${id}`);
  },
  latency: { create: 3, update: 10, delete: 2 },
};

/**
 * https://docs.digitalocean.com/reference/api/reference/block-storage-actions/#volumeActions_post
 */
export const volumeAttachment: Kind = {
  facts: facts[TYPES.volumeAttachment],
  identity: ({ inputs }) => ({ name: `${inputs.volumeId} ${inputs.dropletId}` }),
  id: ({ inputs }, name) => `${inputs.dropletId}-${inputs.volumeId}-${digits(26, name)}`,
  rules({ things, inputs }) {
    const found = findVolume(things, inputs.volumeId);
    const droplet = findDroplet(things, inputs.dropletId);
    if (found.properties.region !== droplet.properties.region)
      refuse(422, `The Volume ${found.name} and the Droplet ${droplet.id} are not in the same region.`);
    const [holder] = dropletsOf(things, found.id);
    if (holder !== undefined)
      refuse(422, `the volume ${found.name} is already attached to the Droplet ${holder}.`);
  },
  latency: { create: 8, delete: 8 },
};

function findVolume(things: Things, id: unknown): Thing {
  return things.get(TYPES.volume, String(id)) ?? refuse(404, `The Volume ${id} could not be found.`);
}

// A volume is attached by the droplet that lists it, or by an attachment.
function dropletsOf(things: Things, volumeId: string): string[] {
  const listed = things
    .list(TYPES.droplet)
    .filter(({ properties }) => texts(properties, "volumeIds").includes(volumeId));
  const attached = things
    .list(TYPES.volumeAttachment)
    .filter(({ properties }) => properties.volumeId === volumeId);
  return [...listed.map(({ id }) => id), ...attached.map(({ properties }) => String(properties.dropletId))];
}
