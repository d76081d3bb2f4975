import { createHash } from "node:crypto";
import type { Thing, Things } from "../../../store";
import type { Kind } from "../../../vendor";
import { digits } from "../../../vendor";
import { regionOf, tagsAll } from "../caller";
import { refuse } from "../errors";
import { facts } from "../facts";
import { ownBucket } from "./owner";

/** The type of the objects in buckets, written by a program, an app or a person. */
export const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";

export const object: Kind = {
  facts: facts[OBJECT],
  identity: ({ inputs }) => ({ name: String(inputs.key), scope: String(inputs.bucket) }),
  id: (_, key, bucket) => `${bucket}/${key}`,
  overwrites: () => true,
  rules(occasion) {
    const { inputs } = occasion;
    ownBucket(occasion);
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    const bytes = Buffer.byteLength(String(inputs.key ?? ""));
    if (bytes === 0 || bytes > 1024) refuse(400, "KeyTooLongError", "Your key must be 1 to 1024 bytes long");
    if (inputs.acl !== undefined && inputs.acl !== "bucket-owner-full-control") {
      refuse(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
  },
  defaults: (occasion) => ({
    region: regionOf(occasion),
    storageClass: "STANDARD",
    serverSideEncryption: "AES256",
    contentType: "application/octet-stream",
    forceDestroy: false,
    etag: createHash("md5").update(contentOf(occasion.inputs)).digest("hex"),
  }),
  outputs: ({ inputs }) => ({ arn: `arn:aws:s3:::${String(inputs.bucket)}/${String(inputs.key)}` }),
  derived: (occasion) => ({
    ...tagsAll(occasion),
    versionId: digits(
      32,
      String(occasion.inputs.bucket),
      String(occasion.inputs.key),
      contentOf(occasion.inputs),
    ),
    checksumCrc32: "",
    checksumCrc32c: "",
    checksumCrc64nvme: "",
    checksumSha1: "",
    checksumSha256: "",
  }),
};

/** Puts an object into a bucket, as an app or a person would. */
export function putObject(things: Things, bucket: Thing, key: string): void {
  const properties = { bucket: bucket.name, key };
  things.put({
    type: OBJECT,
    id: `${bucket.name}/${key}`,
    account: bucket.account,
    scope: bucket.name,
    name: key,
    properties,
    written: properties,
  });
}

function contentOf({ content, contentBase64, source }: Record<string, unknown>): string {
  return JSON.stringify([content, contentBase64, source]);
}
