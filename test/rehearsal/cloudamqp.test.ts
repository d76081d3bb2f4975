import assert from "node:assert/strict";
import { test } from "vitest";
import { Secret } from "../../providers/protocol/provider";
import { cloudamqp } from "../../stagewright/rehearsal/vendors/cloudamqp";
import { play } from "./vendor-play";

const INSTANCE = "cloudamqp:index/instance:Instance";
const inputs = { name: "broker", plan: "bunny-3", region: "amazon-web-services::us-east-1" };

test("a dedicated instance has nodes, an address with its credentials, and secrets that are marked", async () => {
  const cloud = await play(cloudamqp);
  const { id, state } = await cloud.create(INSTANCE, "broker", inputs);
  assert.match(id, /^\d{6,9}$/);
  assert.equal(state.nodes, 3);
  assert.equal(state.dedicated, true);
  assert.equal(state.backend, "rabbitmq");
  assert.ok(state.url instanceof Secret && state.apikey instanceof Secret);
  assert.ok(state.credentials instanceof Secret);
  const { username, password } = state.credentials.value as Record<string, string>;
  assert.equal(state.url.value, `amqps://${username}:${password}@${state.host}/${state.vhost}`);
  const ref = { urn: `urn:pulumi:test::project::${INSTANCE}::broker`, type: INSTANCE, name: "broker" };
  assert.deepEqual((await cloud.session.read(ref, id, inputs, state))?.state, state);
});

test("a shared instance has no nodes of its own", async () => {
  const cloud = await play(cloudamqp);
  const { state } = await cloud.create(INSTANCE, "broker", { ...inputs, plan: "lemming" });
  assert.equal(state.nodes, 0);
  assert.equal(state.dedicated, false);
  assert.equal(state.backend, "lavinmq");
});

test("two stacks with the same name have instances and credentials of their own", async () => {
  const one = await play(cloudamqp, { stack: "one" });
  const two = await play(cloudamqp, { stack: "two", store: one.store });
  const first = await one.create(INSTANCE, "broker", inputs);
  const second = await two.create(INSTANCE, "broker", inputs);
  assert.notEqual(first.id, second.id);
  assert.notDeepEqual(first.state.url, second.state.url);
  const again = await (await play(cloudamqp, { stack: "one" })).create(INSTANCE, "broker", inputs);
  assert.deepEqual(again, first);
});

test("plans and regions must exist", async () => {
  const cloud = await play(cloudamqp);
  await assert.rejects(cloud.create(INSTANCE, "b", { ...inputs, plan: "bunny" }), /'plan' .*got bunny/);
  await assert.rejects(
    cloud.create(INSTANCE, "b", { ...inputs, region: "us-east-1" }),
    /Invalid region.*got "us-east-1"/,
  );
});

test("a plan changes in place but for shared to dedicated; a region never does", async () => {
  const cloud = await play(cloudamqp);
  const to = (news: object, olds: object = {}) =>
    cloud.diff(INSTANCE, { ...inputs, ...olds }, { ...inputs, ...news });
  assert.deepEqual(await to({ plan: "rabbit-3" }), { plan: "update" });
  assert.deepEqual(await to({}, { plan: "lemur" }), { plan: "update-replace" });
  assert.deepEqual(await to({ region: "azure-arm::westeurope" }), { region: "update-replace" });
  assert.deepEqual(await to({ plan: "penguin-1", region: "azure-arm::westeurope" }, { plan: "lemming" }), {
    plan: "update",
    region: "update",
  });
});

test("a change of the plan keeps the address and the credentials", async () => {
  const cloud = await play(cloudamqp);
  const { id, state } = await cloud.create(INSTANCE, "broker", inputs);
  const updated = await cloud.update(INSTANCE, "broker", id, { ...inputs, plan: "rabbit-5" });
  assert.deepEqual(updated.url, state.url);
  assert.equal(updated.nodes, 5);
});
