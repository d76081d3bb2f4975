/**
 * A policy document,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: Statement[];
}

interface Statement {
  Sid: string;
  Effect: "Allow" | "Deny";
  /** Whom it is about; only in the policy of a resource. */
  Principal?: "*" | { Service: string };
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

/**
 * Who may reach a bucket from outside its account's own rights: nobody without TLS, and with
 * `public-read` anybody to read and list objects. Old versions stay with the app, so that what was
 * deleted is no longer public.
 */
export function bucketPolicy(name: string, access: "private" | "public-read"): PolicyDocument {
  const open: Statement[] = [
    {
      Sid: "PublicRead",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `${bucketArn(name)}/*`,
    },
    {
      Sid: "PublicList",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:ListBucket",
      Resource: bucketArn(name),
    },
  ];
  return document(denyWithoutTls(name), ...(access === "public-read" ? open : []));
}

/**
 * Lets S3 write the access logs of one bucket into another one, and nothing else.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function logBucketPolicy(name: string, of: { bucket: string; accountId: string }): PolicyDocument {
  return document(denyWithoutTls(name), {
    Sid: "AccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${bucketArn(name)}/*`,
    Condition: {
      ArnEquals: { "aws:SourceArn": bucketArn(of.bucket) },
      StringEquals: { "aws:SourceAccount": of.accountId },
    },
  });
}

// Reads, writes and deletes, in one part or in many.
const OBJECT_RIGHTS = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:GetObject",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
] as const;

/**
 * What an app needs on its own bucket: read, write, delete and list objects, in one part or in
 * many. With versioning it also reads old versions; it cannot delete them, so that nothing it does
 * is beyond undoing.
 */
export function appPolicy(name: string, versioning: boolean): PolicyDocument {
  return document(
    {
      Sid: "Bucket",
      Effect: "Allow",
      Action: [
        "s3:GetBucketLocation",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        ...(versioning ? ["s3:ListBucketVersions"] : []),
      ],
      Resource: bucketArn(name),
    },
    {
      Sid: "Objects",
      Effect: "Allow",
      Action: [...OBJECT_RIGHTS, ...(versioning ? ["s3:GetObjectVersion"] : [])],
      Resource: `${bucketArn(name)}/*`,
    },
  );
}

/**
 * What an app needs on its part of another environment's bucket: the same below a prefix, and
 * nothing beside it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-policies-s3.html
 */
export function prefixPolicy(name: string, prefix: string): PolicyDocument {
  return document(
    { Sid: "Bucket", Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucketArn(name) },
    {
      Sid: "List",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucketArn(name),
      Condition: { StringLike: { "s3:prefix": `${prefix}*` } },
    },
    {
      Sid: "Objects",
      Effect: "Allow",
      Action: [...OBJECT_RIGHTS],
      Resource: `${bucketArn(name)}/${prefix}*`,
    },
  );
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit
function denyWithoutTls(name: string): Statement {
  return {
    Sid: "DenyWithoutTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn(name), `${bucketArn(name)}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function document(...statements: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}
