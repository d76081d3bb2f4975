import assert from "node:assert/strict";
import { test } from "vitest";
import { scratch } from "../support/projects";
import { apart } from "./apart";

// `STAGEWRIGHT_CROWD=100` is what the project promises; ten show the same in a minute.
const COUNT = Number(process.env.STAGEWRIGHT_CROWD ?? 10);

test(`${COUNT} environments in random interleavings with random kills: the cloud holds what the list says`, async () => {
  const { status, output } = await apart("crowd-process", scratch(), `${COUNT}`);
  assert.equal(status, 0, output);
  console.log(output.trim());
});
