import assert from "node:assert/strict";
import { test } from "vitest";
import { MessageBroker } from "../../components/message-broker";
import { ownBroker } from "../../stagewright/environment/schema/broker";
import { declared, secretOf, settled } from "./declared";

const ADDON = "heroku:addon/addon:Addon broker";
const INSTANCE = "cloudamqp:index/instance:Instance broker";
const instanceSpec = {
  via: "cloudamqp",
  plan: "bunny-1",
  name: "a-broker",
  region: "amazon-web-services::us-east-1",
};

function run(spec: object, isProtected = false) {
  return declared(
    (opts) =>
      new MessageBroker(
        "broker",
        {
          spec: ownBroker.parse(spec),
          home: { via: "heroku", appId: "app-id", appName: "an-app" },
          protected: isProtected,
        },
        opts,
      ),
    { "cloudamqp:index/instance:Instance": { url: "amqps://u:p@host/u" } },
  );
}

test("via Heroku the broker is an add-on, which sets the config var itself", async () => {
  const { result, resources } = await run({ via: "heroku", plan: "squirrel-1" });
  assert.deepEqual(resources.get(ADDON)?.inputs, {
    appId: "app-id",
    name: "an-app-broker",
    plan: "cloudamqp:squirrel-1",
  });
  assert.equal(await settled(result.brokerName), "an-app-broker");
  assert.equal(resources.size, 2);
});

test("via CloudAMQP the instance's address becomes a secret config var of the app", async () => {
  const { result, resources } = await run(instanceSpec);
  const { name, plan, region } = resources.get(INSTANCE)?.inputs ?? {};
  assert.deepEqual(
    { name, plan, region },
    { name: "a-broker", plan: "bunny-1", region: "amazon-web-services::us-east-1" },
  );
  const association = resources.get("heroku:app/configAssociation:ConfigAssociation broker-url");
  assert.equal(association?.inputs.appId, "app-id");
  assert.equal(association?.inputs.vars, undefined);
  assert.deepEqual(secretOf(association?.inputs.sensitiveVars), { CLOUDAMQP_URL: "amqps://u:p@host/u" });
  assert.equal(await settled(result.brokerName), "a-broker");
});

test("a protected broker is kept, however it is bought", async () => {
  for (const [spec, key] of [
    [{ via: "heroku", plan: "lemur" }, ADDON],
    [instanceSpec, INSTANCE],
  ] as const) {
    for (const isProtected of [true, false]) {
      const { resources } = await run(spec, isProtected);
      assert.equal(resources.get(key)?.options.protect ?? false, isProtected);
      assert.equal(resources.get(key)?.options.retainOnDelete ?? false, isProtected);
    }
  }
});

test("the schema knows the plans and regions of each way", () => {
  const refused = (spec: object) => !ownBroker.safeParse(spec).success;
  assert.ok(refused({ via: "heroku", plan: "giant" }));
  assert.ok(refused({ ...instanceSpec, plan: "bunny" }));
  assert.ok(refused({ ...instanceSpec, region: "us-east-1" }));
  assert.ok(!refused(instanceSpec));
});
