import assert from "node:assert/strict";
import { test } from "vitest";
import { appPolicy, bucketPolicy, logBucketPolicy } from "../../components/bucket/policies";
import type { Properties } from "../../providers/protocol/provider";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { aws } from "../../stagewright/rehearsal/vendors/aws";
import { putObject } from "../../stagewright/rehearsal/vendors/aws/s3/object";
import { play } from "./vendor-play";

const OWN = "111111111111";
const OTHER = "222222222222";
const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const LOGGING = "aws:s3/bucketLogging:BucketLogging";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

async function account(id = OWN, store = new CloudStore(":memory:"), region = "us-east-2") {
  const config = { region, allowedAccountIds: JSON.stringify([id]) };
  const opened = await play(aws, { config, store });
  return {
    ...opened,
    bucket: (name: string, inputs: Properties = {}) =>
      opened.create(BUCKET, name, { bucket: name, ...inputs }),
    policy: (bucket: string, policy: unknown) =>
      opened.create(POLICY, "policy", { bucket, policy: JSON.stringify(policy) }),
  };
}

test("a bucket is as S3 makes it, and a refresh sees no change", async () => {
  const { bucket, session } = await account();
  const { id, state } = await bucket("dandi-data", { tags: { team: "dandi" } });
  assert.equal(id, "dandi-data");
  assert.equal(state.arn, "arn:aws:s3:::dandi-data");
  assert.equal(state.bucketRegionalDomainName, "dandi-data.s3.us-east-2.amazonaws.com");
  assert.deepEqual(state.tagsAll, { team: "dandi" });
  const ref = { urn: "urn", type: BUCKET, name: "dandi-data" };
  const inputs = { bucket: "dandi-data", tags: { team: "dandi" } };
  assert.deepEqual(await session.read(ref, id, inputs, state), { id, state, inputs });
});

test("a bucket's name is taken for everybody", async () => {
  const own = await account();
  await own.bucket("dandi-data");
  await assert.rejects(own.bucket("dandi-data"), /^ProviderError: 409 BucketAlreadyOwnedByYou/);
  const other = await account(OTHER, own.store);
  await assert.rejects(other.bucket("dandi-data"), /^ProviderError: 409 BucketAlreadyExists/);
});

test("a name that S3 does not take is refused", async () => {
  const { bucket, create } = await account();
  for (const name of [
    "ab",
    "Dandi",
    "a_b-c",
    "-dandi",
    "dandi-",
    "1.2.3.4",
    "a..b",
    "xn--abc",
    "x-s3alias",
  ]) {
    await assert.rejects(bucket(name), /400 InvalidBucketName/, name);
  }
  await bucket("a.good-name--1");
  await assert.rejects(create(BUCKET, "unnamed", {}), /state 'bucket'/);
  await assert.rejects(bucket("inline", { acl: "private" }), /deprecated 'acl'/);
});

test("a setting needs a bucket of its account in its region", async () => {
  const own = await account();
  await assert.rejects(own.create(BLOCK, "b", { bucket: "nowhere" }), /404 NoSuchBucket/);
  await own.bucket("dandi-data");
  const other = await account(OTHER, own.store);
  await assert.rejects(other.create(BLOCK, "b", { bucket: "dandi-data" }), /403 AccessDenied/);
  const elsewhere = await account(OWN, own.store, "eu-west-1");
  await assert.rejects(elsewhere.create(BLOCK, "b", { bucket: "dandi-data" }), /301 PermanentRedirect/);
});

test("a public policy waits for the block to allow it", async () => {
  const { bucket, create, policy } = await account();
  await bucket("dandi-data");
  const open = bucketPolicy("dandi-data", "public-read");
  await assert.rejects(policy("dandi-data", open), /403 AccessDenied: .*BlockPublicPolicy/);
  await policy("dandi-data", bucketPolicy("dandi-data", "private"));
  const block = { bucket: "dandi-data", blockPublicAcls: true, blockPublicPolicy: true };
  await create(BLOCK, "block", block);
  await assert.rejects(policy("dandi-data", open), /403 AccessDenied/);
  await create(BLOCK, "block", { ...block, blockPublicPolicy: false });
  await policy("dandi-data", open);
});

