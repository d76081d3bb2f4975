import assert from "node:assert/strict";
import { test } from "vitest";
import { play } from "./play";
import { chances, type Event } from "./sequence";
import { allStacks } from "./stacks";

// A few of what `npm run never-lost` plays by the hundred: the ways in which something was lost
// once.
const SEQUENCES: [string, Event[]][] = [
  ["upendo/production", ["up", "lose the state", "recover", "up"]],
  ["payslip/staging", ["kill", "up", "lose the state", "plan up"]],
  ["release-train/production", ["up", "lose the state", "up", "recover"]],
];

for (const [name, events] of SEQUENCES) {
  test(`${name} loses nothing by: ${events.join(", ")}`, async () => {
    const found = allStacks().find(({ dir, stack }) => `${dir}/${stack}`.endsWith(name));
    assert.ok(found);
    const { faults, log } = await play(found.dir, found.stack, events, chances(1));
    assert.deepEqual(faults, [], log.join("\n"));
  });
}
