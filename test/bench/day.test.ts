import assert from "node:assert/strict";
import { test } from "vitest";
import { PLANS, SMALL, secondsOf, WITH_DATABASE } from "../../bench/day/facts";
import { pollsIn, simulate, USUAL_DAY } from "../../bench/day/simulate";
import { resourceType } from "../../stagewright/resources/types";

const SMALL_DAY = { ...USUAL_DAY, pulls: 40 };
const most = (name: string, day = SMALL_DAY) =>
  simulate(day).calls.find(({ limit }) => limit.name === name)?.most ?? Number.NaN;

test("the same day gives the same needs, another seed others", () => {
  assert.deepEqual(simulate(SMALL_DAY), simulate(SMALL_DAY));
  assert.notDeepEqual(simulate(SMALL_DAY), simulate({ ...SMALL_DAY, seed: 2 }));
});

test("nothing happens where nobody opens a pull request, but for the reaper's hours", () => {
  const { runs, environments, cost, minutes, jobsWanted } = simulate({ ...SMALL_DAY, pulls: 0 });
  assert.deepEqual(
    { runs, environments, cost, minutes, jobsWanted },
    { runs: 0, environments: 0, cost: 0, minutes: 24, jobsWanted: 1 },
  );
});

test("a single pull request a day is one run for each push and one for its close", () => {
  // Opened and closed within minutes, with no push between: two runs of a creation's two jobs and a
  // destruction's one.
  const { runs, environments } = simulate({ ...USUAL_DAY, pulls: 1, pushes: 0, open: 3600, checks: 0 });
  assert.ok(runs >= 1 && runs <= 4, `${runs}`);
  assert.equal(environments, 1);
});

test("environments are as many as pull requests are open at once, as Little's law has it", () => {
  // 200 a day, each open for a twelfth of a day on average, and the creation takes its minutes.
  const { cost } = simulate({ ...USUAL_DAY, pulls: 200, open: 2 * 3600, checks: 0, cost: 1 });
  assert.ok(cost > 13 && cost < 18, `${cost}`);
});

test("what outlives its time is gone, though nobody closes its pull request", () => {
  const long = { ...SMALL_DAY, open: 365 * 86_400, pushes: 0 };
  const kept = simulate({ ...long, ttl: 365 * 86_400 }).environments;
  const reaped = simulate({ ...long, ttl: 24 * 3600 }).environments;
  assert.ok(kept > 230 && reaped < 100, `${kept} ${reaped}`);
});

test("fewer runners make jobs wait, and none waits where there are enough", () => {
  const day = { ...USUAL_DAY, pulls: 400 };
  const waits = [5, PLANS.Free, PLANS.Enterprise].map((jobs) => simulate({ ...day, jobs }).longestWait);
  assert.ok((waits[0] ?? 0) > (waits[1] ?? 0) && (waits[1] ?? 0) > 0, `${waits}`);
  assert.equal(waits[2], 0);
});

test("more checks ask GitHub more often, and slower ones do", () => {
  const name = "GitHub, token of the runs, a repository";
  assert.ok(most(name, { ...SMALL_DAY, stated: 3 }) > most(name));
  assert.ok(most(name, { ...SMALL_DAY, checks: 30 * 60 }) > most(name));
});

test("checks are asked for after 15, 45, 105 seconds and then every minute", () => {
  assert.deepEqual([0, 1, 15, 16, 45, 46, 105, 106, 165, 166].map(pollsIn), [1, 2, 2, 3, 3, 4, 4, 5, 5, 6]);
});

test("the vendors' times are those of the rehearsal cloud", () => {
  assert.equal(secondsOf(WITH_DATABASE, "create") - secondsOf(SMALL, "create"), 240);
  assert.throws(
    () => secondsOf([[resourceType("heroku:app/nothing:Nothing")]], "create"),
    /does not play heroku:app\/nothing/,
  );
});
