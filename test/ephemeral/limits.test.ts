import assert from "node:assert/strict";
import { test } from "vitest";
import { hoursAfter, hoursOf } from "../../stagewright/ephemeral/lifetime";
import { limitsOf, refuseCost, refuseMany, timeToLive } from "../../stagewright/ephemeral/limits";
import { viewOf } from "../../stagewright/ephemeral/view";
import { readProject, readStack } from "../../stagewright/project/project";
import { ROOT } from "../support/projects";

const { spec } = readStack(readProject(ROOT), "staging");
const limits = limitsOf(spec);
const other = viewOf("eph-other", { resources: [] }, new Date());

test("a time to live is hours, days or none", () => {
  assert.deepEqual(["72h", "14d", "none", "3w", "", "0h"].map(hoursOf), [
    72,
    336,
    null,
    undefined,
    undefined,
    undefined,
  ]);
  // No clock is changed in between: a day is 24 hours, whatever the calendar does.
  const before = new Date("2026-03-28T12:00:00Z");
  assert.equal(hoursAfter(before, 24).toISOString(), "2026-03-29T12:00:00.000Z");
});

test("a time to live is refused where it is none, or too long", () => {
  assert.equal(timeToLive(undefined, limits), 72);
  assert.equal(timeToLive("none", limits), null);
  const accepted = "accepted: hours or days up to 14d, for example 72h, or none";
  assert.throws(() => timeToLive("3w", limits), { message: `--ttl: is '3w'; ${accepted}` });
  assert.throws(() => timeToLive("15d", limits), {
    message: `--ttl: is '15d', which is too long; ${accepted}`,
  });
  assert.throws(
    () => timeToLive("none", { ...limits, sandboxes: false }),
    /does not allow; accepted: .*example 72h$/,
  );
});

test("one too many, and one too dear, is refused in a sentence", () => {
  refuseMany(19, limits);
  assert.throws(() => refuseMany(20, limits), {
    name: "Refusal",
    message: "there are 20 ephemeral environments already, and ephemeral.max is 20; destroy one first",
  });
  const small = { ...spec, api: undefined, broker: undefined, database: undefined };
  refuseCost(small, [{ ...other, cost: 30 }], 30);
  assert.throws(() => refuseCost(spec, [{ ...other, cost: 30 }], 300), {
    name: "Refusal",
    message:
      /^it would cost \$\d+\.\d\d a month, and with the \$30\.00 of the others that is more than ephemeral\.monthly, \$300\.00; destroy one first$/,
  });
  assert.throws(() => refuseCost(small, [{ ...other, cost: null }], 30), /no price is known of other$/);
});
