import assert from "node:assert/strict";
import { test } from "vitest";
import { prefixPolicy } from "../../components/bucket/policies";
import { SharedAddon } from "../../components/shared-addon";
import { declared } from "./declared";

test("of a shared bucket the app reaches what is below its prefix, and nothing else", () => {
  const { Statement: statements } = prefixPolicy("a-bucket", "eph-pr-1/");
  const [bucket, list, objects] = statements;
  assert.equal(statements.length, 3);
  assert.deepEqual([bucket?.Action, bucket?.Resource], ["s3:GetBucketLocation", "arn:aws:s3:::a-bucket"]);
  assert.deepEqual(list?.Condition, { StringLike: { "s3:prefix": "eph-pr-1/*" } });
  assert.equal(objects?.Resource, "arn:aws:s3:::a-bucket/eph-pr-1/*");
});

test("of a shared add-on only the attachment is made", async () => {
  const { result, resources } = await declared(
    (opts) =>
      new SharedAddon(
        "database",
        { addon: "staging-database", appId: "app-id", prefix: "DATABASE", credential: "reader" },
        opts,
      ),
  );
  assert.deepEqual(
    [...resources.keys()].filter((key) => key.startsWith("heroku:")),
    ["heroku:addon/attachment:Attachment database"],
  );
  const { inputs } = resources.get("heroku:addon/attachment:Attachment database") ?? assert.fail();
  assert.equal(inputs.name, "DATABASE");
  assert.equal(inputs.namespace, "credential:reader");
  assert.equal(result.variable, "DATABASE_URL");
});
