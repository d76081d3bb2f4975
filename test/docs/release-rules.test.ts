import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { ROOT } from "../support/projects";

// The table of the seeds' sentences in docs/release-rules.md: what it claims is there.
const [, section = ""] = readFileSync(path.join(ROOT, "docs/release-rules.md"), "utf8").split(
  "## The sentences of the five teams",
);
const rows = section
  .split("\n## ")[0]
  ?.split("\n")
  .filter((line) => /^\| /.test(line) && !/^\| (-|sentence)/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim()),
  );

/** Test files that a cell names, each with a part of a test's name where it says one. */
function named(cell: string): { file: string; phrase?: string }[] {
  return [...cell.matchAll(/`([\w./-]+\.test\.ts)`(?:: ([^,(]+))?/g)].map(([, file = "", phrase]) => ({
    file,
    phrase: phrase?.trim(),
  }));
}

test("every sentence that is stated is shown by a test, and carried out by one or said to be later", () => {
  assert.ok(rows && rows.length > 40);
  for (const cells of rows) {
    const [sentence = "", stated = "", shown = "", carried = ""] = cells;
    assert.equal(cells.length, 4, sentence);
    if (/^(not stated|no `)/.test(stated) || shown === "–") continue;
    assert.ok(named(shown).length > 0, `${sentence} is shown by no test file: ${shown}`);
    assert.ok(named(carried).length > 0 || carried.startsWith("later: "), `${sentence}: ${carried}`);
  }
});

test("every test file of the table is there, with a test of that name", () => {
  for (const { file, phrase } of (rows ?? []).flatMap(([, , ...cells]) => cells.flatMap(named))) {
    const full = path.join(ROOT, "test", file);
    assert.ok(existsSync(full), `test/${file}`);
    const names = [...readFileSync(full, "utf8").matchAll(/\b(?:test\(|name: )\s*(["`])(.+?)\1/gs)].map(
      ([, , name = ""]) => name,
    );
    if (phrase === undefined) assert.ok(names.length > 0, file);
    else
      assert.ok(
        names.some((name) => name.includes(phrase)),
        `test/${file} has no test '${phrase}'`,
      );
  }
});

test("every sentence in quotes is a seed's", () => {
  const folder = path.resolve(ROOT, "../shared/seeds");
  if (!existsSync(folder)) return; // a clone elsewhere has no seeds
  const plain = (text: string) =>
    text
      .replace(/<\/?\w+>/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ");
  const seeds = readdirSync(folder).map((file) => plain(readFileSync(path.join(folder, file), "utf8")));
  for (const [sentence = ""] of rows ?? []) {
    for (const [, quoted = ""] of sentence.matchAll(/"([^"]+)"/g)) {
      const parts = quoted.split("…").map((part) => plain(part).trim());
      assert.ok(
        seeds.some((seed) => parts.every((part) => seed.includes(part))),
        `no seed says: ${quoted}`,
      );
    }
  }
});
