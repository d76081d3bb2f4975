import { isTree, type Tree } from "../../environment/merge";
import { quoted } from "../../environment/problems";
import type { Stated } from "../../release/stated";
import type { ResourceType } from "../../resources/types";
import { inputsOf, listOf, nameOf, textAt } from "../resource";
import type { ResourceRule, StackRule } from "../rule";
import { statementsOf } from "../statements";

const PUBLIC_ACLS = new Set(["public-read", "public-read-write", "authenticated-read", "log-delivery-write"]);
const READS = new Set(["s3:GetObject", "s3:ListBucket"]);

/** A bucket is public only where the spec says that somebody sponsors it. */
export const bucketPublic: ResourceRule = {
  name: "bucket-public",
  severity: "error",
  title: "No bucket is public unless the spec says so and its account is a sponsor's",
  because: "whoever knows the name of a public bucket can read everything in it, at the owner's cost",
  fix: "keep `bucket.access: private`; for public data state `access: public-read` and an account with the `role` that the sponsor gave",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  each(resource, { stated }, provider) {
    const opened = openings(resource.type, inputsOf(resource));
    if (opened.length === 0) return [];
    const writes = opened.filter(({ reads }) => !reads).map(({ says }) => says);
    return isSponsors(stated, provider) ? writes : opened.map(({ says }) => says);
  },
};

interface Opening {
  says: string;
  /** It lets people read objects and list them, and nothing else. */
  reads: boolean;
}

function openings(type: ResourceType, inputs: Tree): Opening[] {
  switch (type) {
    case "aws:s3/bucketPolicy:BucketPolicy":
      return statementsOf(inputs.policy)
        .filter(({ allows, everybody, condition }) => allows && everybody && !isNarrowed(condition))
        .map(({ name, actions }) => ({
          says: `lets everybody ${actions.map((action) => quoted(action)).join(", ")} (statement ${quoted(name)})`,
          reads: actions.every((action) => READS.has(action)),
        }));
    case "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":
      return [
        // Closed against policies, or open to one that the rule sees; ACLs are closed in any case.
        ...["blockPublicPolicy", "restrictPublicBuckets"].map((key) => ({ key, reads: true })),
        ...["blockPublicAcls", "ignorePublicAcls"].map((key) => ({ key, reads: false })),
      ]
        .filter(({ key }) => inputs[key] !== true)
        .map(({ key, reads }) => ({ says: `does not keep the public out: ${key} is not true`, reads }));
    case "aws:s3/bucketAcl:BucketAcl":
    case "aws:s3/bucket:Bucket":
    case "digitalocean:index/spacesBucket:SpacesBucket": {
      const acl = textAt(inputs, "acl") ?? "private";
      return PUBLIC_ACLS.has(acl)
        ? [{ says: `is open by its ACL ${quoted(acl)}`, reads: acl === "public-read" }]
        : [];
    }
    default:
      return [];
  }
}

// How somebody comes is no matter of who it is.
function isNarrowed(condition: Tree): boolean {
  const keys = Object.values(condition).flatMap((test) => Object.keys(isTree(test) ? test : {}));
  return keys.some((key) => !["aws:securetransport", "s3:tlsversion"].includes(key.toLowerCase()));
}

function isSponsors({ sponsor }: Stated, provider: Tree | undefined): boolean {
  if (sponsor === undefined || provider === undefined) return false;
  const roles = listOf(provider.assumeRoles).map((role) => textAt(role, "roleArn"));
  return listOf(provider.allowedAccountIds).includes(sponsor.account) && roles.includes(sponsor.role);
}

/** Nobody reaches a bucket without TLS. */
export const bucketTls: StackRule = {
  name: "bucket-tls",
  severity: "error",
  title: "Every bucket's policy denies what comes without TLS",
  because: "S3 answers plain HTTP too, which anybody on the way can read and change",
  fix: "give the bucket a policy that denies `s3:*` to everybody where `aws:SecureTransport` is false (components/bucket/policies.ts)",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit",
  all(resources) {
    const policies = resources
      .filter(({ type }) => type === "aws:s3/bucketPolicy:BucketPolicy")
      .map(inputsOf);
    const buckets = resources.filter(({ type }) => type === "aws:s3/bucket:Bucket");
    return buckets.flatMap((resource) => {
      const bucket = textAt(inputsOf(resource), "bucket") ?? nameOf(resource);
      const own = policies.filter((policy) => (policy.bucket ?? bucket) === bucket); // or not known yet
      return own.some(({ policy }) => policy === undefined || deniesWithoutTls(policy, bucket))
        ? []
        : [{ resource, says: "has no policy that denies requests without TLS" }];
    });
  },
};

function deniesWithoutTls(policy: unknown, bucket: string): boolean {
  return statementsOf(policy).some(({ allows, everybody, actions, resources, condition }) => {
    const insecure = Object.values(condition).some(
      (test) => isTree(test) && String(listOf(test["aws:SecureTransport"])[0]) === "false",
    );
    const everything = actions.some((action) => action === "*" || action === "s3:*");
    const objects = resources.some((arn) => arn === "*" || arn.endsWith(`:${bucket}/*`));
    return !allows && everybody && everything && objects && insecure;
  });
}
