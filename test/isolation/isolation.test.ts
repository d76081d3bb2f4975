import assert from "node:assert/strict";
import { test } from "vitest";
import { merge, type Tree } from "../../stagewright/environment/merge";
import { environment } from "../../stagewright/environment/schema/environment";
import { isolation, type Occupant, type Physical } from "../../stagewright/isolation/isolation";
import { mentions, textsOf } from "../../stagewright/resources/texts";

const BASE = {
  name: "production",
  data: { protected: true },
  accounts: {
    main: { id: "111111111111", region: "us-east-2" },
    other: { id: "222222222222", region: "us-east-2" },
  },
  common: ["accounts", "dns.zone", "gui.repository", "gui.account"],
  dns: { zone: "shop.org", account: "main" },
  gui: {
    site: "shop-org",
    account: "shop",
    host: "www.shop.org",
    repository: "shop/shop",
    build: { command: "make", publish: "out" },
  },
};

const thing = (
  type: string,
  name: string,
  id = `id of ${name}`,
  scope = "",
  resource?: string,
): Physical => ({
  type,
  name,
  id,
  scope,
  resource,
});
const site = (name: string) => thing("netlify:index/site:Site", name, `${name}-0123456789ab`, "", "gui");

function occupant(stack: string, differs: Tree, more: Partial<Occupant> = {}): Occupant {
  const spec = environment.parse(merge(BASE, differs));
  return { stack, spec, things: [], texts: [], secrets: {}, placeOf: () => `Pulumi.${stack}.yaml`, ...more };
}

const production = (more: Partial<Occupant> = {}) =>
  occupant("production", {}, { things: [site("shop-org")], ...more });
const staging = (differs: Tree = {}, more: Partial<Occupant> = {}) =>
  occupant("staging", merge({ gui: { site: "shop-staging", host: "staging.shop.org" } }, differs), {
    things: [site("shop-staging")],
    ...more,
  });
const found = (a: Occupant, b: Occupant) =>
  isolation(a, b).shared.map(({ kind, what }) => `${kind}: ${what}`);

const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
const texts = (inputs: Tree) =>
  textsOf([{ urn: "urn:pulumi:s::p::t::app", type: "heroku:app/app:App", inputs }]);

test("two stacks that share only what both declare are isolated, and say what that is", () => {
  const report = isolation(staging(), production());
  assert.deepEqual(report.shared, []);
  assert.deepEqual(report.common, [
    "AWS account 111111111111",
    "DNS zone shop.org",
    "repository shop/shop",
    "Netlify team shop",
  ]);
  assert.deepEqual(report.made, [1, 1]);
});

test("what exists outside and is not declared as common is shared, also when one of the two declares it", () => {
  assert.deepEqual(found(staging({ common: ["accounts", "gui"] }), production()), [
    "outside: DNS zone 'shop.org'",
  ]);
  assert.deepEqual(found(staging({ common: ["dns", "gui"] }), production()), [
    "outside: AWS account '111111111111'",
  ]);
  assert.deepEqual(
    found(staging({ dns: { zone: "shop.net" }, gui: { host: "a.shop.net" } }), production()),
    [],
  );
});

test("one thing that both would make is shared, with the lines that name it", () => {
  const [shared, ...more] = isolation(
    staging({ gui: { site: "shop-org" } }, { things: [site("shop-org")] }),
    production(),
  ).shared;
  assert.deepEqual(more, []);
  assert.deepEqual(shared, {
    kind: "made",
    what: "netlify Site 'shop-org'",
    in: [
      { stack: "staging", at: "gui", stated: ["Pulumi.staging.yaml gui.site"] },
      { stack: "production", at: "gui", stated: ["Pulumi.production.yaml gui.site"] },
    ],
  });
});

test("one thing is one id, or one name where names are unique", () => {
  const made = (name: string, id: string) => ({ things: [thing("netlify:index/site:Site", name, id)] });
  const shared = ["made: netlify Site 'one'"];
  assert.deepEqual(found(staging({}, made("one", "1")), production(made("one", "2"))), shared);
  assert.deepEqual(found(staging({}, made("one", "1")), production(made("two", "1"))), shared);
  assert.deepEqual(found(staging({}, made("one", "1")), production(made("two", "2"))), []);
});

