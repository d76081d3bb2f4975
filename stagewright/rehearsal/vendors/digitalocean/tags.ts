import type { Kind } from "../../vendor";
import { checkTags, nameOf, refuse, TYPES } from "./api";
import { facts } from "./facts";

/** https://docs.digitalocean.com/reference/api/reference/tags/#tags_create */
export const tag: Kind = {
  facts: facts[TYPES.tag],
  identity: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  id: (_, name) => name,
  // Creating an existing tag is not an error: the vendor returns it.
  overwrites: () => true,
  rules({ inputs, urn }) {
    const name = nameOf(inputs, urn);
    if (name === "") refuse(422, "tag name can't be blank");
    checkTags([name]);
  },
  defaults: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  // The counts at creation. They change with the tagged resources, and none of our resources may
  // depend on them.
  outputs: () => ({
    databasesCount: 0,
    dropletsCount: 0,
    imagesCount: 0,
    totalResourceCount: 0,
    volumeSnapshotsCount: 0,
    volumesCount: 0,
  }),
  latency: { create: 1, delete: 1 },
};
