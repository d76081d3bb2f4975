import assert from "node:assert/strict";
import { test } from "vitest";
import type { Properties } from "../../providers/protocol/provider";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { aws, seedZone } from "../../stagewright/rehearsal/vendors/aws";
import { play } from "./vendor-play";

const RECORD = "aws:route53/record:Record";
const OWN = "111111111111";

async function zone(account = OWN, store = new CloudStore(":memory:")) {
  seedZone(store, OWN, "example.org");
  const config = { region: "us-east-2", allowedAccountIds: JSON.stringify([account]) };
  const { create, session, ...rest } = await play(aws, { config, store });
  const lookUp = (args: Properties) => session.invoke("aws:route53/getZone:getZone", args);
  const { zoneId } = await lookUp({ name: "example.org" }).catch(() => ({ zoneId: "" }));
  const put = (name: string, type: string, records: string[], inputs: Properties = {}) =>
    create(RECORD, name, { zoneId, name, type, ttl: 300, records, ...inputs });
  return { ...rest, session, create, lookUp, put, zoneId: String(zoneId), store };
}

test("a zone is looked up in the caller's account, and seeding it twice changes nothing", async () => {
  const { lookUp, store, put } = await zone();
  const found = await lookUp({ name: "example.org." });
  assert.equal(found.name, "example.org");
  assert.match(String(found.zoneId), /^Z[0-9A-F]{20}$/);
  assert.equal((found.nameServers as string[]).length, 4);
  seedZone(store, OWN, "example.org");
  await put("api.example.org", "CNAME", ["x.herokudns.com"]);
  assert.deepEqual(await lookUp({ zoneId: found.zoneId }), { ...found, resourceRecordSetCount: 3 });
  await assert.rejects(lookUp({ name: "example.com" }), /no matching Route 53 Hosted Zone found/);
  await assert.rejects((await zone("222222222222", store)).lookUp({ name: "example.org" }), /no matching/);
});

test("a record has the id and full name that the provider gives it", async () => {
  const { put, session, zoneId } = await zone();
  const { id, state } = await put("api.example.org", "CNAME", ["x.herokudns.com"]);
  assert.equal(id, `${zoneId}_api.example.org_CNAME`);
  assert.equal(state.fqdn, "api.example.org");
  assert.equal((await put("www", "A", ["192.0.2.1"])).state.fqdn, "www.example.org");
  const inputs = { zoneId, name: "api.example.org", type: "CNAME", ttl: 300, records: ["x.herokudns.com"] };
  const read = await session.read({ urn: "urn", type: RECORD, name: "api.example.org" }, id, inputs, state);
  assert.deepEqual(read, { id, state, inputs });
});

test("a record needs a zone of the caller's account", async () => {
  const { create, zoneId, store } = await zone();
  const record = { name: "api.example.org", type: "CNAME", ttl: 300, records: ["x.herokudns.com"] };
  await assert.rejects(create(RECORD, "r", { ...record, zoneId: "Z0" }), /404 NoSuchHostedZone/);
  const other = await zone("222222222222", store);
  await assert.rejects(other.create(RECORD, "r", { ...record, zoneId }), /403 AccessDenied/);
});

test("a CNAME stands alone, and not at the top", async () => {
  const { put, update, zoneId } = await zone();
  await assert.rejects(put("example.org", "CNAME", ["x.netlify.app"]), /400 InvalidChangeBatch: .*apex/);
  await put("example.org", "A", ["75.2.60.5"]);
  const { id } = await put("gui.example.org", "CNAME", ["x.netlify.app"]);
  await assert.rejects(put("gui.example.org", "A", ["192.0.2.1"]), /conflicts with other records/);
  await assert.rejects(put("gui.example.org", "CNAME", ["y.netlify.app"]), /but it already exists/);
  await put("gui.example.org", "CNAME", ["y.netlify.app"], { allowOverwrite: true });
  const changed = { zoneId, name: "gui.example.org", type: "CNAME", ttl: 60, records: ["z.netlify.app"] };
  assert.deepEqual((await update(RECORD, "r", id, changed)).records, ["z.netlify.app"]);
  await assert.rejects(put("two.example.org", "CNAME", ["a.example.org", "b.example.org"]), /exactly one/);
});

test("values that do not fit the type are refused", async () => {
  const { put, create, zoneId } = await zone();
  await assert.rejects(put("a.example.org", "A", ["gui.netlify.app"]), /not a valid value/);
  await assert.rejects(put("a.example.org", "AAAA", ["192.0.2.1"]), /not a valid value/);
  await assert.rejects(put("a.example.org", "CNAME", ["192.0.2.1"]), /not a valid value/);
  await assert.rejects(put("a.example.org", "ANAME", ["gui.netlify.app"]), /expected type to be one of/);
  await assert.rejects(
    create(RECORD, "r", { zoneId, name: "a", type: "A" }),
    /exactly one of records and aliases/,
  );
  await assert.rejects(create(RECORD, "r", { zoneId, name: "a", type: "A", records: ["192.0.2.1"] }), /ttl/);
});
