import assert from "node:assert/strict";
import { test } from "vitest";
import type { Properties } from "../../providers/protocol/provider";
import { vendors } from "../../stagewright/rehearsal/vendors";
import { play } from "./vendor-play";

const all = vendors.flatMap((vendor) =>
  Object.entries(vendor.kinds).map(([type, { facts }]) => ({ vendor, type, facts })),
);

// What a physical name is taken from.
const NAMED = { name: "it", bucket: "it" };

/** `organization.name` with the value `x`: `{ organization: { name: "x" } }`. */
function nested(path: string, value: unknown): Properties {
  const [head = "", ...rest] = path.split(".");
  return { [head]: rest.length === 0 ? value : nested(rest.join("."), value) };
}

/** The paths above a path: `a`, `a.b` of `a.b.c`. */
function above(path: string): string[] {
  const steps = path.split(".");
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join("."));
}

for (const { vendor, type, facts } of all) {
  test(`${type} is replaced where a listed path changes, appears or vanishes, alone or with what is above it`, async () => {
    const { diff } = await play(vendor, { config: { region: "us-east-2", owner: "acme" } });
    const forced = async (olds: Properties, news: Properties) =>
      Object.entries(await diff(type, { ...NAMED, ...olds }, { ...NAMED, ...news }))
        .filter(([, kind]) => kind.endsWith("-replace"))
        .map(([path]) => path.split(/[.[]/)[0]);
    for (const path of facts.replaces) {
      const [root = ""] = path.split(".");
      const [a, b] = [nested(path, "a"), nested(path, "b")];
      assert.deepEqual(await forced(a, b), [root], `${path} changes`);
      for (const parent of above(path)) {
        const without = parent === root ? {} : nested(parent.split(".").slice(0, -1).join("."), {});
        assert.deepEqual(await forced(a, without), [root], `${parent} vanishes`);
        assert.deepEqual(await forced(without, a), [root], `${parent} appears`);
        const other = nested(`${parent}.anotherMember`, true);
        assert.deepEqual(await forced(other, without), [], `${parent} vanishes, without ${path}`);
        assert.deepEqual(await forced(without, other), [], `${parent} appears, without ${path}`);
      }
    }
  });
}
