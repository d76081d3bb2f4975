import assert from "node:assert/strict";
import { test } from "vitest";
import { diffProperties } from "../../../providers/protocol/diff";

const never = () => false;

test("equal inputs have no difference, whatever the order of their keys", () => {
  assert.deepEqual(diffProperties({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, never), {});
});

test("a difference is told at the leaf, as added, deleted or updated", () => {
  const olds = { name: "x", tags: { a: "1", b: "2" }, list: [{ n: 1 }, { n: 2 }] };
  const news = { name: "y", tags: { a: "1", c: "3" }, list: [{ n: 1 }, { n: 3 }, { n: 4 }] };
  assert.deepEqual(diffProperties(olds, news, never), {
    name: "update",
    "tags.b": "delete",
    "tags.c": "add",
    "list[1].n": "update",
    "list[2]": "add",
  });
});

test("a property that forces a replacement does so with everything in it", () => {
  const forces = (path: string) => path === "organization" || path === "rules.name";
  assert.deepEqual(diffProperties({ organization: { name: "a" } }, { organization: { name: "b" } }, forces), {
    "organization.name": "update-replace",
  });
  assert.deepEqual(
    diffProperties({ rules: [{ name: "a", on: true }] }, { rules: [{ name: "b", on: false }] }, forces),
    {
      "rules[0].name": "update-replace",
      "rules[0].on": "update",
    },
  );
});

test("ignored properties are passed over, and keys that are no names are quoted", () => {
  assert.deepEqual(diffProperties({ a: 1, "x.y": 1 }, { a: 2, "x.y": 2 }, never, ["a"]), {
    '["x.y"]': "update",
  });
});

test("a part that appears or vanishes with something in it that forces a replacement does so too", () => {
  const forces = (path: string) => path === "organization.name" || path === "rules.when.day";
  const team = { organization: { name: "dandi", locked: true } };
  assert.deepEqual(diffProperties(team, {}, forces), { organization: "delete-replace" });
  assert.deepEqual(diffProperties({}, team, forces), { organization: "add-replace" });
  assert.deepEqual(diffProperties({}, { organization: { locked: true } }, forces), { organization: "add" });
  const rules = { rules: [{ when: { day: "monday" } }] };
  assert.deepEqual(diffProperties({ rules: [] }, rules, forces), { "rules[0]": "add-replace" });
  assert.deepEqual(diffProperties(rules, { rules: [{}] }, forces), { "rules[0].when": "delete-replace" });
});
