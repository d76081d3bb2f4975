import assert from "node:assert/strict";
import { test } from "vitest";
import { differences, overlap, pathText, valueIn } from "../../stagewright/parity/differences";
import { graphOf, keyOf, SECRET } from "../../stagewright/resources/graph";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
const provider = (stack: string, id: string) =>
  `urn:pulumi:${stack}::shop::pulumi:providers:aws::main::${id}`;
const stack = (name: string, bucket: string, more: object = {}) =>
  graphOf([
    {
      urn: `urn:pulumi:${name}::shop::pulumi:pulumi:Stack::shop-${name}`,
      type: "pulumi:pulumi:Stack",
      custom: false,
      outputs: { url: `https://${bucket}` },
    },
    {
      urn: `urn:pulumi:${name}::shop::my:index:Part$aws:s3/bucket:Bucket::data`,
      type: "aws:s3/bucket:Bucket",
      custom: true,
      id: bucket,
      parent: `urn:pulumi:${name}::shop::my:index:Part::part`,
      provider: provider(name, name === "one" ? "1111" : "2222"),
      created: `2026-01-0${name.length}`,
      protect: false,
      dependencies:
        name === "one"
          ? [`urn:pulumi:${name}::shop::a::x`, `urn:pulumi:${name}::shop::a::y`]
          : [`urn:pulumi:${name}::shop::a::y`, `urn:pulumi:${name}::shop::a::x`],
      inputs: {
        bucket,
        policy: JSON.stringify({ Statement: [{ Resource: `arn:${bucket}` }] }),
        key: secret(`${name} key`),
      },
      outputs: { arn: `arn:${bucket}` },
      ...more,
    },
  ]);

test("a key has neither stack nor project, and keeps colons of the logical name", () => {
  assert.equal(keyOf("urn:pulumi:one::shop::a:b:C$d:e:F::the::name"), "a:b:C$d:e:F::the::name");
  assert.equal(keyOf("urn:pulumi:one::shop::pulumi:pulumi:Stack::shop-one"), "pulumi:pulumi:Stack::shop");
});

test("what depends on the stack, on the vendor or on time is no part of a graph", () => {
  const [one, two] = [stack("one", "same"), stack("two", "same")];
  const found = differences(one, two);
  assert.deepEqual(
    found.map(({ path, secret }) => [path, secret]),
    [[["inputs", "key"], true]],
  );
});

test("a difference is said as deep inside as it is, also inside JSON", () => {
  const found = differences(stack("one", "left"), stack("one", "right", { protect: true }));
  assert.deepEqual(
    found.map(({ resource, path, a, b }) => [resource.split("::").at(-1), pathText(path), a, b]),
    [
      ["data", "bucket", "left", "right"],
      ["data", "policy.Statement[0].Resource", "arn:left", "arn:right"],
      ["data", "option protect", undefined, true],
      ["shop", "output url", "https://left", "https://right"],
    ],
  );
});

test("a resource of one stack alone is one difference", () => {
  const one = stack("one", "same");
  const less = new Map([...one].slice(0, 1));
  const key = "my:index:Part$aws:s3/bucket:Bucket::data";
  assert.deepEqual(differences(one, less), [
    { resource: key, path: [], a: true, b: undefined, secret: false },
  ]);
  assert.deepEqual(differences(less, one), [
    { resource: key, path: [], a: undefined, b: true, secret: false },
  ]);
});

test("a value that is a secret on one side alone differs", () => {
  const plain = stack("one", "same", { inputs: { key: "value" } });
  const hidden = stack("one", "same", { inputs: { key: secret("value") } });
  assert.deepEqual(
    differences(plain, hidden).map(({ path, secret }) => [path, secret]),
    [[["inputs", "key"], true]],
  );
});

test("a value is found inside secrets and JSON", () => {
  const graph = stack("one", "same", { inputs: { env: secret({ A: "1" }), policy: '{"Statement":["x"]}' } });
  const resource = "my:index:Part$aws:s3/bucket:Bucket::data";
  assert.equal(valueIn(graph, { resource, path: ["inputs", "env", "A"] }), "1");
  assert.equal(valueIn(graph, { resource, path: ["inputs", "policy", "Statement", "0"] }), "x");
  assert.deepEqual(valueIn(graph, { resource, path: ["inputs", "env"] }), { [SECRET]: { A: "1" } });
  assert.equal(valueIn(graph, { resource: "none", path: ["inputs"] }), undefined);
});

test("a place overlaps with what is inside it, but a whole resource only with itself", () => {
  const at = (...path: string[]) => ({ resource: "r", path });
  assert.ok(overlap(at("inputs", "tags"), at("inputs", "tags", "owner")));
  assert.ok(!overlap(at("inputs", "tags"), at("inputs", "name")));
  assert.ok(overlap(at(), at()));
  assert.ok(!overlap(at(), at("inputs", "tags")));
  assert.ok(!overlap(at("inputs"), { resource: "other", path: ["inputs"] }));
});
