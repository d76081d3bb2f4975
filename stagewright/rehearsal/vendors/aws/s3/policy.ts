import type { Things } from "../../../store";
import { refuse } from "../errors";
import {
  checkPrincipals,
  isPublic,
  type Malformed,
  parsePolicy,
  policySize,
  type Statement,
} from "../policy";
import { blocks, setting } from "./settings";

export const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: MalformedPolicy
const malformed: Malformed = (why) => refuse(400, "MalformedPolicy", why);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const policy = setting(POLICY, ({ inputs, things }) => {
  const bucket = String(inputs.bucket);
  const statements = parsePolicy(inputs.policy, malformed);
  checkPrincipals(statements, things, malformed);
  for (const statement of statements) checkStatement(statement, bucket);
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html: 20 KB
  if (policySize(inputs.policy) > 20_480)
    refuse(400, "PolicyTooLarge", "Policy exceeds the maximum size of 20 KB");
  if (isPublic(statements) && blocks(things, bucket, "blockPublicPolicy")) {
    refuse(
      403,
      "AccessDenied",
      `not authorized to perform s3:PutBucketPolicy on ${bucket} because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access`,
    );
  }
});

/** Whether a bucket's policy lets S3 write the access logs of another bucket into it. */
export function takesLogsOf(
  things: Things,
  target: string,
  source: { bucket: string; account: string },
): boolean {
  const stored = things.named(POLICY, "", target)?.properties.policy;
  if (stored === undefined) return false;
  const expected: Record<string, string> = {
    "aws:sourcearn": `arn:aws:s3:::${source.bucket}`,
    "aws:sourceaccount": source.account,
  };
  return parsePolicy(stored, malformed).some(
    ({ effect, principals, actions, resources, condition }) =>
      effect === "Allow" &&
      principals.includes("Service:logging.s3.amazonaws.com") &&
      actions.some((action) => ["s3:PutObject", "s3:*"].includes(action)) &&
      resources.some((resource) => resource.startsWith(`arn:aws:s3:::${target}/`)) &&
      Object.values(condition)
        .flatMap((keys) => Object.entries(keys))
        .every(([key, value]) => {
          const wanted = expected[key.toLowerCase()];
          return wanted === undefined || [value].flat().some((pattern) => like(wanted, String(pattern)));
        }),
  );
}

function checkStatement({ principals, actions, resources }: Statement, bucket: string): void {
  if (principals.length === 0) malformed("Missing required field Principal");
  if (resources.length === 0) malformed("Missing required field Resource");
  const arn = `arn:aws:s3:::${bucket}`;
  const foreign = resources.find((resource) => resource !== arn && !resource.startsWith(`${arn}/`));
  if (foreign !== undefined) malformed(`Policy has invalid resource: ${foreign}`);
  const unknown = actions.find((action) => action !== "*" && !action.startsWith("s3:"));
  if (unknown !== undefined) malformed(`Policy has invalid action: ${unknown}`);
  // An action on objects with only the bucket's ARN, or the reverse, would never apply.
  for (const action of actions.filter((name) => !name.includes("*"))) {
    const applies = resources.some((resource) => (resource !== arn) === isObjectAction(action));
    if (!applies) malformed(`Action does not apply to any resource(s) in statement: ${action}`);
  }
}

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html: actions
// whose resource type is `object`.
function isObjectAction(action: string): boolean {
  return /^s3:((Get|Put|Delete|Restore|Replicate|Initiate)Object(?!LockConfiguration)|(AbortMultipartUpload|ListMultipartUploadParts|BypassGovernanceRetention|ObjectOwnerOverrideToBucketOwner)$)/.test(
    action,
  );
}

function like(text: string, pattern: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}
