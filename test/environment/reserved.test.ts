import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { isMap, parseDocument, visit } from "yaml";
import { ConfigError } from "../../stagewright/environment/problems";
import { readProject, readStack } from "../../stagewright/project/project";
import { dandiCopy, edit, setDiffers } from "../support/projects";

const NAMES = ["constructor", "prototype", "__proto__", "toString", "hasOwnProperty"];

function refusal(dir: string, stack: string): string {
  try {
    readStack(readProject(dir), stack);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
  return assert.fail("it was accepted");
}

/**
 * The file with a key of that name added to its nth map below the key `config`; `undefined` where
 * there are fewer.
 */
function withKey(text: string, nth: number, name: string): string | undefined {
  const document = parseDocument(text);
  let seen = -1;
  visit(document.getIn(["config"], true) as never, {
    Map(_, map) {
      seen += 1;
      if (seen === nth) map.items.unshift(document.createPair(name, 1));
    },
  });
  return seen >= nth ? document.toString() : undefined;
}

for (const file of ["Pulumi.yaml", "Pulumi.staging.yaml"]) {
  test(`a name that every object has is refused as a key in every map of ${file}`, () => {
    const dir = dandiCopy();
    const text = readFileSync(path.join(dir, file), "utf8");
    let maps = 0;
    // The outermost are Pulumi's own: `config` itself and, in the project's file, what `value`
    // stands in.
    for (let nth = file === "Pulumi.yaml" ? 2 : 1; ; nth++) {
      const name = NAMES[nth % NAMES.length] ?? "";
      const changed = withKey(text, nth, name);
      if (changed === undefined) break;
      writeFileSync(path.join(dir, file), changed);
      assert.match(
        refusal(dir, "staging"),
        new RegExp(
          `^${file.replaceAll(".", "\\.")}:\\d+: dandi:(environment|differs)[^ ]*\\.${name}: is not a name that is accepted here; accepted: another name`,
          "m",
        ),
        `${name} in map ${nth}`,
      );
      maps += 1;
    }
    assert.ok(maps >= (file === "Pulumi.yaml" ? 15 : 5), `${maps} maps were tried`);
  });
}

test("one such key in a stack's differences does not give it production's names", () => {
  const dir = dandiCopy();
  for (const name of NAMES) {
    edit(dir, "Pulumi.staging.yaml", ({ config }) => {
      const stated = (config as Record<string, object>)["dandi:differs"];
      // Own, as YAML gives it: an assignment to `__proto__` would make no key.
      (config as Record<string, object>)["dandi:differs"] = Object.fromEntries([
        [name, 1],
        ...Object.entries(stated ?? {}).filter(([key]) => !NAMES.includes(key)),
      ]);
    });
    assert.match(refusal(dir, "staging"), new RegExp(`dandi:differs\\.${name}: is not a name`));
  }
});

test("a reference to such a name is refused, whoever would provide it", () => {
  const dir = dandiCopy();
  for (const name of NAMES) {
    for (const reference of [
      `${name}.x`,
      `${name}`,
      `secret.${name}`,
      `generated.${name}`,
      `bucket.${name}`,
    ]) {
      setDiffers(dir, "production", { api: { variables: { X: `\${${reference}}` } } });
      assert.match(
        refusal(dir, "production"),
        /api\.variables\.X: refers to '\$\{.*\}'(, which nothing provides;|; accepted)/,
        reference,
      );
    }
  }
});

test("such a name is refused as an environment's, as a secret's, and as a part of a common path", () => {
  const dir = dandiCopy();
  for (const [differs, told] of [
    [{ name: "constructor" }, /dandi:differs\.name: is "constructor"; accepted: another name/],
    [{ data: { restoredFrom: ["prototype"] } }, /restoredFrom\[0\]: is "prototype"; accepted: another name/],
    [{ errors: { readToken: "constructor" } }, /errors\.readToken: is "constructor"; accepted: another name/],
    [{ common: ["constructor"] }, /common\[0\]: is 'constructor', which this environment does not have/],
    [{ common: ["api.toString"] }, /common\[0\]: is 'api\.toString', which this environment does not have/],
    [
      { bucket: { account: "constructor" } },
      /bucket\.account: is 'constructor'; accepted is one of accounts/,
    ],
  ] as const) {
    setDiffers(dir, "production", differs);
    assert.match(refusal(dir, "production"), told);
  }
});

test("the maps of a document are found where a test puts keys into them", () => {
  assert.ok(isMap(parseDocument(withKey("config: {a: {b: 1}}", 1, "x") ?? "").getIn(["config", "a"])));
});
