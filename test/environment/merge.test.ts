import assert from "node:assert/strict";
import { test } from "vitest";
import { has, leaves, merge, type Tree } from "../../stagewright/environment/merge";

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

const NAMES = ["constructor", "prototype", "__proto__", "toString"];

/** A map with keys of its own, whatever they are called. */
const map = (...entries: [string, unknown][]): Tree => Object.fromEntries(entries);

test("no key is lost, whatever stands before or after it", () => {
  for (const name of NAMES) {
    const base = map(["a", 1], ["b", map(["c", 2], ["d", 3])]);
    for (const patch of [
      map([name, 1], ["a", 5], ["b", map([name, map(["x", 1])], ["d", null])]),
      map(["b", map(["d", null], [name, map(["x", 1])])], ["a", 5], [name, 1]),
    ]) {
      const merged = merge(base, patch) as { a: number; b: Tree };
      assert.equal(merged.a, 5, name);
      assert.deepEqual(Object.keys(merged).sort(), ["a", "b", name].sort());
      assert.deepEqual(
        Object.entries(merged.b).sort(),
        [
          ["c", 2],
          [name, { x: 1 }],
        ].sort(),
      );
      assert.equal(Object.getPrototypeOf(merged), Object.prototype);
    }
    assert.deepEqual(merge(map([name, 1], ["a", 1]), map([name, null])), { a: 1 });
  }
});

test("the result is the same in whatever order the keys are written", () => {
  const backwards = (value: unknown): unknown =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? map(
          ...Object.entries(value)
            .reverse()
            .map(([key, inner]): [string, unknown] => [key, backwards(inner)]),
        )
      : value;
  for (const [base, patch] of CASES) {
    const other = merge(backwards(base) as Tree, backwards(patch) as Tree);
    assert.deepEqual(other, merge({ ...base }, { ...patch }));
  }
});

test("what every object has stands in no tree", () => {
  for (const name of NAMES) {
    assert.equal(has({ a: {} }, [name]), false);
    assert.equal(has({ a: {} }, ["a", name]), false);
    assert.equal(has(map([name, 1]), [name]), true);
  }
});

test("the leaves of a tree are its scalars, lists, nulls and empty maps", () => {
  assert.deepEqual(leaves({ a: { b: 1, c: [2] }, d: {}, e: null }), [["a", "b"], ["a", "c"], ["d"], ["e"]]);
});
