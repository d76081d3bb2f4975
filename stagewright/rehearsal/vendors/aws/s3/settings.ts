import type { Properties } from "../../../../../providers/protocol/provider";
import type { ByType } from "../../../../resources/types";
import type { Things } from "../../../store";
import type { Kind, Occasion } from "../../../vendor";
import { regionOf } from "../caller";
import { refuse } from "../errors";
import { facts } from "../facts";
import { ownBucket } from "./owner";

/**
 * A setting of a bucket. S3 keeps one of its type per bucket, and a PUT overwrites it, so a second
 * resource is not refused.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function setting(
  type: keyof typeof facts,
  rules: (occasion: Occasion) => void,
  defaults: Properties = {},
): Kind {
  return {
    facts: facts[type],
    identity: ({ inputs }) => ({ name: String(inputs.bucket), scope: "" }),
    overwrites: () => true,
    id: (_, name) => name,
    defaults: (occasion) => ({ region: regionOf(occasion), ...defaults }),
    rules(occasion) {
      const bucket = ownBucket(occasion);
      const { expectedBucketOwner } = occasion.inputs;
      if (expectedBucketOwner !== undefined && expectedBucketOwner !== bucket.account) {
        const owner = String(expectedBucketOwner);
        refuse(403, "AccessDenied", `Access Denied: the bucket ${bucket.name} is not owned by ${owner}`);
      }
      rules(occasion);
    },
    // The provider waits until S3 returns the new setting.
    latency: { create: 1, update: 1, delete: 1 },
  };
}

const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
const ownership = setting(OWNERSHIP, ({ inputs }) => {
  const { objectOwnership } = inputs.rule as Properties;
  if (!["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"].includes(String(objectOwnership))) {
    refuse(400, "MalformedXML", `ObjectOwnership '${String(objectOwnership)}' is not known`);
  }
});

const block = setting(BLOCK, () => {}, {
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
const acl = setting("aws:s3/bucketAcl:BucketAcl", ({ inputs, things }) => {
  if (ownerEnforced(things, String(inputs.bucket))) {
    refuse(400, "AccessControlListNotSupported", `The bucket does not allow ACLs (${String(inputs.bucket)})`);
  }
  const open = ["public-read", "public-read-write"].includes(String(inputs.acl));
  if (open && blocks(things, String(inputs.bucket), "blockPublicAcls")) {
    refuse(403, "AccessDenied", "Access Denied: public ACLs are blocked by the BlockPublicAcls setting");
  }
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/manage-versioning-examples.html */
const versioning: Kind = {
  ...setting("aws:s3/bucketVersioning:BucketVersioning", ({ inputs }) => {
    const status = String(statusOf(inputs));
    if (!["Enabled", "Suspended", "Disabled"].includes(status))
      refuse(400, "MalformedXML", `the versioning status '${status}' is not known`);
  }),
  // The provider refuses this, because S3 does not support such a change.
  refuses(before, after) {
    const [old, now] = [statusOf(before), statusOf(after)];
    if (now !== "Disabled" || old === undefined || old === "Disabled") return undefined;
    return {
      says: `versioning_configuration.status cannot be updated from '${String(old)}' to 'Disabled'.`,
      instead: "Instead state 'Suspended': the versions that there are stay.",
    };
  },
};

function statusOf({ versioningConfiguration }: Properties): unknown {
  return (versioningConfiguration as Properties | undefined)?.status;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
const encryption = setting(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  ({ inputs }) => {
    const rules = inputs.rules as Properties[];
    if (rules.length !== 1) refuse(400, "MalformedXML", "exactly one encryption rule is accepted");
    const rule = rules[0]?.applyServerSideEncryptionByDefault as Properties | undefined;
    if (!rule) return;
    const algorithm = String(rule.sseAlgorithm);
    if (!["AES256", "aws:kms", "aws:kms:dsse"].includes(algorithm)) {
      refuse(400, "MalformedXML", `the encryption algorithm '${algorithm}' is not known`);
    }
    if (algorithm === "AES256" && rule.kmsMasterKeyId !== undefined) {
      refuse(
        400,
        "InvalidArgument",
        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
      );
    }
  },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
const cors = setting("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", ({ inputs }) => {
  const rules = inputs.corsRules as Record<string, string[] | undefined>[];
  if (rules.length < 1 || rules.length > 100) {
    refuse(400, "MalformedXML", `1 to 100 CORS rules are accepted, not ${rules.length}`);
  }
  for (const { allowedMethods = [], allowedOrigins = [], allowedHeaders = [], exposeHeaders = [] } of rules) {
    const method = allowedMethods.find((name) => !["GET", "PUT", "POST", "DELETE", "HEAD"].includes(name));
    if (method !== undefined) {
      refuse(
        400,
        "InvalidRequest",
        `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
      );
    }
    if (allowedMethods.length === 0 || allowedOrigins.length === 0) {
      refuse(400, "MalformedXML", "a CORS rule needs at least one method and one origin");
    }
    const wild = [...allowedOrigins, ...allowedHeaders].find((text) => text.split("*").length > 2);
    if (wild !== undefined) refuse(400, "InvalidRequest", `"${wild}" can not have more than one wildcard.`);
    const exposed = exposeHeaders.find((text) => text.includes("*"));
    if (exposed !== undefined) {
      refuse(
        400,
        "InvalidRequest",
        `ExposeHeader "${exposed}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
      );
    }
  }
});

/** The bucket settings that are separate resources, by type. */
export const settings: ByType<Kind> = {
  [OWNERSHIP]: ownership,
  [BLOCK]: block,
  "aws:s3/bucketAcl:BucketAcl": acl,
  "aws:s3/bucketVersioning:BucketVersioning": versioning,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": encryption,
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": cors,
};

/** Whether ACLs are disabled in a bucket, the default for new buckets since April 2023. */
export function ownerEnforced(things: Things, bucket: string): boolean {
  const rule = things.named(OWNERSHIP, "", bucket)?.properties.rule as Properties | undefined;
  return (rule?.objectOwnership ?? "BucketOwnerEnforced") === "BucketOwnerEnforced";
}

/**
 * Whether a bucket blocks public policies or ACLs. New buckets block both since April 2023:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
export function blocks(
  things: Things,
  bucket: string,
  what: "blockPublicPolicy" | "blockPublicAcls",
): boolean {
  const block = things.named(BLOCK, "", bucket);
  return block === undefined || block.properties[what] === true;
}
