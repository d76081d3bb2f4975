import assert from "node:assert/strict";
import { test } from "node:test";
import { leaves, merge } from "../../spec/merge";

// The table of RFC 7396, appendix A, for maps: https://www.rfc-editor.org/rfc/rfc7396#appendix-A
const CASES: [base: object, patch: object, result: object][] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test("differences are merged into the base as RFC 7396 says, and neither is changed", () => {
  for (const [base, patch, result] of CASES) {
    const before = JSON.stringify([base, patch]);
    assert.deepEqual(
      merge({ ...base }, { ...patch }),
      result,
      `${JSON.stringify(base)} + ${JSON.stringify(patch)}`,
    );
    assert.equal(JSON.stringify([base, patch]), before);
  }
});

test("the leaves of a tree are its scalars, lists, nulls and empty maps", () => {
  assert.deepEqual(leaves({ a: { b: 1, c: [2] }, d: {}, e: null }), [["a", "b"], ["a", "c"], ["d"], ["e"]]);
});
