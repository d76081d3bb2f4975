import type { EnvironmentSpec } from "../spec/schema/environment";

/** A statement of an IAM policy, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface Statement {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** Where Pulumi keeps the state of a system. */
export interface StatePlace {
  /** Name of the S3 bucket. */
  bucket: string;
  /** ARN of the KMS key that encrypts the secrets in it. */
  keyArn: string;
}

/**
 * What `pulumi up` of one stack needs at AWS and no more: its own state, what its spec names in this account, and the roles that
 * the spec names in other ones.
 *
 * @param system the Pulumi project
 * @param account which of the environment's accounts the role is in
 */
export function deployRights(
  system: string,
  stack: string,
  spec: EnvironmentSpec,
  account: string,
  place: StatePlace,
): Statement[] {
  return [
    ...stateRights("Write", place, [
      `.pulumi/stacks/${system}/${stack}.*`,
      `.pulumi/history/${system}/${stack}/*`,
      `.pulumi/backups/${system}/${stack}/*`,
      `.pulumi/locks/organization/${system}/${stack}/*`,
    ]),
    ...bucketRights(spec, account),
    ...recordRights(spec, account),
    ...otherAccounts(spec),
  ];
}

/** What `pulumi preview` of any stack of a system needs in this account: to read its state and to look up what it refers to. */
export function previewRights(system: string, place: StatePlace): Statement[] {
  return [...stateRights("Read", place, [`.pulumi/stacks/${system}/*`]), zoneLookup()];
}

/**
 * What comparing the stacks of a system with what is there needs: to read what they name in this account, and the roles of other
 * accounts, since a stack's state says by which role they are reached.
 */
export function driftRights(
  system: string,
  specs: readonly EnvironmentSpec[],
  account: string,
  place: StatePlace,
): Statement[] {
  const owners = specs.flatMap(({ bucket, accounts }) =>
    bucket?.account === account ? [{ bucket, id: accounts[account]?.id }] : [],
  );
  const names = owners.flatMap(({ bucket: { name, logs } }) => (logs ? [name, logs.bucket] : [name]));
  const roles = specs.flatMap(rolesOf);
  return [
    ...previewRights(system, place),
    allow("RecordsRead", ["route53:ListResourceRecordSets"], "arn:aws:route53:::hostedzone/*"),
    ...(owners.length === 0
      ? []
      : [
          allow(
            "BucketsRead",
            BUCKET_READS,
            names.map((name) => `arn:aws:s3:::${name}`),
          ),
          allow(
            "BucketUsersRead",
            USER_READS,
            owners.map(({ bucket, id }) => `arn:aws:iam::${id}:user/${bucket.user}`),
          ),
        ]),
    ...(roles.length === 0 ? [] : [allow("OtherAccounts", ["sts:AssumeRole"], [...new Set(roles)])]),
  ];
}

// What the S3 backend of Pulumi reads and writes: https://www.pulumi.com/docs/iac/concepts/state-and-backends/
function stateRights(kind: "Read" | "Write", { bucket, keyArn }: StatePlace, paths: string[]): Statement[] {
  const arn = `arn:aws:s3:::${bucket}`;
  const own = paths.map((path) => `${arn}/${path}`);
  return [
    allow("StateList", ["s3:ListBucket", "s3:GetBucketLocation"], arn),
    allow("StateMeta", ["s3:GetObject"], `${arn}/.pulumi/meta.yaml`),
    allow("State", ["s3:GetObject", ...(kind === "Write" ? ["s3:PutObject", "s3:DeleteObject"] : [])], own),
    allow(
      "Secrets",
      ["kms:Decrypt", ...(kind === "Write" ? ["kms:Encrypt", "kms:GenerateDataKey"] : [])],
      keyArn,
    ),
  ];
}

const BUCKET_READS = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ListBucketVersions",
];

const BUCKET_WRITES = [
  "s3:CreateBucket",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutBucket*",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
];

const USER_READS = ["iam:GetUser", "iam:GetUserPolicy", "iam:ListAccessKeys", "iam:ListGroupsForUser"];

const USER_WRITES = [
  "iam:CreateAccessKey",
  "iam:CreateUser",
  "iam:DeleteAccessKey",
  "iam:DeleteUser",
  "iam:DeleteUserPolicy",
  "iam:PutUserPolicy",
  "iam:TagUser",
  "iam:UntagUser",
  "iam:UpdateUser",
];

function bucketRights({ bucket, accounts }: EnvironmentSpec, account: string): Statement[] {
  if (!bucket || bucket.account !== account) return [];
  const names = [bucket.name, ...(bucket.logs ? [bucket.logs.bucket] : [])];
  const arns = names.flatMap((name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]);
  const user = `arn:aws:iam::${accounts[account]?.id}:user/${bucket.user}`;
  return [
    allow("Buckets", [...BUCKET_READS, ...BUCKET_WRITES], arns),
    allow("BucketUser", [...USER_READS, ...USER_WRITES], user),
  ];
}

// Of a zone that other systems use too, the environment's own records alone:
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
function recordRights({ dns, api, gui }: EnvironmentSpec, account: string): Statement[] {
  if (!dns || dns.account !== account) return [];
  const hosts = [api?.host, gui?.host].filter((host) => host !== undefined);
  const own = { "route53:ChangeResourceRecordSetsNormalizedRecordNames": hosts };
  return [
    zoneLookup(),
    {
      ...allow("Records", ["route53:ChangeResourceRecordSets"], "arn:aws:route53:::hostedzone/*"),
      Condition: { "ForAllValues:StringEquals": own },
    },
    allow("RecordsRead", ["route53:ListResourceRecordSets"], "arn:aws:route53:::hostedzone/*"),
    allow("RecordsWait", ["route53:GetChange"], "arn:aws:route53:::change/*"),
  ];
}

function otherAccounts(spec: EnvironmentSpec): Statement[] {
  const roles = rolesOf(spec);
  return roles.length === 0 ? [] : [allow("OtherAccounts", ["sts:AssumeRole"], roles)];
}

function rolesOf({ accounts }: EnvironmentSpec): string[] {
  return Object.values(accounts).flatMap(({ role }) => (role === undefined ? [] : [role]));
}

// These name no zone, so they take no other resource.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html
function zoneLookup(): Statement {
  return allow(
    "ZoneLookup",
    [
      "route53:ListHostedZones",
      "route53:ListHostedZonesByName",
      "route53:GetHostedZone",
      "route53:ListTagsForResource",
    ],
    "*",
  );
}

function allow(sid: string, actions: string[], resource: string | string[]): Statement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resource };
}
