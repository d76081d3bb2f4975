import assert from "node:assert/strict";
import { test } from "vitest";
import { type Properties, Secret } from "../../providers/protocol/provider";
import { Conditions } from "../../stagewright/rehearsal/conditions";
import { playVendor } from "../../stagewright/rehearsal/session";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { random } from "../../stagewright/rehearsal/vendors/random";

const TYPES = {
  RandomPassword: "random:index/randomPassword:RandomPassword",
  RandomString: "random:index/randomString:RandomString",
  RandomId: "random:index/randomId:RandomId",
};

async function draw(kind: keyof typeof TYPES, inputs: Properties, stack = "staging") {
  const type = TYPES[kind];
  const ref = { type, name: "key", urn: `urn:pulumi:${stack}::dandi::${type}::key` };
  const session = await playVendor(random, new CloudStore(":memory:"), new Conditions()).open({});
  const { id, state } = await session.create(ref, inputs, false);
  return { id, state, session, ref };
}

const plain = (value: unknown) => (value instanceof Secret ? value.value : value);

test("a password has the length and the classes asked for, is secret, and is another one in another stack", async () => {
  const inputs = { length: 50, special: false, minNumeric: 20 };
  const { state } = await draw("RandomPassword", inputs);
  assert.ok(state.result instanceof Secret);
  assert.ok(state.bcryptHash instanceof Secret);
  const password = String(plain(state.result));
  assert.match(password, /^[A-Za-z0-9]{50}$/);
  assert.ok(password.replace(/\D/g, "").length >= 20);
  assert.match(String(plain(state.bcryptHash)), /^\$2a\$10\$.{53}$/);
  assert.equal(plain((await draw("RandomPassword", inputs)).state.result), password);
  assert.notEqual(plain((await draw("RandomPassword", inputs, "production")).state.result), password);
});

test("changed keepers draw anew, before the old one goes", async () => {
  const { id, state, session, ref } = await draw("RandomString", { length: 8, keepers: { round: "1" } });
  const olds = { length: 8, keepers: { round: "1" } };
  const news = { length: 8, keepers: { round: "2" } };
  const diff = await session.diff(ref, id, olds, news, []);
  assert.deepEqual(diff, { changes: { "keepers.round": "update-replace" }, deleteBeforeReplace: false });
  const next = await session.create(ref, news, false);
  assert.notEqual(next.id, id);
  assert.notEqual(next.state.result, state.result);
});

test("what is drawn stays as it is, and is another when it is drawn again: the state alone remembers it", async () => {
  const inputs = { byteLength: 4, prefix: "p-" };
  const { id, state, session, ref } = await draw("RandomId", inputs);
  assert.match(String(state.hex), /^p-[0-9a-f]{8}$/);
  assert.equal(BigInt(`0x${String(state.hex).slice(2)}`).toString(), String(state.dec).slice(2));
  assert.deepEqual(await session.read(ref, id, inputs, state), { id, state, inputs });
  assert.notEqual((await session.create(ref, inputs, false)).state.hex, state.hex);
});

test("a length that cannot hold what is asked for is refused", async () => {
  await assert.rejects(
    draw("RandomPassword", { length: 4, minLower: 3, minUpper: 2 }),
    /length must be at least/,
  );
  await assert.rejects(draw("RandomId", { byteLength: 0 }), /byte_length must be at least 1/);
  const none = { length: 4, lower: false, upper: false, numeric: false, special: false };
  await assert.rejects(draw("RandomString", none), /character set specified is empty/);
});
