import type { Properties } from "../../../../providers/protocol/provider";
import type { ByType } from "../../../resources/types";
import type { Thing, Things } from "../../store";
import { digits, type Kind } from "../../vendor";
import { dropFrom, moment, nameOf, objects, refuse, TYPES } from "./api";
import { facts } from "./facts";

const POLICY = "digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy";
const KEY = "digitalocean:index/spacesKey:SpacesKey";

/**
 * Objects that programs put into buckets: not a resource of ours, but they prevent a bucket's
 * deletion.
 */
export const SPACES_OBJECT = "digitalocean:spaces:object";

/** https://docs.digitalocean.com/products/spaces/details/availability/ */
const REGIONS = ["ams3", "atl1", "blr1", "fra1", "lon1", "nyc3", "sfo2", "sfo3", "sgp1", "syd1", "tor1"];

/** https://docs.digitalocean.com/reference/api/spaces/: Spaces implements S3's API. */
const bucket: Kind = {
  facts: facts[TYPES.spacesBucket],
  // Unique in all of DigitalOcean, not in an account. The id is only the name, so a name is not
  // used in two regions here.
  identity: ({ inputs, urn }) => ({ name: nameOf(inputs, urn), scope: "" }),
  id: (_, name) => name,
  rules({ things, inputs, caller, urn, id }) {
    const name = nameOf(inputs, urn);
    // https://docs.digitalocean.com/products/spaces/how-to/create/
    if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))
      refuse(
        422,
        `InvalidBucketName: '${name}' is not 3 to 63 of a-z, 0-9 and -, starting and ending with a letter or digit.`,
      );
    const taken = things.named(TYPES.spacesBucket, "", name);
    if (taken && taken.id !== id)
      refuse(
        409,
        `${taken.account === caller.account ? "BucketAlreadyOwnedByYou" : "BucketAlreadyExists"}: ${name}`,
      );
    const { region = "nyc3", acl = "private" } = inputs;
    if (!REGIONS.includes(String(region)))
      refuse(422, `region '${region}' is not one of ${REGIONS.join(", ")}.`);
    if (acl !== "private" && acl !== "public-read")
      refuse(422, `acl '${acl}' is not one of private, public-read.`);
  },
  replaces: (olds, news) => (olds.name === news.name ? [] : ["name"]),
  defaults: ({ inputs, urn }) => ({
    acl: "private",
    forceDestroy: false,
    name: nameOf(inputs, urn),
    region: "nyc3",
    versioning: { enabled: false },
  }),
  outputs({ inputs: { region = "nyc3" } }, name) {
    const endpoint = `${region}.digitaloceanspaces.com`;
    return { bucketDomainName: `${name}.${endpoint}`, bucketUrn: `do:space:${name}`, endpoint };
  },
  mayDelete(things, { name, properties }) {
    if (properties.forceDestroy !== true && objectsOf(things, name).length > 0)
      refuse(409, `BucketNotEmpty: the bucket '${name}' has objects.`);
  },
  after(things, event, { name }) {
    if (event !== "delete") return;
    for (const object of objectsOf(things, name)) things.remove(SPACES_OBJECT, object.id);
    for (const policy of things.list(POLICY)) if (policy.scope === name) things.remove(POLICY, policy.id);
    for (const type of [TYPES.project, TYPES.projectResources])
      dropFrom(things, type, "resources", `do:space:${name}`);
  },
  latency: { create: 4, update: 2, delete: 2 },
};

const policy: Kind = {
  facts: facts[POLICY],
  identity: ({ inputs }) => ({ name: "policy", scope: String(inputs.bucket) }),
  id: (_, __, bucketName) => bucketName,
  overwrites: () => true,
  rules({ things, inputs }) {
    const found = findBucket(things, inputs.bucket);
    if (found.properties.region !== inputs.region)
      refuse(
        404,
        `NoSuchBucket: '${inputs.bucket}' is in ${found.properties.region}, not in ${inputs.region}.`,
      );
    checkPolicy(String(inputs.policy), found.name);
  },
  latency: { create: 1, update: 1, delete: 1 },
};

/** https://docs.digitalocean.com/reference/api/reference/spaces-keys/#spacesKey_create */
const key: Kind = {
  facts: facts[KEY],
  identity: ({ inputs, urn }) => ({ name: `${nameOf(inputs, urn)} ${urn}` }),
  alike: ["name"],
  credential: true,
  // https://docs.digitalocean.com/products/spaces/how-to/manage-access/: shown once
  once: ["secretKey"],
  id: ({ again }, name) =>
    `DO${characters("access", name, ...again)
      .slice(0, 18)
      .toUpperCase()}`,
  rules({ things, inputs }) {
    for (const { bucket, permission } of objects(inputs, "grants")) {
      if (!["read", "readwrite", "fullaccess"].includes(String(permission)))
        refuse(422, `permission '${permission}' is not one of read, readwrite, fullaccess.`);
      // https://docs.digitalocean.com/products/spaces/how-to/manage-access/: full access covers all
      // buckets
      if (permission === "fullaccess") {
        if (bucket !== "")
          refuse(422, `the permission fullaccess is for all buckets, not for '${bucket}' alone.`);
      } else findBucket(things, bucket);
    }
  },
  defaults: ({ inputs, urn }) => ({ grants: [], name: nameOf(inputs, urn) }),
  outputs: (_, id) => ({
    accessKey: id,
    createdAt: moment(id),
    secretKey: characters("secret", id).slice(0, 43),
  }),
  latency: { create: 1, update: 1, delete: 1 },
};

/** Object storage and its access keys. */
export const spacesKinds: ByType<Kind> = {
  [TYPES.spacesBucket]: bucket,
  [POLICY]: policy,
  [KEY]: key,
};

function findBucket(things: Things, name: unknown): Thing {
  return (
    things.get(TYPES.spacesBucket, String(name)) ?? refuse(404, `NoSuchBucket: '${name}' does not exist.`)
  );
}

function objectsOf(things: Things, name: string): Thing[] {
  return things.list(SPACES_OBJECT).filter(({ scope }) => scope === name);
}

// https://docs.digitalocean.com/reference/api/spaces/ follows S3's policies.
function checkPolicy(text: string, name: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    refuse(422, `MalformedPolicy: the policy of '${name}' is not JSON.`);
  }
  const { Version, Statement } = (parsed ?? {}) as Properties;
  if (Version !== "2012-10-17")
    refuse(422, `MalformedPolicy: the version of a policy is 2012-10-17, not '${Version}'.`);
  const statements = [Statement].flat().filter((statement) => statement !== undefined) as Properties[];
  if (statements.length === 0) refuse(422, `MalformedPolicy: the policy of '${name}' has no statement.`);
  for (const { Effect, Resource } of statements) {
    if (Effect !== "Allow" && Effect !== "Deny")
      refuse(422, `MalformedPolicy: Effect '${Effect}' is not Allow or Deny.`);
    const own = [Resource]
      .flat()
      .every((arn) => new RegExp(`^arn:aws:s3:::${name}(/.*)?$`).test(String(arn)));
    if (!own) refuse(422, `MalformedPolicy: Policy has invalid resource, not of the bucket '${name}'.`);
  }
}

// Returns letters and digits, the same for the same identity.
function characters(...identity: string[]): string {
  return Buffer.from(digits(120, ...identity), "hex")
    .toString("base64")
    .replaceAll(/[+/=]/g, "x");
}
