import assert from "node:assert/strict";
import { test } from "vitest";
import { leavesOf, linesOf, withLeavesOf, without } from "../../stagewright/parity/differs";

test("every leaf has its place", () => {
  const differs = { a: { b: 1, c: [1, 2] }, d: null };
  const place = (path: readonly PropertyKey[]) => ({
    file: `Pulumi.staging.yaml:${path.length + 5}`,
    key: "",
  });
  assert.deepEqual(linesOf({ stack: "staging", differs, place }), [
    { stack: "staging", place: "Pulumi.staging.yaml:7", path: ["a", "b"] },
    { stack: "staging", place: "Pulumi.staging.yaml:7", path: ["a", "c"] },
    { stack: "staging", place: "Pulumi.staging.yaml:6", path: ["d"] },
  ]);
});

test("what two stacks state at one path is one leaf with two lines", () => {
  const line = (stack: string, ...path: string[]) => ({ stack, place: stack, path });
  const [left, right, other] = [line("a", "x", "y"), line("b", "x", "y"), line("b", "z")];
  assert.deepEqual(leavesOf([left, right, other]), [
    { path: ["x", "y"], lines: [left, right] },
    { path: ["z"], lines: [other] },
  ]);
});

test("leaves are taken over as the other stack has them: stated, stated as null, or not at all", () => {
  const own = { a: { b: 1, c: 2 }, d: { e: 3 }, f: 4 };
  const other = { a: { b: 9 }, d: null };
  assert.deepEqual(withLeavesOf(own, other, [["a", "b"]]), { ...own, a: { b: 9, c: 2 } });
  assert.deepEqual(withLeavesOf(own, other, [["d"]]), { ...own, d: null });
  assert.deepEqual(withLeavesOf(own, other, [["a", "c"], ["f"]]), { a: { b: 1 }, d: { e: 3 } });
  assert.deepEqual(own, { a: { b: 1, c: 2 }, d: { e: 3 }, f: 4 });
});

test("taking a leaf out takes along the maps that become empty, and nothing else", () => {
  assert.deepEqual(without({ a: { b: { c: 1 } }, d: 2 }, ["a", "b", "c"]), { d: 2 });
  assert.deepEqual(without({ a: { b: 1, c: 2 } }, ["a", "b"]), { a: { c: 2 } });
  assert.deepEqual(without({ a: 1 }, ["b", "c"]), { a: 1 });
});
