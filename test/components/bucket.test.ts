import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, test } from "vitest";
import { Bucket, type BucketArgs } from "../../components/bucket";
import { awsAccounts } from "../../components/providers/aws";
import { bucket as schema } from "../../stagewright/environment/schema/bucket";

interface Made {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  provider: string | undefined;
}

let made: Made[] = [];
let options: Record<string, pulumi.CustomResourceOptions> = {};

pulumi.runtime.setMocks({
  newResource({ type, name, inputs, id, provider }) {
    made.push({ type, name, inputs, provider });
    return { id: id || `${name}-id`, state: { ...inputs, arn: `arn:${name}` } };
  },
  call: ({ inputs }) => inputs,
});

beforeEach(() => {
  made = [];
  options = {};
});

const accounts = {
  project: { id: "111111111111", region: "us-east-2" as const },
  sponsored: {
    id: "222222222222",
    region: "us-east-2" as const,
    role: "arn:aws:iam::222222222222:role/infrastructure",
  },
};

const SPEC = {
  name: "dandi-data",
  account: "sponsored",
  access: "public-read",
  user: "dandi-api",
  logs: { bucket: "dandi-logs", days: 30 },
  lifecycle: { expireOldVersionsAfterDays: 60 },
};

async function build(spec: object = {}, args: Partial<BucketArgs> = {}): Promise<Bucket> {
  const account = awsAccounts(accounts, { system: "dandi", environment: "production" });
  const { id: accountId, region, provider } = account("sponsored");
  const bucket = new Bucket(
    "bucket",
    {
      spec: schema.parse({ ...SPEC, ...spec }),
      accountId,
      region,
      corsOrigins: ["https://gui.example.org"],
      protected: true,
      ...args,
    },
    {
      provider,
      transformations: [
        ({ type, name, props, opts }) => {
          options[`${type} ${name}`] = opts;
          return { props, opts };
        },
      ],
    },
  );
  await new Promise((resolve) => pulumi.all([bucket.bucketName, bucket.accessKeyId]).apply(resolve));
  await settled();
  return bucket;
}

