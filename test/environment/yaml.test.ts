import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { ConfigError } from "../../stagewright/environment/problems";
import { readYaml } from "../../stagewright/environment/yaml";
import { scratch } from "../support/projects";

const dir = scratch();

function file(text: string) {
  writeFileSync(path.join(dir, "Pulumi.x.yaml"), text);
  return readYaml(dir, "Pulumi.x.yaml");
}

function refusal(text: string): string {
  try {
    file(text);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
  return assert.fail("it was accepted");
}

test("an alias that leads nowhere, into itself or to too much is one sentence", () => {
  assert.match(refusal("a: *nobody\n"), /^Pulumi\.x\.yaml(:1)?: .*nobody/);
  assert.match(refusal("a: &a\n  b: *a\n"), /^Pulumi\.x\.yaml: cannot be used: an alias stands inside of/);
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [index, name] of [..."bcdefgh"].entries()) {
    const before = "abcdefgh"[index];
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
  }
  assert.match(refusal(bomb.join("\n")), /^Pulumi\.x\.yaml: cannot be used: Excessive alias count/);
});

test("what is nested too deeply is one sentence", () => {
  for (const depth of [50_000, 5_000])
    assert.match(refusal(`a: ${"[".repeat(depth)}${"]".repeat(depth)}`), /^Pulumi\.x\.yaml: .*too deeply/);
});

// What the engine makes of each was tried with v3.259.0: `pulumi config get`.
test("what Pulumi reads as something else must be written so that both read the same", () => {
  const read = (value: string) => file(`a:\n  b: ${value}\n`).readOtherwise(["a"]);
  for (const [value, as] of [
    ["0777", "a number of base 8"],
    ["-012", "a number of base 8"],
    ["0b11", "a number of base 2"],
    ["1_000", "a number"],
    ["0x_FF", "a number"],
    ["1_0.5", "a number"],
    [".inf", "no number"],
    ["2001-01-01", "a time"],
    ["2001-12-14t21:59:43.10-05:00", "a time"],
  ]) {
    const [problem, ...others] = read(value ?? "");
    assert.equal(others.length, 0);
    assert.equal(problem?.file, "Pulumi.x.yaml:2");
    assert.ok(problem?.says.startsWith(`has ${value} without quotes, which Pulumi reads as ${as}`), value);
    assert.deepEqual(read(`"${value}"`), []);
  }
  for (const value of [
    "yes",
    "on",
    "12:30",
    "1.10",
    "12e3",
    "~",
    "NULL",
    "+12",
    "0xFF",
    "0o777",
    "TRUE",
    "0",
    "0.5",
    "4f0c_2d1x",
    "v1_0",
  ])
    assert.deepEqual(read(value), [], value);
});

test("tags and merge keys are refused, and a day stands where one belongs", () => {
  const said = (text: string) =>
    file(text)
      .readOtherwise(["a"])
      .map(({ says }) => says);
  assert.match(said("a: {b: !!binary aGVsbG8=}").join(), /^has the tag tag:yaml\.org,2002:binary/);
  assert.match(said("a: {b: !!set {c}}").join(), /^has the tag/);
  assert.match(said("a: {<<: {x: 1}, y: 2}").join(), /^has the key <</);
  assert.deepEqual(said("a: [{until: 2027-06-30}]"), []);
});
