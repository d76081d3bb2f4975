import assert from "node:assert/strict";
import { test } from "vitest";
import type { Existing } from "../../../stagewright/rehearsal/existing/existing";
import type { ResourceState } from "../../../stagewright/resources/graph";
import type { ResourceType } from "../../../stagewright/resources/types";
import type { Change, Operation } from "../../../stagewright/review/change/change";
import { risksOf } from "../../../stagewright/review/summary/risks";

type Inputs = Record<string, unknown>;

const ROLES: readonly [role: string, type: ResourceType, inputs: Inputs][] = [
  ["app", "heroku:app/app:App", { name: "shop" }],
  ["app", "digitalocean:index/droplet:Droplet", { name: "shop" }],
  ["database", "heroku:addon/addon:Addon", { name: "shop", plan: "heroku-postgresql:standard-0" }],
  ["database", "digitalocean:index/databaseCluster:DatabaseCluster", { name: "shop" }],
  ["message broker", "heroku:addon/addon:Addon", { name: "shop", plan: "cloudamqp:lemur" }],
  ["message broker", "cloudamqp:index/instance:Instance", { name: "shop" }],
  ["bucket", "aws:s3/bucket:Bucket", { bucket: "shop" }],
  ["bucket", "digitalocean:index/spacesBucket:SpacesBucket", { name: "shop" }],
  ["site", "netlify:index/site:Site", { name: "shop" }],
];

const urnOf = (type: string, name: string) => `urn:pulumi:production::shop::${type}::${name}`;

const resource = (type: ResourceType, name: string, inputs: Inputs, protect: boolean): ResourceState => ({
  urn: urnOf(type, name),
  type,
  custom: true,
  inputs,
  protect,
});

const change = (operation: Operation, type: ResourceType, name: string, inputs: Inputs): Change => ({
  urn: urnOf(type, name),
  type,
  name,
  component: "environment",
  operation,
  [operation === "create" ? "after" : "before"]: { inputs, protect: true, retain: true },
  values: [],
  alike: 0,
});

function told(changes: Change[], standing: ResourceState[], existing: Existing[] = []) {
  const environment = "production";
  const occasion = { environment, byHand: false, providers: [], secretVariables: [] };
  return risksOf({ ...occasion, changes, standing, existing })
    .filter(({ kind }) => kind === "second")
    .map(({ level, says }) => [level, says]);
}

for (const [role, type, inputs] of ROLES) {
  test(`a second ${role} (${type}) of a protected environment is told`, () => {
    const standing = [resource(type, "old", inputs, true)];
    const created = change("create", type, "new", inputs);
    assert.deepEqual(told([created, change("delete", type, "old", inputs)], standing), [
      [
        "danger",
        `production gets a second ${role}, shop (new): it has shop (old), which holds what there is, and the new one is empty.`,
      ],
    ]);
    assert.deepEqual(told([created], standing), [
      ["warning", `production gets a second ${role}, shop (new), beside shop (old).`],
    ]);
    assert.deepEqual(told([created], [resource(type, "old", inputs, false)]), [], "nothing is protected");
    assert.deepEqual(told([change("replace", type, "old", inputs)], standing), [], "the only one");
  });
}

test("a change of vendor is a second one, too, and it is the first risk", () => {
  const [, addon] = ["database", "heroku:addon/addon:Addon"] as const;
  const standing = [resource(addon, "old", { name: "shop", plan: "heroku-postgresql:standard-0" }, true)];
  const changes = [
    change("delete", addon, "old", { name: "shop", plan: "heroku-postgresql:standard-0" }),
    change("create", "digitalocean:index/databaseCluster:DatabaseCluster", "new", { name: "shop-db" }),
  ];
  const all = risksOf({
    environment: "production",
    byHand: false,
    providers: [],
    secretVariables: [],
    changes,
    standing,
    existing: [],
  });
  assert.match(all[0]?.says ?? "", /^production gets a second database, shop-db \(new\)/);
  assert.ok(all.some(({ kind }) => kind === "data"));
});

test("what another stack has under the same label is told", () => {
  const type = "digitalocean:index/droplet:Droplet";
  const existing: Existing = {
    urn: urnOf(type, "api"),
    type,
    name: "api",
    id: "1",
    called: "shop",
    create: "doubled",
    role: "app",
    manager: { project: "shop", stack: "prod", name: "api", urn: urnOf(type, "api") },
  };
  assert.deepEqual(told([], [], [existing]), [
    ["danger", "production gets a second app called shop (api): api of shop/prod is another."],
  ]);
});
