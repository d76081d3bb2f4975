import assert from "node:assert/strict";
import { test } from "vitest";
import { appPolicy } from "../../components/bucket/policies";
import { type Properties, Secret } from "../../providers/protocol/provider";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { aws } from "../../stagewright/rehearsal/vendors/aws";
import { play } from "./vendor-play";

const USER = "aws:iam/user:User";
const KEY = "aws:iam/accessKey:AccessKey";
const POLICY = "aws:iam/userPolicy:UserPolicy";
const ROLE = "aws:iam/role:Role";
const OIDC = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

async function account(id = "111111111111", store = new CloudStore(":memory:")) {
  return play(aws, { config: { region: "us-east-2", allowedAccountIds: JSON.stringify([id]) }, store });
}

test("a user's name is taken in its account, whatever the case, and free in another", async () => {
  const own = await account();
  const { id, state } = await own.create(USER, "u", { name: "dandi-api" });
  assert.equal(id, "dandi-api");
  assert.equal(state.arn, "arn:aws:iam::111111111111:user/dandi-api");
  assert.match(String(state.uniqueId), /^AIDA[A-Z2-7]{17}$/);
  await assert.rejects(own.create(USER, "u", { name: "DANDI-api" }), /409 EntityAlreadyExists/);
  await assert.rejects(own.create(USER, "u", { name: "a b" }), /400 ValidationError/);

  const other = await account("222222222222", own.store);
  const twin = await other.create(USER, "u", { name: "dandi-api" });
  assert.equal(twin.state.arn, "arn:aws:iam::222222222222:user/dandi-api");
  await other.remove(USER, "u", "dandi-api");
  const ref = { urn: "urn", type: USER, name: "u" };
  assert.deepEqual((await own.session.read(ref, "dandi-api", { name: "dandi-api" }, state))?.state, state);
});

test("a user has at most two keys, each its own, with a secret that stays secret", async () => {
  const { create, remove, session } = await account();
  await assert.rejects(create(KEY, "k", { user: "dandi-api" }), /404 NoSuchEntity/);
  await create(USER, "u", { name: "dandi-api" });
  const first = await create(KEY, "k", { user: "dandi-api" });
  const second = await create(KEY, "k", { user: "dandi-api" });
  assert.match(first.id, /^AKIA[A-Z2-7]{16}$/);
  assert.notEqual(first.id, second.id);
  assert.ok(first.state.secret instanceof Secret && second.state.secret instanceof Secret);
  assert.ok(first.state.sesSmtpPasswordV4 instanceof Secret);
  assert.match(String(first.state.secret.value), /^[A-Za-z0-9+/]{40}$/);
  assert.notEqual(first.state.secret.value, second.state.secret.value);
  await assert.rejects(create(KEY, "k", { user: "dandi-api" }), /409 LimitExceeded/);

  const ref = { urn: "urn", type: KEY, name: "k" };
  await session.update(ref, first.id, {}, { user: "dandi-api", status: "Inactive" }, false);
  await remove(KEY, "k", second.id);
  const third = await create(KEY, "k", { user: "dandi-api" });
  assert.ok(![first.id, second.id].includes(third.id), "an id is given once");
});

test("a replaced key is made before the old one goes, so that the app never lacks one", async () => {
  const { create, session } = await account();
  await create(USER, "u", { name: "dandi-api" });
  const { id } = await create(KEY, "k", { user: "dandi-api" });
  const ref = { urn: "urn", type: KEY, name: "k" };
  const diff = await session.diff(ref, id, { user: "dandi-api" }, { user: "dandi-api", pgpKey: "k" }, []);
  assert.deepEqual(diff, { changes: { pgpKey: "add-replace" }, deleteBeforeReplace: false });
});

test("a user with policies or keys stays, unless the keys go by force", async () => {
  const { create, remove, update, store } = await account();
  await create(USER, "u", { name: "dandi-api" });
  const policy = JSON.stringify(appPolicy("dandi-data", true));
  const { id } = await create(POLICY, "p", { name: "bucket", user: "dandi-api", policy });
  assert.equal(id, "dandi-api:bucket");
  await create(KEY, "k", { user: "dandi-api" });
  await assert.rejects(remove(USER, "u", "dandi-api"), /409 DeleteConflict: .*policies/);
  await remove(POLICY, "p", id);
  await assert.rejects(remove(USER, "u", "dandi-api"), /409 DeleteConflict: .*access keys/);
  await update(USER, "u", "dandi-api", { name: "dandi-api", forceDestroy: true });
  await remove(USER, "u", "dandi-api");
  assert.deepEqual(store.all(), []);
});

