import type { EnvironmentSpec } from "../stagewright/environment/schema/environment";
import { hostsLike, namesLike, stackOf } from "../stagewright/ephemeral/names";

/**
 * A statement of an IAM policy,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
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
 * What `pulumi up` of one stack needs at AWS and no more: its own state, what its spec names in
 * this account, and the roles that the spec names in other ones.
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
  return upRights(system, stack, [spec], account, place);
}

/**
 * What making and destroying the ephemeral environments of a system needs: their state, and what
 * has the name of one.
 *
 * @param likes the stacks that they may be like
 */
export function ephemeralRights(
  system: string,
  likes: readonly EnvironmentSpec[],
  account: string,
  place: StatePlace,
): Statement[] {
  return [
    ...upRights(system, stackOf("*"), likes.map(ephemeralOf), account, place),
    // To find what no stack owns: neither takes a narrower resource.
    allow("OrphansFind", ["s3:ListAllMyBuckets", "iam:ListUsers"], "*"),
  ];
}

/**
 * What `pulumi preview` of any stack of a system needs in this account: to read its state and to
 * look up what it refers to.
 */
export function previewRights(system: string, place: StatePlace): Statement[] {
  return [...stateRights("Read", place, [`.pulumi/stacks/${system}/*`]), zoneLookup()];
}

/**
 * What comparing the stacks of a system with what is there needs: to read what they name in this
 * account, and the roles of other accounts, since a stack's state says by which role they are
 * reached.
 */
export function driftRights(
  system: string,
  specs: readonly EnvironmentSpec[],
  account: string,
  place: StatePlace,
): Statement[] {
  const { buckets, users } = bucketsOf(specs, account);
  return [
    ...previewRights(system, place),
    allow("RecordsRead", ["route53:ListResourceRecordSets"], "arn:aws:route53:::hostedzone/*"),
    ...(buckets.length === 0
      ? []
      : [allow("BucketsRead", BUCKET_READS, buckets), allow("BucketUsersRead", USER_READS, users)]),
    ...otherAccounts(specs),
  ];
}

function upRights(
  system: string,
  stack: string,
  specs: readonly EnvironmentSpec[],
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
    ...bucketRights(specs, account),
    ...recordRights(specs, account),
    ...otherAccounts(specs),
  ];
}

// All ephemeral environments like that one at once: each name is the pattern of all of theirs.
function ephemeralOf(like: EnvironmentSpec): EnvironmentSpec {
  const { name, dns, api, gui, bucket } = like;
  const hosted = <T extends { host?: string | undefined }>(part: T): T =>
    part.host === undefined ? part : { ...part, host: hostsLike(part.host, dns?.zone, name) };
  return {
    ...like,
    ...(api && { api: hosted(api) }),
    ...(gui && { gui: hosted(gui) }),
    ...(bucket && {
      bucket: {
        ...bucket,
        name: namesLike(bucket.name, name, "bucket"),
        user: namesLike(bucket.user, name, "user"),
        logs: undefined,
      },
    }),
  };
}

// What the S3 backend of Pulumi reads and writes:
// https://www.pulumi.com/docs/iac/concepts/state-and-backends/
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

function bucketRights(specs: readonly EnvironmentSpec[], account: string): Statement[] {
  const { buckets, users } = bucketsOf(specs, account);
  if (buckets.length === 0) return [];
  const withObjects = buckets.flatMap((arn) => [arn, `${arn}/*`]);
  return [
    allow("Buckets", [...BUCKET_READS, ...BUCKET_WRITES], withObjects),
    allow("BucketUser", [...USER_READS, ...USER_WRITES], users),
  ];
}

/** ARNs of the buckets that environments have in an account, and of the apps' users on them. */
function bucketsOf(
  specs: readonly EnvironmentSpec[],
  account: string,
): { buckets: string[]; users: string[] } {
  const owners = specs.flatMap(({ bucket, accounts }) =>
    bucket?.account === account ? [{ bucket, id: accounts[account]?.id }] : [],
  );
  return {
    buckets: unique(
      owners.flatMap(({ bucket: { name, logs } }) => (logs ? [name, logs.bucket] : [name])),
    ).map((name) => `arn:aws:s3:::${name}`),
    users: unique(owners.map(({ bucket, id }) => `arn:aws:iam::${id}:user/${bucket.user}`)),
  };
}

// Of a zone that other systems use too, the environments' own records alone:
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
function recordRights(specs: readonly EnvironmentSpec[], account: string): Statement[] {
  const hosts = unique(
    specs
      .filter(({ dns }) => dns?.account === account)
      .flatMap(({ api, gui }) => [api?.host, gui?.host])
      .filter((host) => host !== undefined),
  );
  if (hosts.length === 0) return [];
  return [
    zoneLookup(),
    {
      ...allow("Records", ["route53:ChangeResourceRecordSets"], "arn:aws:route53:::hostedzone/*"),
      Condition: {
        "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": hosts },
      },
    },
    allow("RecordsRead", ["route53:ListResourceRecordSets"], "arn:aws:route53:::hostedzone/*"),
    allow("RecordsWait", ["route53:GetChange"], "arn:aws:route53:::change/*"),
  ];
}

// An account that an environment states and makes nothing in is not its role's to reach.
function otherAccounts(specs: readonly EnvironmentSpec[]): Statement[] {
  const roles = specs.flatMap(({ accounts, bucket, dns }) =>
    [bucket?.account, dns?.account].flatMap((name) => accounts[name ?? ""]?.role ?? []),
  );
  return roles.length === 0 ? [] : [allow("OtherAccounts", ["sts:AssumeRole"], unique(roles))];
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

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
