import assert from "node:assert/strict";
import { test } from "vitest";
import { isProduct, PRODUCTS, type Product, plansOf, priceOf } from "../../stagewright/cost/catalog";
import { isKnown } from "../../stagewright/cost/resources";
import { cloudamqpInstancePlans } from "../../stagewright/environment/vendors/cloudamqp";
import { databaseSizes, dropletSizes } from "../../stagewright/environment/vendors/digitalocean";
import { cloudamqpAddonPlans, dynoSizes, postgresPlans } from "../../stagewright/environment/vendors/heroku";
import { vendors } from "../../stagewright/rehearsal/vendors";
import { resourceType } from "../../stagewright/resources/types";

// What an environment may state, and the list that must price it.
const ACCEPTED: [Product, readonly string[]][] = [
  ["Heroku dyno", dynoSizes],
  ["Heroku Postgres", postgresPlans],
  ["CloudAMQP add-on", cloudamqpAddonPlans],
  ["CloudAMQP instance", cloudamqpInstancePlans],
  ["DigitalOcean droplet", dropletSizes],
  ["DigitalOcean droplet backups", dropletSizes],
  ["DigitalOcean Postgres node", databaseSizes],
];

for (const [product, plans] of ACCEPTED) {
  test(`every plan of ${product} that an environment may state stands in its price list, and no other`, () => {
    assert.deepEqual(plansOf(product).sort(), [...plans].sort());
  });
}

test("the prices that we could not find out are these: each is a refusal under a budget, never nothing", () => {
  const unknown = PRODUCTS.flatMap((product) =>
    plansOf(product)
      .filter((plan) => priceOf(product, plan)?.kind === "unknown")
      .map((plan) => `${product} ${plan.replace(/-\d$/, "")}`),
  );
  assert.deepEqual([...new Set(unknown)].sort(), [
    ...["ape", "bunny", "hippo", "panda", "rabbit"].map((plan) => `CloudAMQP add-on ${plan}`),
    ...["bear", "ermine", "lion", "lynx", "orca", "penguin", "puffin", "reindeer", "rhino", "wolverin"].map(
      (plan) => `CloudAMQP instance ${plan}`,
    ),
    "DigitalOcean Postgres node db-s-8vcpu-32gb",
    ...[2, 4, 8].map((cpus) => `DigitalOcean Postgres node gd-${cpus}vcpu-${cpus * 4}gb`),
  ]);
});

test("every price has its page, and the day and the kind of its reading", () => {
  for (const product of PRODUCTS) {
    for (const plan of plansOf(product)) {
      const price = priceOf(product, plan);
      assert.ok(price, `${product} ${plan}`);
      assert.match(price.source.url, /^https:\/\/\S+$/);
      assert.match(price.source.date, /^20\d\d-\d\d-\d\d$/);
      assert.ok(["vendor", "secondary", "memory"].includes(price.source.basis));
      if (price.kind === "monthly") assert.ok(price.usd >= 0 && Number.isFinite(price.usd));
    }
  }
});

test("of every resource type that is played it is known what it costs", () => {
  const types = vendors.flatMap(({ kinds }) => Object.keys(kinds));
  assert.ok(types.length > 40);
  assert.deepEqual(
    types.filter((type) => !isKnown(resourceType(type))),
    [],
  );
});

test("a larger plan never costs less than a smaller one of its kind", () => {
  const kinds = [
    ["Heroku dyno", /^/],
    ["Heroku Postgres", /^essential-/],
    ["Heroku Postgres", /^standard-/],
    ["Heroku Postgres", /^premium-/],
    ["CloudAMQP add-on", /^(bunny|rabbit|panda|ape|hippo)-1$/],
    ["CloudAMQP instance", /^rabbit-/],
    ["DigitalOcean droplet", /^s-/],
    ["DigitalOcean droplet", /^g-/],
    ["DigitalOcean droplet", /^c-/],
    ["DigitalOcean Postgres node", /^db-s-/],
  ] as const;
  for (const [product, kind] of kinds) {
    const [, plans = []] = ACCEPTED.find(([name]) => name === product) ?? [];
    const usd = plans.flatMap((plan) => {
      const price = kind.test(plan) ? priceOf(product, plan) : undefined;
      return price?.kind === "monthly" ? [price.usd] : [];
    });
    assert.ok(usd.length >= 3, `${product} ${kind}`);
    assert.deepEqual(
      usd,
      [...usd].sort((a, b) => a - b),
      `${product} ${kind}`,
    );
  }
});

test("what is no product is none", () => {
  assert.equal(isProduct("Heroku dyno"), true);
  assert.equal(isProduct("Heroku dynamo"), false);
});