test("an inline policy that IAM does not take is refused", async () => {
  const { create } = await account();
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::dandi-data/*" };
  const put = (name: string, change: Properties) =>
    create(POLICY, "p", {
      name,
      user: "dandi-api",
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] }),
    });
  await assert.rejects(put("one", {}), /404 NoSuchEntity/);
  await create(USER, "u", { name: "dandi-api" });
  await assert.rejects(put("one", { Principal: "*" }), /400 MalformedPolicyDocument: .*principal/);
  await assert.rejects(put("one", { Resource: undefined }), /must contain resources/);
  await assert.rejects(put("one", { Resource: "dandi-data" }), /must be in ARN format/);
  await assert.rejects(put("one", { Action: "GetObject" }), /invalid action/);
  const long = (size: number) => ({ Resource: `arn:aws:s3:::dandi-data/${"x".repeat(size)}` });
  await put("one", long(1500));
  await assert.rejects(put("two", long(500)), /409 LimitExceeded: Maximum policy size of 2048/);
  await put("one", long(1800));
});

test("a role trusts somebody who exists, and an identity provider is one to an account", async () => {
  const { create, remove } = await account();
  const github = { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"] };
  const { id } = await create(OIDC, "github", github);
  assert.equal(id, "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com");
  await assert.rejects(create(OIDC, "github", github), /409 EntityAlreadyExists/);
  await assert.rejects(create(OIDC, "plain", { ...github, url: "http://x.org" }), /400 ValidationError/);

  const trust = (change: Properties) =>
    create(ROLE, "deploys", {
      name: "deploys",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", ...change }],
      }),
    });
  await assert.rejects(trust({}), /must contain a principal/);
  await assert.rejects(trust({ Principal: { AWS: "arn:aws:iam::1:user/x" } }), /Invalid principal/);
  await assert.rejects(trust({ Principal: "*", Action: "s3:GetObject" }), /STS AssumeRole actions/);
  await assert.rejects(trust({ Principal: "*", Resource: "*" }), /prohibited field Resource/);
  const role = await trust({ Principal: { Federated: id } });
  assert.equal(role.state.arn, "arn:aws:iam::111111111111:role/deploys");
  await assert.rejects(trust({ Principal: { Federated: id } }), /409 EntityAlreadyExists/);
  const policy = JSON.stringify(appPolicy("dandi-data", false));
  const inline = await create("aws:iam/rolePolicy:RolePolicy", "p", {
    name: "bucket",
    role: "deploys",
    policy,
  });
  await assert.rejects(remove(ROLE, "deploys", "deploys"), /409 DeleteConflict/);
  await remove("aws:iam/rolePolicy:RolePolicy", "p", inline.id);
  await remove(ROLE, "deploys", "deploys");
});

test("the provider works in the account it is told, or not at all", () => {
  const json = JSON.stringify;
  const region = "us-east-2";
  const roleArn = "arn:aws:iam::222222222222:role/deploys";
  assert.equal(aws.caller({ region }).account, "000000000000");
  assert.equal(aws.caller({ region, allowedAccountIds: json(["111111111111"]) }).account, "111111111111");
  assert.equal(aws.caller({ region, assumeRoles: json([{ roleArn }]) }).account, "222222222222");
  const wrong = { region, assumeRoles: json([{ roleArn }]), allowedAccountIds: json(["111111111111"]) };
  assert.throws(() => aws.caller(wrong), /AWS account ID not allowed: 222222222222/);
  const forbidden = { region, forbiddenAccountIds: json(["000000000000"]) };
  assert.throws(() => aws.caller(forbidden), /AWS account ID not allowed: 000000000000/);
  assert.throws(() => aws.caller({}), /missing region/);
  assert.throws(() => aws.caller({ region: "Ohio" }), /invalid AWS Region: Ohio/);
  assert.throws(() => aws.caller({ region, assumeRoles: json([{ roleArn: "deploys" }]) }), /cannot assume/);
});
