import { isTree } from "../../../environment/merge";
import {
  accountFact,
  type Component,
  detail,
  fact,
  identity,
  type Mark,
  nameFact,
  type Reader,
} from "../component";

/** The bucket, with the account that it is in. */
export const readBucket: Reader = (spec, deployed): Component | undefined => {
  const made = deployed.one("aws:s3/bucket:Bucket", "bucket");
  if (!spec.bucket || !made) return undefined;
  const policy = deployed.one("aws:s3/bucketPolicy:BucketPolicy", "bucket-policy")?.inputs.policy;
  const user = deployed.one("aws:iam/user:User", "bucket-user");
  const logs = deployed.one("aws:s3/bucket:Bucket", "bucket-logs");
  const open = isOpen(policy);
  const marks: Mark[] = [...(open ? (["public"] as const) : [])];
  return {
    role: "bucket",
    vendor: "Amazon S3",
    name: nameFact("bucket", made.inputs.bucket, ["bucket", "name"]),
    facts: [
      ...fact("access", open ? "public read" : "private", ["bucket", "access"]),
      ...accountFact(spec, spec.bucket.account, ["bucket", "account"]),
      ...detail("region", spec.accounts[spec.bucket.account]?.region, [
        "accounts",
        spec.bucket.account,
        "region",
      ]),
      ...identity("IAM user", user?.inputs.name, ["bucket", "user"]),
      ...identity("logs", logs?.inputs.bucket, ["bucket", "logs", "bucket"]),
      ...detail("versions", spec.bucket.versioning ? "kept" : "not kept", ["bucket", "versioning"]),
    ],
    marks: made.protected ? [...marks, "protected"] : marks,
  };
};

/** Whether a bucket policy, as JSON or as a map, allows something to everybody. */
function isOpen(policy: unknown): boolean {
  const document: unknown = typeof policy === "string" ? JSON.parse(policy) : policy;
  if (!isTree(document) || !Array.isArray(document.Statement)) return false;
  return document.Statement.filter(isTree).some(
    ({ Effect, Principal }) => Effect === "Allow" && isEverybody(Principal),
  );
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
function isEverybody(principal: unknown): boolean {
  const named = isTree(principal) ? principal.AWS : principal;
  return [named].flat().includes("*");
}