test("parts and settings of a shared thing are counted, not listed", () => {
  const things = [
    thing("aws:s3/bucket:Bucket", "data", "data"),
    thing("aws:s3/bucketPolicy:BucketPolicy", "data", "data"),
    thing("heroku:app/app:App", "api", "9d2c8a34-0000"),
    thing("heroku:formation/formation:Formation", "web", "f-1", "9d2c8a34-0000"),
    thing("github:index/repositoryEnvironment:RepositoryEnvironment", "staging", "shop:staging", "shop/shop"),
    thing(
      "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret",
      "KEY",
      "shop:staging:KEY",
      "shop/shop:staging",
    ),
  ];
  assert.deepEqual(found(staging({}, { things }), production({ things })), [
    "made: aws Bucket 'data' and 1 more that belong to it",
    "made: heroku App 'api' and 1 more that belong to it",
    "made: github RepositoryEnvironment 'staging' and 1 more that belong to it",
  ]);
});

test("one name in two scopes is two things", () => {
  const web = (app: string) => [thing("heroku:formation/formation:Formation", "web", `web of ${app}`, app)];
  const file = (branch: string) => [
    thing(
      "github:index/repositoryFile:RepositoryFile",
      "deploy.yml",
      `shop:deploy.yml:${branch}`,
      `shop/shop@${branch}`,
    ),
  ];
  assert.deepEqual(found(staging({}, { things: web("one") }), production({ things: web("two") })), []);
  assert.deepEqual(found(staging({}, { things: file("next") }), production({ things: file("main") })), []);
  assert.equal(found(staging({}, { things: file("main") }), production({ things: file("main") })).length, 1);
});

test("a secret of one stack must not be in the other, neither alone nor inside a longer text", () => {
  const owner = production({ texts: texts({ password: secret("correct horse") }) });
  const finding = ["secret: the secret in app: inputs.password"];
  assert.deepEqual(found(staging({}, { texts: texts({ other: secret("battery staple") }) }), owner), []);
  assert.deepEqual(
    found(staging({}, { texts: texts({ password: secret("correct horse") }) }), owner),
    finding,
  );
  assert.deepEqual(
    found(staging({}, { texts: texts({ url: "postgres://me:correct horse@db" }) }), owner),
    finding,
  );
});

test("a finding never holds the secret itself", () => {
  const both = { texts: texts({ password: secret("correct horse") }) };
  assert.ok(!JSON.stringify(isolation(staging({}, both), production(both))).includes("correct horse"));
});

test("what a stack also shows in plain, and what is very short, is no secret", () => {
  const both = { texts: texts({ env: secret("us-east-2a"), region: "us-east-2a", on: secret("true") }) };
  assert.deepEqual(found(staging({}, both), production(both)), []);
});

test("one secret value in the files of both stacks is shared, under whatever key", () => {
  const held = (value: string, key = "shop:token") => ({ secrets: { [key]: value } });
  assert.deepEqual(found(staging({}, held("abc")), production(held("abd"))), []);
  assert.deepEqual(found(staging({}, held("abc")), production(held("abc", "shop:key"))), [
    "secret: the secret shop:token of the config",
  ]);
});

test("referring to what the other stack makes is sharing it: by id, by ARN, by name, by the vendor's address", () => {
  const bucket = thing("aws:s3/bucket:Bucket", "shopdata", "shopdata", "", "bucket");
  const owner = production({ things: [site("shop-org"), bucket] });
  const named = ["named: aws Bucket 'shopdata'"];
  const variable = (value: string) => staging({ gui: { variables: { BUCKET: value } } });
  assert.deepEqual(found(variable("shopdata"), owner), named);
  assert.deepEqual(found(variable("https://shopdata.s3.amazonaws.com/x"), owner), named);
  assert.deepEqual(found(variable("https://shopdata.example.org"), owner), []);
  assert.deepEqual(found(variable("shopdata-staging"), owner), []);
  assert.deepEqual(found(staging({}, { texts: texts({ policy: "arn:aws:s3:::shopdata/*" }) }), owner), named);
  assert.deepEqual(
    found(staging({}, { texts: texts({ policy: "arn:aws:s3:::shopdata-staging/*" }) }), owner),
    [],
  );
  assert.deepEqual(found(staging({}, { texts: texts({ site: "shop-org-0123456789ab" }) }), owner), [
    "named: netlify Site 'shop-org'",
  ]);
});

test("a common repository that happens to be called like something made is no reference to it", () => {
  const app = thing("heroku:app/app:App", "shop", "shop", "", "api");
  assert.deepEqual(found(staging(), production({ things: [site("shop-org"), app] })), []);
});

test("a word is mentioned only as a whole", () => {
  assert.ok(mentions("arn:aws:s3:::data/*", "data"));
  assert.ok(!mentions("arn:aws:s3:::data-staging/*", "data"));
  assert.ok(mentions("data-staging and data", "data"));
});
