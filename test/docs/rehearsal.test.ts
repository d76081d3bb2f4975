import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import type { Kind, Vendor } from "../../stagewright/rehearsal/vendor";
import { vendors } from "../../stagewright/rehearsal/vendors";
import { play } from "../rehearsal/vendor-play";
import { ROOT } from "../support/projects";

const CONFIG = { region: "us-east-2", owner: "acme" };

/**
 * What each input of a type does when it changes and when it is taken away, asked of the rehearsal
 * itself.
 */
async function rowOf(vendor: Vendor, type: string, { facts, schema = {} }: Kind): Promise<string> {
  const { session } = await play(vendor, { config: CONFIG });
  const ref = { urn: `urn:pulumi:s::p::${type}::it`, type, name: "it" };
  const inputs = [...facts.required, ...facts.optional].sort();
  const kinds = async (olds: object, news: object) =>
    Object.values((await session.diff(ref, "1", { ...olds }, { ...news }, [])).changes);
  const replacing: string[] = [];
  const staying: string[] = [];
  for (const input of inputs) {
    const changed = await kinds({ [input]: "one" }, { [input]: "two" });
    if (changed.some((kind) => kind.endsWith("-replace"))) replacing.push(input);
    if ((await kinds({ [input]: "one" }, {})).length === 0) staying.push(input);
  }
  const nested = facts.replaces.filter((input) => input.includes("."));
  const first = (
    await session.diff(
      ref,
      "1",
      { [replacing[0] ?? ""]: "one", name: "a" },
      { [replacing[0] ?? ""]: "two", name: "a" },
      [],
    )
  ).deleteBeforeReplace;
  const checks = new Set([
    ...Object.keys(schema.accepts ?? {}),
    ...[...(schema.oneOf ?? []), ...(schema.conflicts ?? []), ...(schema.together ?? [])].map((keys) =>
      keys.join("+"),
    ),
    ...(schema.refuses ? ["all together"] : []),
  ]);
  const cell = (list: readonly string[]) =>
    list.length === 0 ? "–" : list.map((one) => `\`${one}\``).join(" ");
  const order = replacing.length + nested.length === 0 ? "–" : first ? "deletes" : "creates";
  const columns = [
    `\`${type}\``,
    cell([...replacing, ...nested]),
    order,
    cell(staying),
    cell(schema.sets ?? []),
    cell([...checks]),
  ];
  return `| ${columns.join(" | ")} |`;
}

test("the table of what each type does is in the documentation", async () => {
  const rows: string[] = [];
  for (const vendor of vendors) {
    for (const [type, kind] of Object.entries(vendor.kinds)) rows.push(await rowOf(vendor, type, kind));
  }
  const text = readFileSync(path.join(ROOT, "docs/rehearsal.md"), "utf8");
  const shown = text.split("\n").filter((line) => /^\| `\w+:[\w/]+:\w+` \|/.test(line));
  assert.deepEqual(shown.sort(), rows.sort());
});
