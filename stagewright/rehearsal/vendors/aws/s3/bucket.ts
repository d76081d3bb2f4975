import { ProviderError } from "../../../../../providers/protocol/provider";
import type { Thing } from "../../../store";
import type { Kind, Occasion } from "../../../vendor";
import { regionOf, tagsAll } from "../caller";
import { refuse } from "../errors";
import { facts } from "../facts";
import { websiteZones } from "../regions";
import { OBJECT } from "./object";
import { BUCKET } from "./owner";

// Inputs that AWS moved to separate resources and that the provider will drop.
const DEPRECATED = [
  "accelerationStatus",
  "acl",
  "corsRules",
  "grants",
  "lifecycleRules",
  "logging",
  "objectLockConfiguration",
  "policy",
  "replicationConfiguration",
  "requestPayer",
  "serverSideEncryptionConfiguration",
  "versioning",
  "website",
];

export const bucket: Kind = {
  facts: facts[BUCKET],
  identity: ({ inputs }) => ({ name: statedName(inputs.bucket), scope: "" }),
  id: (_, name) => name,
  rules,
  defaults: (occasion) => ({
    region: regionOf(occasion),
    forceDestroy: false,
    objectLockEnabled: false,
    bucketNamespace: "global",
  }),
  outputs(occasion, name) {
    const region = regionOf(occasion);
    return {
      arn: `arn:aws:s3:::${name}`,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegion: region,
      bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      hostedZoneId: websiteZones[region],
    };
  },
  derived: tagsAll,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
  mayDelete(things, { name, properties }) {
    if (properties.forceDestroy !== true && things.list(OBJECT).some(({ scope }) => scope === name)) {
      refuse(409, "BucketNotEmpty", `The bucket you tried to delete is not empty (${name})`);
    }
  },
  // A deleted bucket takes its content and settings with it.
  after(things, event, { name }) {
    if (event !== "delete") return;
    for (const type of Object.keys(facts).filter((type) => type.startsWith("aws:s3/"))) {
      for (const thing of things.list(type)) {
        if (thing.properties.bucket === name) things.remove(type, thing.id);
      }
    }
  },
  // Measured orders of magnitude: S3 answers at once; the provider then polls until the bucket is
  // visible everywhere.
  latency: { create: 2, update: 2, delete: 1 },
};

function rules({ things, caller, inputs }: Occasion, existing?: Thing): void {
  const name = statedName(inputs.bucket);
  const deprecated = DEPRECATED.find((property) => inputs[property] !== undefined);
  if (deprecated) {
    throw new ProviderError(
      `the rehearsal cloud does not play the deprecated '${deprecated}' of ${BUCKET}: use the resource of its own`,
    );
  }
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  const wellFormed = /^(?=.{3,63}$)[a-z0-9]+([.-]?[a-z0-9]+|-+[a-z0-9]+)*$/.test(name);
  const ipLike = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!wellFormed || ipLike || reserved) {
    refuse(400, "InvalidBucketName", `The specified bucket is not valid (${name})`);
  }
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html: one name space for all
  // accounts and regions.
  const other = existing ? undefined : things.named(BUCKET, "", name);
  if (other?.account === caller.account) {
    refuse(
      409,
      "BucketAlreadyOwnedByYou",
      `Your previous request to create the named bucket succeeded and you already own it (${name})`,
    );
  }
  if (other) {
    refuse(
      409,
      "BucketAlreadyExists",
      `The requested bucket name is not available: the bucket namespace is shared by all users of the system (${name})`,
    );
  }
}

function statedName(name: unknown): string {
  if (typeof name === "string") return name;
  throw new ProviderError(
    `the rehearsal cloud wants physical names stated, since a name drawn at random cannot be found again: state 'bucket' of ${BUCKET}`,
  );
}
