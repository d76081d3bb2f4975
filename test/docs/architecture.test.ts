import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { drawn, imports } from "../../docs/draw-imports";
import { ROOT } from "../support/projects";

const page = readFileSync(path.join(ROOT, "docs/architecture.md"), "utf8");

/** Folders in the page's table, in order, each with those that it may import. */
const rule = new Map(
  [...page.matchAll(/^\| `([\w/-]+)\/` \|.*\| (.*)\|$/gm)].map(([, folder = "", allowed = ""]) => [
    folder,
    [...allowed.matchAll(/`([\w/-]+)\/`/g)].map(([, name = ""]) => name),
  ]),
);

test("folders import what the architecture page says, no more and no less", () => {
  const found = imports();
  for (const [folder, to] of found) {
    const allowed = rule.get(folder);
    assert.ok(allowed, `docs/architecture.md has no row for ${folder}/`);
    for (const [name, example] of to)
      assert.ok(allowed.includes(name), `${folder}/ may not import ${name}/: ${example}`);
    for (const name of allowed) assert.ok(to.has(name), `no file of ${folder}/ imports ${name}/ any more`);
  }
  for (const folder of rule.keys()) assert.ok(found.has(folder), `there is no ${folder}/`);
});

test("imports run one way", () => {
  const found = imports();
  const above: string[] = [];
  const visit = (folder: string) => {
    const circle = above.indexOf(folder);
    assert.equal(circle, -1, `a circle: ${[...above.slice(circle), folder].join(" → ")}`);
    above.push(folder);
    for (const to of found.get(folder)?.keys() ?? []) visit(to);
    above.pop();
  };
  for (const folder of found.keys()) visit(folder);
});

test("the drawing is that of the code", () => {
  assert.equal(page, drawn(page), "`npm run docs` draws it anew");
});

test("every path of the page is there", () => {
  const paths = [...page.matchAll(/`((?:stagewright|components|bootstrap|docs)\/[\w./-]*)`/g)].map(
    ([, name = ""]) => name,
  );
  assert.ok(paths.length > 50);
  assert.deepEqual(
    paths.filter((name) => !existsSync(path.join(ROOT, name))),
    [],
  );
});
