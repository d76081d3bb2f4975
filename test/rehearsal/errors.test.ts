import assert from "node:assert/strict";
import { test } from "vitest";
import { condensed } from "../../stagewright/rehearsal/errors";

const refused = (what: string, name: string) =>
  `unable to ${what} resource "${name}"\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag`;

test("what is protected is told in one sentence, and the word that it failed is left out", () => {
  const errors = [
    refused("replace", "bucket"),
    refused("replace", "bucket-policy"),
    refused(
      "delete",
      "urn:pulumi:production::dandi::stagewright:index:Environment$heroku:addon/addon:Addon::broker",
    ),
    'Preview failed: resource "urn:pulumi:production::dandi::aws:s3/bucket:Bucket::bucket" cannot be deleted\nbecause it is protected. To unprotect the resource, remove it',
  ];
  assert.deepEqual(condensed([...errors, "422: no", "preview failed"]), [
    "the engine does not replace what is protected: bucket, bucket-policy",
    "the engine does not delete what is protected: broker, bucket",
    "422: no",
  ]);
});

test("where nothing else is known, that it failed is told", () => {
  assert.deepEqual(condensed(["preview failed"]), ["preview failed"]);
  assert.deepEqual(condensed([]), []);
});
