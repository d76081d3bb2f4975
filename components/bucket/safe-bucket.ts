import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import type * as pulumi from "@pulumi/pulumi";
import type { BucketSpec } from "../../stagewright/environment/schema/bucket";
import type { PolicyDocument } from "./policies";

export interface SafeBucketArgs {
  /** Its name, unique over all of S3. */
  bucket: string;
  access: BucketSpec["access"];
  /** Whether it is deleted with the objects in it. Default: S3 refuses to. */
  forceDestroy?: boolean;
  /** Its policy, by its name. */
  policy: (physical: string) => PolicyDocument;
}

/**
 * A bucket whose policy alone decides who reaches it: no ACLs, encrypted, closed to the public
 * unless it is said.
 * @param opts of the bucket and of its settings
 */
export function safeBucket(
  name: string,
  args: SafeBucketArgs,
  opts: pulumi.CustomResourceOptions,
): { bucket: Bucket; policy: BucketPolicy } {
  const { bucket: physical, access, forceDestroy } = args;
  // The name is taken in every account and region until the old bucket is gone.
  const bucket = new Bucket(name, { bucket: physical, forceDestroy }, { ...opts, deleteBeforeReplace: true });
  const of = { bucket: bucket.bucket };
  new BucketOwnershipControls(
    `${name}-ownership`,
    { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  new BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      ...of,
      // A bucket key would only spare calls to KMS, and with S3's own keys (AES256) there are none.
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
    opts,
  );
  const block = new BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      ...of,
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: access === "private",
      restrictPublicBuckets: access === "private",
    },
    opts,
  );
  const policy = new BucketPolicy(
    `${name}-policy`,
    { ...of, policy: bucket.bucket.apply((created) => JSON.stringify(args.policy(created))) },
    // S3 refuses a public policy until the block allows one.
    { ...opts, dependsOn: [block] },
  );
  return { bucket, policy };
}
