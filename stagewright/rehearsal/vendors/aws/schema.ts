import type { Schema } from "../../schema";
import type { facts } from "./facts";

/**
 * From the provider's code:
 * https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
 */
export const schemas: Partial<Record<keyof typeof facts, Schema>> = {
  "aws:s3/bucket:Bucket": {
    // https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go (AutoNameTransform)
    drawn: "bucket",
    keeps: [
      "accelerationStatus",
      "acl",
      "bucketNamespace",
      "bucketPrefix",
      "corsRules",
      "grants",
      "lifecycleRules",
      "logging",
      "objectLockConfiguration",
      "objectLockEnabled",
      "policy",
      "replicationConfiguration",
      "requestPayer",
      "serverSideEncryptionConfiguration",
      "versioning",
      "website",
    ],
    defaults: { forceDestroy: false },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    defaults: {
      blockPublicAcls: false,
      blockPublicPolicy: false,
      ignorePublicAcls: false,
      restrictPublicBuckets: false,
    },
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": {
    sets: ["corsRules"],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    keeps: ["transitionDefaultMinimumObjectSize"],
    // This resource uses the plugin framework, in which names do not affect the order.
    replacement: "creates first",
  },
  "aws:iam/user:User": { defaults: { forceDestroy: false, path: "/" } },
  "aws:iam/accessKey:AccessKey": { defaults: { status: "Active" } },
  "aws:iam/role:Role": {
    keeps: ["inlinePolicies", "managedPolicyArns"],
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  },
  "aws:kms/key:Key": {
    keeps: ["description", "multiRegion", "policy", "rotationPeriodInDays"],
    defaults: { customerMasterKeySpec: "SYMMETRIC_DEFAULT", isEnabled: true, keyUsage: "ENCRYPT_DECRYPT" },
  },
  "aws:route53/record:Record": { keeps: ["allowOverwrite"], sets: ["records"] },
};