// Every registration of the program has been answered.
async function settled(): Promise<void> {
  for (let before = -1; before !== made.length; ) {
    before = made.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// By a type token or its last part.
function find(type: string, name: string): Made {
  const found = made.find(
    (one) => (one.type === type || one.type.endsWith(`/${decap(type)}:${type}`)) && one.name === name,
  );
  assert.ok(found, `${type} ${name} among ${made.map(({ type, name }) => `${type} ${name}`).join(", ")}`);
  return found;
}

const decap = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const policyOf = ({ inputs }: Made) => JSON.parse(String(inputs.policy)).Statement as { Sid: string }[];
const sids = (one: Made) => policyOf(one).map(({ Sid }) => Sid);

test("a public bucket lets anybody read, over TLS alone, and blocks ACLs", async () => {
  await build();
  assert.deepEqual(find("BucketPublicAccessBlock", "bucket-public-access").inputs, {
    bucket: "dandi-data",
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: false,
    restrictPublicBuckets: false,
  });
  assert.deepEqual(sids(find("BucketPolicy", "bucket-policy")), [
    "DenyWithoutTls",
    "PublicRead",
    "PublicList",
  ]);
});

test("a private bucket blocks everything public", async () => {
  await build({ access: "private" });
  const { bucket, ...blocked } = find("BucketPublicAccessBlock", "bucket-public-access").inputs;
  assert.equal(bucket, "dandi-data");
  assert.deepEqual(Object.values(blocked), [true, true, true, true]);
  assert.deepEqual(sids(find("BucketPolicy", "bucket-policy")), ["DenyWithoutTls"]);
});

test("protected data is protected and kept, all of it but the user; disposable data goes by force", async () => {
  await build();
  const kept = () =>
    Object.entries(options)
      .filter(([type]) => type.startsWith("aws:"))
      .map(([type, { protect, retainOnDelete }]) => [type, protect === true, retainOnDelete === true]);
  assert.equal(kept().length, 18);
  for (const [type, ...flags] of kept()) {
    const data = String(type).startsWith("aws:s3/");
    assert.deepEqual(flags, [data, data], String(type));
  }
  assert.equal(find("Bucket", "bucket").inputs.forceDestroy, false);

  made = [];
  await build({}, { protected: false });
  assert.equal(kept().length, 18);
  for (const [type, ...flags] of kept()) assert.deepEqual(flags, [false, false], String(type));
  for (const name of ["bucket", "bucket-logs"]) assert.equal(find("Bucket", name).inputs.forceDestroy, true);
  assert.equal(find("User", "bucket-user").inputs.forceDestroy, true);
});

test("logs go to a private bucket that takes them from this one alone, and go away in time", async () => {
  await build();
  assert.equal(find("BucketLogging", "bucket-logging").inputs.targetBucket, "dandi-logs");
  const [, statement] = policyOf(find("BucketPolicy", "bucket-logs-policy"));
  assert.deepEqual(statement, {
    Sid: "AccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::dandi-logs/*",
    Condition: {
      ArnEquals: { "aws:SourceArn": "arn:aws:s3:::dandi-data" },
      StringEquals: { "aws:SourceAccount": "222222222222" },
    },
  });
  const { blockPublicPolicy } = find("BucketPublicAccessBlock", "bucket-logs-public-access").inputs;
  assert.equal(blockPublicPolicy, true);
  const [rule] = find("BucketLifecycleConfiguration", "bucket-logs-lifecycle").inputs.rules as object[];
  assert.deepEqual(rule, { id: "expire-logs", status: "Enabled", filter: {}, expiration: { days: 30 } });
});

test("a policy waits for the block that may allow it, and logs for the policy that takes them", async () => {
  await build();
  const waitsFor = (type: string, name: string) =>
    [options[`${type} ${name}`]?.dependsOn ?? []].flat().map((resource) => {
      assert.ok(resource instanceof pulumi.CustomResource);
      return resource.urn;
    });
  const urns = (...of: pulumi.Input<pulumi.Input<string>[]>[]) =>
    new Promise<string[]>((resolve) => pulumi.all(of).apply((all) => resolve(all.flat())));
  const [block, policy] = await urns(
    waitsFor("aws:s3/bucketPolicy:BucketPolicy", "bucket-policy"),
    waitsFor("aws:s3/bucketLogging:BucketLogging", "bucket-logging"),
  );
  assert.match(String(block), /::bucket-public-access$/);
  assert.match(String(policy), /::bucket-logs-policy$/);
});

test("what is not wanted is not there", async () => {
  await build({ logs: undefined, versioning: false, lifecycle: undefined }, { corsOrigins: [] });
  assert.ok(!made.some(({ type }) => /Cors|Logging/.test(type)));
  assert.equal(made.filter(({ type }) => type === "aws:s3/bucket:Bucket").length, 1);
  const { versioningConfiguration } = find("BucketVersioning", "bucket-versioning").inputs;
  assert.deepEqual(versioningConfiguration, { status: "Suspended" });
  const { rules } = find("BucketLifecycleConfiguration", "bucket-lifecycle").inputs;
  assert.deepEqual(
    (rules as { id: string }[]).map(({ id }) => id),
    ["drop-unfinished-uploads"],
  );
  assert.doesNotMatch(String(find("UserPolicy", "bucket-user").inputs.policy), /Version[^"]/);
});

test("only pages of the environment's GUI may call the bucket", async () => {
  await build();
  const [rule] = find("BucketCorsConfiguration", "bucket-cors").inputs.corsRules as Record<string, unknown>[];
  assert.deepEqual(rule?.allowedOrigins, ["https://gui.example.org"]);
  assert.deepEqual(rule?.exposeHeaders, ["ETag"]);
});

test("everything is made in the bucket's account, by assuming its role, and says whose it is", async () => {
  const bucket = await build();
  const provider = find("pulumi:providers:aws", "aws-sponsored");
  assert.deepEqual(provider.inputs.allowedAccountIds, JSON.stringify(["222222222222"]));
  assert.match(String(provider.inputs.assumeRoles), /arn:aws:iam::222222222222:role\/infrastructure/);
  assert.deepEqual(JSON.parse(String(provider.inputs.defaultTags)), {
    tags: { system: "dandi", environment: "production", "managed-by": "stagewright" },
  });
  for (const one of made.filter(({ type }) => type.startsWith("aws:"))) {
    assert.match(String(one.provider), /::aws-sponsored::/, one.name);
  }
  assert.ok(!made.some(({ name }) => name === "aws-project"), "an account that nobody uses has no provider");
  assert.equal(await new Promise((resolve) => bucket.region.apply(resolve)), "us-east-2");
});

test("an account that is not stated is named, with those that are", () => {
  const account = awsAccounts(accounts, { system: "dandi", environment: "staging" });
  assert.throws(
    () => account("sponsred"),
    /'sponsred' is not among the stated AWS accounts \(project, sponsored\)/,
  );
});
