import assert from "node:assert/strict";
import { test } from "vitest";
import { clipped, widthOf, wrapped } from "../../stagewright/report/drawing/text";

test("a text is broken after its joints, and inside a word only where it must be", () => {
  const lines = (text: string) => wrapped(text, 10 * 11 * 0.62, 11, "mono");
  assert.deepEqual(lines("short"), ["short"]);
  assert.deepEqual(lines("gui-staging.example.org"), ["gui-", "staging.", "example.", "org"]);
  assert.deepEqual(lines("abcdefghijklmnopqrstuvwxyz"), ["abcdefghij", "klmnopqrst", "uvwxyz"]);
  assert.deepEqual(lines("two words of it"), ["two words", "of it"]);
  assert.deepEqual(lines(""), [""]);
});

test("no line is wider than its room, in whichever script", () => {
  for (const text of [
    "dandi-api-staging-database",
    "環境環境環境環境環境",
    "🚀".repeat(20),
    "a b".repeat(40),
  ]) {
    for (const line of wrapped(text, 80, 11, "mono")) assert.ok(widthOf(line, 11, "mono") <= 80, line);
    assert.ok(widthOf(clipped(text, 80, 11, "sans"), 11, "sans") <= 80);
  }
});
