import type { Members } from "../../schema";

/** The members of the played types' nested inputs, from the schema of the package `aws` 7.48.0. */
export const members = {
  "aws:s3/bucket:Bucket": {
    corsRules: {
      required: ["allowedMethods", "allowedOrigins"],
      optional: ["allowedHeaders", "exposeHeaders", "maxAgeSeconds"],
    },
    grants: { required: ["permissions", "type"], optional: ["id", "uri"] },
    lifecycleRules: {
      required: ["enabled"],
      optional: [
        "abortIncompleteMultipartUploadDays",
        "expiration",
        "id",
        "noncurrentVersionExpiration",
        "noncurrentVersionTransitions",
        "prefix",
        "transitions",
      ],
    },
    "lifecycleRules.expiration": { required: [], optional: ["date", "days", "expiredObjectDeleteMarker"] },
    "lifecycleRules.noncurrentVersionExpiration": { required: [], optional: ["days"] },
    "lifecycleRules.noncurrentVersionTransitions": { required: ["storageClass"], optional: ["days"] },
    "lifecycleRules.transitions": { required: ["storageClass"], optional: ["date", "days"] },
    logging: { required: ["targetBucket"], optional: ["targetPrefix"] },
    objectLockConfiguration: { required: [], optional: ["objectLockEnabled", "rule"] },
    "objectLockConfiguration.rule": { required: ["defaultRetention"], optional: [] },
    "objectLockConfiguration.rule.defaultRetention": { required: [], optional: ["days", "mode", "years"] },
    policy: { required: ["Statement", "Version"], optional: ["Id"] },
    "policy.Statement": {
      required: ["Effect"],
      optional: ["Action", "NotAction", "NotPrincipal", "NotResource", "Principal", "Resource", "Sid"],
    },
    "policy.Statement.NotPrincipal": { required: ["AWS"], optional: [] },
    "policy.Statement.Principal": { required: ["AWS"], optional: [] },
    replicationConfiguration: { required: ["role", "rules"], optional: [] },
    "replicationConfiguration.rules": {
      required: ["destination", "status"],
      optional: [
        "deleteMarkerReplicationStatus",
        "filter",
        "id",
        "prefix",
        "priority",
        "sourceSelectionCriteria",
      ],
    },
    "replicationConfiguration.rules.destination": {
      required: ["bucket"],
      optional: [
        "accessControlTranslation",
        "accountId",
        "metrics",
        "replicaKmsKeyId",
        "replicationTime",
        "storageClass",
      ],
    },
    "replicationConfiguration.rules.destination.accessControlTranslation": {
      required: ["owner"],
      optional: [],
    },
    "replicationConfiguration.rules.destination.metrics": { required: [], optional: ["minutes", "status"] },
    "replicationConfiguration.rules.destination.replicationTime": {
      required: [],
      optional: ["minutes", "status"],
    },
    "replicationConfiguration.rules.filter": { required: [], optional: ["prefix"] },
    "replicationConfiguration.rules.sourceSelectionCriteria": {
      required: [],
      optional: ["sseKmsEncryptedObjects"],
    },
    "replicationConfiguration.rules.sourceSelectionCriteria.sseKmsEncryptedObjects": {
      required: ["enabled"],
      optional: [],
    },
    serverSideEncryptionConfiguration: { required: ["rule"], optional: [] },
    "serverSideEncryptionConfiguration.rule": {
      required: [],
      optional: ["applyServerSideEncryptionByDefault", "blockedEncryptionTypes", "bucketKeyEnabled"],
    },
    "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault": {
      required: ["sseAlgorithm"],
      optional: ["kmsMasterKeyId"],
    },
    versioning: { required: [], optional: ["enabled", "mfaDelete"] },
    website: {
      required: [],
      optional: ["errorDocument", "indexDocument", "redirectAllRequestsTo", "routingRules"],
    },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    rule: { required: ["objectOwnership"], optional: [] },
  },
  "aws:s3/bucketAcl:BucketAcl": {
    accessControlPolicy: { required: ["owner"], optional: ["grants"] },
    "accessControlPolicy.grants": { required: ["permission"], optional: ["grantee"] },
    "accessControlPolicy.grants.grantee": {
      required: ["type"],
      optional: ["displayName", "emailAddress", "id", "uri"],
    },
    "accessControlPolicy.owner": { required: ["id"], optional: ["displayName"] },
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    versioningConfiguration: { required: ["status"], optional: ["mfaDelete"] },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    rules: {
      required: [],
      optional: ["applyServerSideEncryptionByDefault", "blockedEncryptionTypes", "bucketKeyEnabled"],
    },
    "rules.applyServerSideEncryptionByDefault": { required: ["sseAlgorithm"], optional: ["kmsMasterKeyId"] },
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": {
    corsRules: {
      required: ["allowedMethods", "allowedOrigins"],
      optional: ["allowedHeaders", "exposeHeaders", "id", "maxAgeSeconds"],
    },
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    policy: { required: ["Statement", "Version"], optional: ["Id"] },
    "policy.Statement": {
      required: ["Effect"],
      optional: ["Action", "NotAction", "NotPrincipal", "NotResource", "Principal", "Resource", "Sid"],
    },
    "policy.Statement.NotPrincipal": { required: ["AWS"], optional: [] },
    "policy.Statement.Principal": { required: ["AWS"], optional: [] },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    rules: {
      required: ["id", "status"],
      optional: [
        "abortIncompleteMultipartUpload",
        "expiration",
        "filter",
        "noncurrentVersionExpiration",
        "noncurrentVersionTransitions",
        "prefix",
        "transitions",
      ],
    },
    "rules.abortIncompleteMultipartUpload": { required: [], optional: ["daysAfterInitiation"] },
    "rules.expiration": { required: [], optional: ["date", "days", "expiredObjectDeleteMarker"] },
    "rules.filter": {
      required: [],
      optional: ["and", "objectSizeGreaterThan", "objectSizeLessThan", "prefix", "tag"],
    },
    "rules.filter.and": { required: [], optional: ["objectSizeGreaterThan", "objectSizeLessThan", "prefix"] },
    "rules.filter.tag": { required: ["key", "value"], optional: [] },
    "rules.noncurrentVersionExpiration": {
      required: ["noncurrentDays"],
      optional: ["newerNoncurrentVersions"],
    },
    "rules.noncurrentVersionTransitions": {
      required: ["noncurrentDays", "storageClass"],
      optional: ["newerNoncurrentVersions"],
    },
    "rules.transitions": { required: ["storageClass"], optional: ["date", "days"] },
    timeouts: { required: [], optional: ["create", "update"] },
  },
  "aws:s3/bucketLogging:BucketLogging": {
    targetGrants: { required: ["grantee", "permission"], optional: [] },
    "targetGrants.grantee": { required: ["type"], optional: ["displayName", "emailAddress", "id", "uri"] },
    targetObjectKeyFormat: { required: [], optional: ["partitionedPrefix", "simplePrefix"] },
    "targetObjectKeyFormat.partitionedPrefix": { required: ["partitionDateSource"], optional: [] },
    "targetObjectKeyFormat.simplePrefix": { required: [], optional: [] },
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    overrideProvider: { required: [], optional: ["defaultTags"] },
    "overrideProvider.defaultTags": { required: [], optional: [] },
  },
  "aws:iam/userPolicy:UserPolicy": {
    policy: { required: ["Statement", "Version"], optional: ["Id"] },
    "policy.Statement": {
      required: ["Effect"],
      optional: ["Action", "NotAction", "NotPrincipal", "NotResource", "Principal", "Resource", "Sid"],
    },
    "policy.Statement.NotPrincipal": { required: ["AWS"], optional: [] },
    "policy.Statement.Principal": { required: ["AWS"], optional: [] },
  },
  "aws:iam/role:Role": {
    assumeRolePolicy: { required: ["Statement", "Version"], optional: ["Id"] },
    "assumeRolePolicy.Statement": {
      required: ["Effect"],
      optional: ["Action", "NotAction", "NotPrincipal", "NotResource", "Principal", "Resource", "Sid"],
    },
    "assumeRolePolicy.Statement.NotPrincipal": { required: ["AWS"], optional: [] },
    "assumeRolePolicy.Statement.Principal": { required: ["AWS"], optional: [] },
    inlinePolicies: { required: [], optional: ["name", "policy"] },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    policy: { required: ["Statement", "Version"], optional: ["Id"] },
    "policy.Statement": {
      required: ["Effect"],
      optional: ["Action", "NotAction", "NotPrincipal", "NotResource", "Principal", "Resource", "Sid"],
    },
    "policy.Statement.NotPrincipal": { required: ["AWS"], optional: [] },
    "policy.Statement.Principal": { required: ["AWS"], optional: [] },
  },
  "aws:route53/record:Record": {
    aliases: { required: ["evaluateTargetHealth", "name", "zoneId"], optional: [] },
    cidrRoutingPolicy: { required: ["collectionId", "locationName"], optional: [] },
    failoverRoutingPolicies: { required: ["type"], optional: [] },
    geolocationRoutingPolicies: { required: [], optional: ["continent", "country", "subdivision"] },
    geoproximityRoutingPolicy: {
      required: [],
      optional: ["awsRegion", "bias", "coordinates", "localZoneGroup"],
    },
    "geoproximityRoutingPolicy.coordinates": { required: ["latitude", "longitude"], optional: [] },
    latencyRoutingPolicies: { required: ["region"], optional: [] },
    weightedRoutingPolicies: { required: ["weight"], optional: [] },
  },
} as const satisfies Record<string, Record<string, Members>>;