test("an allowance for anybody from one account is not public, one with a wildcard in its condition is", async () => {
  const { bucket, policy } = await account();
  await bucket("dandi-data");
  const from = (value: string) => ({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::dandi-data/*",
      Condition: { StringLike: { "aws:SourceAccount": value } },
    },
  });
  await policy("dandi-data", from(OTHER));
  await assert.rejects(policy("dandi-data", from("*")), /BlockPublicPolicy/);
});

test("a policy that S3 does not understand is refused", async () => {
  const { bucket, policy, create } = await account();
  await bucket("dandi-data");
  const statement = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::dandi-data/*",
  };
  const variants: [Properties, RegExp][] = [
    [{ Principal: undefined }, /Missing required field Principal/],
    [{ Principal: { AWS: `arn:aws:iam::${OTHER}:user/nobody` } }, /Invalid principal in policy/],
    [{ Principal: { Machine: "x" } }, /Invalid principal in policy/],
    [{ Resource: "arn:aws:s3:::another/*" }, /invalid resource/],
    [{ Resource: "arn:aws:s3:::dandi-data" }, /Action does not apply to any resource/],
    [{ Action: "s3:ListBucket" }, /Action does not apply to any resource/],
    [{ Action: "ec2:RunInstances" }, /invalid action/],
    [{ Effect: "Forbid" }, /Invalid effect/],
    [{ Sid: "with space" }, /alpha-numeric/],
    [{ Colour: "red" }, /Unknown field Colour/],
  ];
  for (const [change, message] of variants) {
    const document = { Version: "2012-10-17", Statement: [{ ...statement, ...change }] };
    await assert.rejects(policy("dandi-data", document), message);
    await assert.rejects(policy("dandi-data", document), /400 MalformedPolicy/);
  }
  await assert.rejects(
    policy("dandi-data", { Version: "2020-01-01", Statement: [statement] }),
    /valid version/,
  );
  await assert.rejects(policy("dandi-data", { Version: "2012-10-17" }), /Missing required field Statement/);
  await assert.rejects(create(POLICY, "p", { bucket: "dandi-data", policy: "{no" }), /valid JSON/);
  await policy("dandi-data", { Version: "2012-10-17", Statement: [statement] });
});

test("a bucket with objects goes away only by force, and takes its settings along", async () => {
  const { bucket, create, remove, store } = await account();
  await bucket("kept");
  await bucket("disposable", { forceDestroy: true });
  await create(BLOCK, "block", { bucket: "disposable" });
  for (const name of ["kept", "disposable"]) {
    const thing = store.named(BUCKET, "", name);
    assert.ok(thing);
    putObject(store, thing, "zarr/0");
  }
  await assert.rejects(remove(BUCKET, "kept", "kept"), /409 BucketNotEmpty/);
  await remove(BUCKET, "disposable", "disposable");
  assert.deepEqual(
    store.all().map(({ id }) => id),
    ["kept", "kept/zarr/0"],
  );
});

test("ACLs are off, as in every new bucket", async () => {
  const { bucket, create } = await account();
  await bucket("dandi-data");
  const acl = () => create("aws:s3/bucketAcl:BucketAcl", "acl", { bucket: "dandi-data", acl: "public-read" });
  await assert.rejects(acl(), /400 AccessControlListNotSupported/);
  const rule = { objectOwnership: "ObjectWriter" };
  await create("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "o", { bucket: "dandi-data", rule });
  await assert.rejects(acl(), /403 AccessDenied: .*BlockPublicAcls/);
});

test("versioning that was on can be suspended, not undone", async () => {
  const { bucket, create, update } = await account();
  await bucket("dandi-data");
  const status = (value: string) => ({ bucket: "dandi-data", versioningConfiguration: { status: value } });
  const { id } = await create(VERSIONING, "v", status("Enabled"));
  await assert.rejects(update(VERSIONING, "v", id, status("Disabled")), /cannot be updated from 'Enabled'/);
  await update(VERSIONING, "v", id, status("Suspended"));
  await assert.rejects(create(VERSIONING, "v", status("On")), /400 MalformedXML/);
});

test("access logs need a target that exists, is near, is one's own, and lets S3 write", async () => {
  const own = await account();
  await own.bucket("data");
  const logTo = (targetBucket: string) =>
    own.create(LOGGING, "l", { bucket: "data", targetBucket, targetPrefix: "access/" });
  await assert.rejects(logTo("logs"), /400 InvalidTargetBucketForLogging: .*does not exist/);
  await (await account(OTHER, own.store)).bucket("others-logs");
  await assert.rejects(logTo("others-logs"), /must be the same/);
  await own.bucket("far-logs", { region: "eu-west-1" });
  await assert.rejects(logTo("far-logs"), /403 CrossLocationLoggingProhibitted/);
  await own.bucket("logs");
  await assert.rejects(logTo("logs"), /does not let logging.s3.amazonaws.com/);
  await own.policy("logs", logBucketPolicy("logs", { bucket: "another", accountId: OWN }));
  await assert.rejects(logTo("logs"), /does not let logging.s3.amazonaws.com/);
  await own.policy("logs", logBucketPolicy("logs", { bucket: "data", accountId: OWN }));
  await logTo("logs");
});

test("a lifecycle that S3 does not take is refused", async () => {
  const { bucket, create } = await account();
  await bucket("dandi-data");
  const rule = { id: "one", status: "Enabled", filter: {}, expiration: { days: 90 } };
  const put = (...rules: Properties[]) => create(LIFECYCLE, "l", { bucket: "dandi-data", rules });
  await put(rule);
  await assert.rejects(put(), /1 to 1000/);
  await assert.rejects(put(rule, rule), /Rule ID must be unique/);
  await assert.rejects(put({ ...rule, status: "On" }), /Enabled or Disabled/);
  await assert.rejects(put({ ...rule, expiration: undefined }), /At least one action/);
  await assert.rejects(put({ ...rule, expiration: { days: 0 } }), /'Days' for Expiration action must be/);
  await assert.rejects(
    put({ ...rule, expiration: { days: 9, expiredObjectDeleteMarker: true } }),
    /cannot be specified with Days/,
  );
  await assert.rejects(
    put({ ...rule, transitions: [{ days: 7, storageClass: "STANDARD_IA" }] }),
    /equal to 30/,
  );
  await assert.rejects(
    put({ ...rule, transitions: [{ days: 90, storageClass: "GLACIER" }] }),
    /must be greater than/,
  );
});

test("CORS and encryption that S3 does not take are refused", async () => {
  const { bucket, create } = await account();
  await bucket("dandi-data");
  const cors = (rule: Properties) =>
    create("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "c", {
      bucket: "dandi-data",
      corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://gui.example.org"], ...rule }],
    });
  await cors({ exposeHeaders: ["ETag"], allowedHeaders: ["*"] });
  await assert.rejects(cors({ allowedMethods: ["PATCH"] }), /Unsupported method is PATCH/);
  await assert.rejects(cors({ allowedOrigins: ["https://*.*.org"] }), /more than one wildcard/);
  await assert.rejects(cors({ exposeHeaders: ["*"] }), /ExposeHeader/);
  const encryption = (rule: Properties) =>
    create("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "e", {
      bucket: "dandi-data",
      rules: [{ applyServerSideEncryptionByDefault: rule }],
    });
  await encryption({ sseAlgorithm: "AES256" });
  await assert.rejects(encryption({ sseAlgorithm: "ROT13" }), /400 MalformedXML/);
  await assert.rejects(encryption({ sseAlgorithm: "AES256", kmsMasterKeyId: "k" }), /not applicable/);
});

test("the app's own policy names exactly its bucket and no wildcard action", () => {
  for (const versioning of [true, false]) {
    for (const { Action, Resource } of appPolicy("dandi-data", versioning).Statement) {
      assert.ok([Action].flat().every((action) => /^s3:\w+$/.test(action)));
      assert.match(String(Resource), /^arn:aws:s3:::dandi-data(\/\*)?$/);
    }
  }
});
