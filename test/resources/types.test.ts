import assert from "node:assert/strict";
import { test } from "vitest";
import { vendors } from "../../stagewright/rehearsal/vendors";
import { type ByType, RESOURCE_TYPES } from "../../stagewright/resources/types";

test("each resource type stands in the table once, in order", () => {
  assert.deepEqual([...RESOURCE_TYPES], [...new Set(RESOURCE_TYPES)].sort());
});

test("every type that the rehearsal plays is in the table", () => {
  const known: readonly string[] = RESOURCE_TYPES;
  const played = vendors.flatMap(({ kinds }) => Object.keys(kinds));
  assert.ok(played.length > 40);
  assert.deepEqual(
    played.filter((type) => !known.includes(type)),
    [],
  );
});

test("a misspelled type does not compile", () => {
  // @ts-expect-error the type of Netlify's site is netlify:index/site:Site
  const table: ByType<string> = { "netlify:index:Site": "site" };
  // @ts-expect-error a comparison with a type that there is not is never true
  const isSite = RESOURCE_TYPES.some((type) => type === "netlify:index:Site");
  assert.deepEqual({ isSite, found: table["netlify:index/site:Site"] }, { isSite: false, found: undefined });
});
