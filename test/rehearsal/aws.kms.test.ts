import assert from "node:assert/strict";
import { test } from "vitest";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { aws } from "../../stagewright/rehearsal/vendors/aws";
import { play } from "./vendor-play";

const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";

async function account(id = "111111111111", store = new CloudStore(":memory:")) {
  return play(aws, { config: { region: "us-east-2", allowedAccountIds: JSON.stringify([id]) }, store });
}

test("a key has an ARN of its account and region, and another one in every account", async () => {
  const own = await account();
  const { id, state } = await own.create(KEY, "secrets", { enableKeyRotation: true });
  assert.equal(state.arn, `arn:aws:kms:us-east-2:111111111111:key/${id}`);
  assert.equal(state.keyId, id);
  const other = await (await account("222222222222", own.store)).create(KEY, "secrets", {});
  assert.notEqual(other.id, id);
  await assert.rejects(own.create(KEY, "soon", { deletionWindowInDays: 3 }), /400 ValidationException/);
  await assert.rejects(own.create(KEY, "odd", { policy: "{" }), /400 MalformedPolicyDocumentException/);
});

test("an alias names a key that exists, once in an account and region, and never one of AWS's own", async () => {
  const { create } = await account();
  const { id, state } = await create(KEY, "secrets", {});
  const alias = await create(ALIAS, "a", { name: "alias/pulumi", targetKeyId: id });
  assert.equal(alias.state.arn, "arn:aws:kms:us-east-2:111111111111:alias/pulumi");
  assert.equal(alias.state.targetKeyArn, state.arn);
  const other = create(ALIAS, "b", { name: "alias/pulumi", targetKeyId: id });
  await assert.rejects(other, /400 AlreadyExistsException/);
  await assert.rejects(
    create(ALIAS, "c", { name: "alias/aws/s3", targetKeyId: id }),
    /400 ValidationException/,
  );
  await assert.rejects(create(ALIAS, "d", { name: "alias/d", targetKeyId: "none" }), /400 NotFoundException/);
});
