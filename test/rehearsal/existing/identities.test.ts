import assert from "node:assert/strict";
import { test } from "vitest";
import { IDENTITIES, identityOf, roleOf } from "../../../stagewright/rehearsal/existing/identities";
import { vendors } from "../../../stagewright/rehearsal/vendors";

const kinds = vendors.flatMap(({ kinds }) => Object.entries(kinds));

test("every type that is played has an identity rule, and no other has", () => {
  const own = Object.keys(IDENTITIES).filter((type) => !type.startsWith("netlify:"));
  assert.deepEqual(own.sort(), kinds.map(([type]) => type).sort());
  assert.equal(identityOf("heroku:space/space:Space"), undefined);
});

test("the rules say what the vendors do when they are asked for what is there", () => {
  for (const [type, { namesakes, facts }] of kinds) {
    const { unique, owner } = identityOf(type) ?? {};
    if (namesakes) assert.equal(unique, "no", `${type}: a namesake is made beside it`);
    const nowhere = /^(random|tls):/.test(type);
    assert.equal(unique === "nowhere", nowhere, `${type}: ${nowhere ? "no" : "a"} vendor holds it`);
    if (owner !== undefined) assert.ok([...facts.required, ...facts.optional].includes(owner), type);
  }
});

test("an add-on is what its service says, and a follower is no second database", () => {
  const addon = "heroku:addon/addon:Addon";
  assert.equal(roleOf(addon, { plan: "heroku-postgresql:standard-0" }), "database");
  assert.equal(roleOf(addon, { plan: "cloudamqp:lemur" }), "message broker");
  assert.equal(roleOf(addon, { plan: "papertrail:choklad" }), undefined);
  const follower = { plan: "heroku-postgresql:standard-0", config: { follow: "DATABASE" } };
  assert.equal(roleOf(addon, follower), undefined);
});
