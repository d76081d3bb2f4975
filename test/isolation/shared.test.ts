import assert from "node:assert/strict";
import { test } from "vitest";
import { merge, type Tree } from "../../stagewright/environment/merge";
import { environment } from "../../stagewright/environment/schema/environment";
import { isolation, type Occupant, type Physical } from "../../stagewright/isolation/isolation";
import { textsOf } from "../../stagewright/resources/texts";
import type { ResourceType } from "../../stagewright/resources/types";

const BASE = {
  name: "staging",
  data: { protected: false },
  accounts: { main: { id: "111111111111", region: "us-east-2" } },
  common: ["accounts", "api.repository"],
  api: {
    via: "heroku",
    app: "shop-staging",
    repository: "shop/api",
    processes: { web: { size: "basic" } },
    variables: { PREFIX: "${bucket.prefix}" },
  },
  database: { plan: "standard-0", version: "16" },
  bucket: { account: "main", name: "shop-staging", user: "shop-staging", access: "private" },
};

const ADDON = "heroku:addon/addon:Addon";
const DATABASE = "0a1b2c3d-0000-4000-8000-000000000001";
const OWNER = "postgres://owner:password";

const thing = (type: string, name: string, id: string, resource: string): Physical => ({
  type,
  name,
  id,
  scope: "",
  resource,
});

const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

const texts = (name: string, type: ResourceType, inputs: Tree) =>
  textsOf([{ urn: `urn:pulumi:s::p::${type}::${name}`, type, inputs }]);

function occupant(stack: string, differs: Tree, more: Partial<Occupant> = {}): Occupant {
  const spec = environment.parse(merge(structuredClone(BASE) as Tree, differs));
  return { stack, spec, things: [], texts: [], secrets: {}, placeOf: () => stack, ...more };
}

const staging = (differs: Tree = {}) =>
  occupant("staging", differs, {
    things: [
      thing("heroku:app/app:App", "shop-staging", "0a1b2c3d-0000-4000-8000-000000000002", "api"),
      thing(ADDON, "shop-staging-database", DATABASE, "database"),
      thing("aws:s3/bucket:Bucket", "shop-staging", "shop-staging", "bucket"),
      thing("aws:iam/user:User", "shop-staging", "shop-staging", "bucket-user"),
    ],
    texts: texts("database", ADDON, { url: secret(OWNER) }),
  });

const shared = (credential?: string): Tree => ({
  plan: null,
  shared: { from: "staging", addon: "shop-staging-database", credential },
});
const part = (prefix: string): Tree => ({ user: "shop-pr", shared: { from: "staging", prefix } });

function review(differs: Tree, inputs: Tree = {}, more: Partial<Occupant> = {}): Occupant {
  const own = { name: "review", api: { app: "shop-review" }, bucket: null, ...differs };
  const attachment = { addonId: DATABASE, ...inputs };
  return occupant("review", own, {
    texts: texts("database", "heroku:addon/attachment:Attachment", attachment),
    ...more,
  });
}

const found = (a: Occupant, b: Occupant) =>
  isolation(a, b).shared.map(({ kind, what }) => `${kind}: ${what}`);

test("a database that is stated to be shared is told, with whose it is and by which rights, and is no fault", () => {
  const report = isolation(review({ database: shared("reader") }), staging());
  assert.deepEqual(report.shared, []);
  assert.deepEqual(report.deliberate, [
    "Postgres shop-staging-database of staging, attached with the credential reader",
  ]);
  assert.deepEqual(isolation(staging(), review({ database: shared("reader") })), {
    ...report,
    made: [4, 0],
  });
  const asOwner = isolation(review({ database: shared() }, { url: secret(OWNER) }), staging());
  assert.deepEqual(asOwner.shared, []);
  assert.match(asOwner.deliberate.join(), /attached with its owner's credential$/);
});

test("what is used without being stated is a fault, whatever else is stated", () => {
  const addon = "named: heroku Addon 'shop-staging-database'";
  assert.deepEqual(found(review({}), staging()), [addon]);
  const ofAnother = shared();
  (ofAnother.shared as Tree).from = "production";
  assert.deepEqual(found(review({ database: ofAnother }), staging()), [addon]);
  // Less than the owner's rights were stated.
  assert.deepEqual(found(review({ database: shared("reader") }, { url: secret(OWNER) }), staging()), [
    "secret: the secret in database: inputs.url",
  ]);
  const upstream = {
    database: shared(),
    api: { app: "shop-review", variables: { UPSTREAM: "shop-staging" } },
  };
  assert.deepEqual(found(review(upstream), staging()), [
    "named: heroku App 'shop-staging'",
    "named: aws Bucket 'shop-staging'",
    "named: aws User 'shop-staging'",
  ]);
});

test("a part of a bucket is shared by its name, which is not its user's or the app's of the same name", () => {
  const policy = (service: string) => ({
    addonId: "",
    policy: JSON.stringify({ Resource: `arn:aws:${service}:::shop-staging/pr/*` }),
  });
  const bucket = merge(structuredClone(BASE.bucket) as Tree, part("pr/"));
  const report = isolation(review({ bucket }, policy("s3")), staging());
  assert.deepEqual(report.shared, []);
  assert.deepEqual(report.deliberate, ["bucket shop-staging of staging, below pr/"]);
  assert.deepEqual(found(review({ bucket }, policy("iam")), staging()), ["named: aws User 'shop-staging'"]);
});

test("two that use one of a third share it on purpose, but no part of a bucket unless both list it as common", () => {
  const bucket = (prefix: string) => merge(structuredClone(BASE.bucket) as Tree, part(prefix));
  const one = review({ database: shared("reader"), bucket: bucket("pr-1/") });
  const other = (prefix: string, common: string[] = BASE.common) =>
    occupant("pr-2", {
      name: "pr-2",
      api: { app: "shop-pr-2" },
      database: shared(),
      bucket: bucket(prefix),
      common,
    });
  assert.deepEqual(found(one, other("pr-2/")), []);
  assert.equal(isolation(one, other("pr-2/")).deliberate.length, 4);
  assert.deepEqual(found(one, other("pr-1/more/")), [
    "outside: a part of the bucket 'shop-staging' of staging",
  ]);
  const common = [...BASE.common, "bucket.shared"];
  const declared = review({ bucket: bucket("pr-1/"), database: shared(), common });
  assert.deepEqual(found(declared, other("pr-1/", common)), []);
});

test("a secret that is borrowed from the other's config is told, one that equals another's is a fault", () => {
  const secrets = { "shop:token": "abcdefgh", "shop:other": "same-everywhere" };
  const borrowed = { from: "staging", secrets: ["shop:token"] };
  const one = review({ database: shared() }, {}, { secrets, borrowed });
  assert.deepEqual(found(one, { ...staging(), secrets }), ["secret: the secret shop:other of the config"]);
  assert.match(isolation(one, { ...staging(), secrets }).deliberate.join(), /secret shop:token of staging/);
  assert.deepEqual(
    found(one, occupant("production", { name: "production" }, { secrets: { "shop:token": "abcdefgh" } })),
    ["secret: the secret shop:token of the config"],
  );
});
