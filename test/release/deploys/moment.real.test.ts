import assert from "node:assert/strict";
import { Temporal } from "temporal-polyfill";
import { test } from "vitest";
import { parseCalendar } from "../../../stagewright/environment/schema/release/times";
import { cronLines } from "../../../stagewright/release/cron";
import { occurrencesBetween } from "../../../stagewright/release/time/schedule";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { workflowWith } from "./deployed";
import type { Repository } from "./github-platform";
import { deployed, SHA, untouched } from "./world";

const ZONES = [
  "Africa/Nairobi",
  "Europe/London",
  "America/Toronto",
  "America/St_Johns",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Australia/Adelaide",
  "Pacific/Auckland",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  "America/Santiago",
  "Africa/Casablanca",
  "Asia/Beirut",
  "America/Havana",
  "Europe/Dublin",
  "Asia/Tehran",
  "Pacific/Marquesas",
  "UTC",
  "GMT",
];
const SCHEDULES = [
  "sunday 20:00",
  "weekdays 00:15",
  "daily 02:30",
  "monday and friday 23:45",
  "every second monday from 2026-01-05 at 07:30",
];

test("several runs follow every moment of a schedule, off the full and half hour, in twenty zones", () => {
  const from = Temporal.Instant.from("2026-01-01T00:00Z");
  const until = from.add({ hours: 24 * 400 });
  for (const zone of ZONES) {
    for (const text of SCHEDULES) {
      const schedule = parseCalendar(text);
      const lines = cronLines(schedule, zone);
      for (const line of lines) assert.doesNotMatch(line, /^(\d+,)*(0|30)[, ]/);
      const runs = lines.flatMap(inTheWeek);
      for (const moment of occurrencesBetween(schedule, zone, from, until)) {
        const after = runs.map((run) => (run - inWeek(moment) + WEEK) % WEEK).filter((late) => late < 240);
        const about = `${text} in ${zone}: ${moment} by ${lines.join("; ")}`;
        assert.ok(after.length >= 5 && Math.min(...after) <= 11 && Math.max(...after) >= 200, about);
      }
    }
  }
});

const WEEK = 7 * 24 * 60;

/** Minutes since Sunday, in UTC. 1970 began on a Thursday. */
const inWeek = (moment: Temporal.Instant) => (moment.epochMilliseconds / 60_000 + 4 * 24 * 60) % WEEK;

/** The minutes of the week, in UTC, at which a cron line starts runs. */
function inTheWeek(line: string): number[] {
  const [minutes = "", hour, , , days = "*"] = line.split(" ");
  const each = days === "*" ? [0, 1, 2, 3, 4, 5, 6] : days.split(",").map(Number);
  return each.flatMap((day) =>
    minutes.split(",").map((minute) => (day * 24 + Number(hour)) * 60 + Number(minute)),
  );
}

test("lines for each offset, no more; the day of UTC, not that of the zone", () => {
  const lines = (text: string, zone: string) => cronLines(parseCalendar(text), zone);
  assert.deepEqual(lines("sunday 20:00", "Africa/Nairobi"), [
    "7,22,52 17 * * 0",
    "52 18 * * 0",
    "52 20 * * 0",
  ]);
  assert.deepEqual(lines("monday 01:00", "Africa/Nairobi"), [
    "7,22,52 22 * * 0",
    "52 23 * * 0",
    "52 1 * * 1",
  ]);
  assert.deepEqual(lines("weekdays 09:00", "Europe/London"), [
    "7,22,52 9 * * 1,2,3,4,5",
    "52 10 * * 1,2,3,4,5",
    "52 12 * * 1,2,3,4,5",
    "7,22,52 8 * * 1,2,3,4,5",
    "52 11 * * 1,2,3,4,5",
  ]);
  assert.deepEqual(lines("daily 00:08", "UTC"), ["15,34 0 * * *", "4 1 * * *", "4 2 * * *", "4 4 * * *"]);
  assert.deepEqual(lines("hourly", "Europe/London"), ["7 * * * *"]);
});

/** A run of the clock at a time, in a repository that remembers what was deployed when. */
async function tick(file: WorkflowFile, repository: Repository, now: string) {
  const before = repository.deployments?.length ?? 0;
  const seen = await deployed(file, { event: "schedule", repository, now });
  for (const record of repository.deployments?.slice(before) ?? []) record.created_at = now;
  return seen;
}

const here = (created_at: string, ...states: string[]) => ({
  environment: "staging",
  task: "deploy:api",
  sha: SHA,
  created_at,
  states,
});
const onMaster = { branches: { master: SHA }, compared: { [`master...${SHA}`]: { status: "identical" } } };

// Both days of the year on which clocks change, and the time that is skipped or comes twice.
const DAYS: [string, string, string][] = [
  ["Europe/London", "daily 01:30", "2026-03-29"],
  ["Europe/London", "daily 01:30", "2026-10-25"],
  ["America/Toronto", "sunday 20:00", "2026-03-08"],
  ["Australia/Lord_Howe", "daily 02:15", "2026-10-04"],
  ["America/Havana", "daily 00:30", "2026-03-08"],
  ["Africa/Nairobi", "every second monday from 2026-01-05 at 07:30", "2026-02-02"],
  ["Africa/Nairobi", "every second monday from 2026-01-05 at 07:30", "2026-02-09"],
];
for (const [zone, text, day] of DAYS) {
  test(`of all runs that GitHub starts around ${day}, one deploys for each stated moment: ${text} in ${zone}`, async () => {
    const schedule = parseCalendar(text);
    const file = workflowWith("api", { tracks: "branch master", schedule: text }, { timezone: zone });
    const from = Temporal.Instant.from(`${day}T00:00Z`).subtract({ hours: 13 });
    const until = from.add({ hours: 36 });
    const repository: Repository = { ...onMaster, deployments: [here(from.toString(), "success")] };
    const runs = new Set(cronLines(schedule, zone).flatMap(inTheWeek));
    const passed: Temporal.Instant[] = [];
    for (let at = from; Temporal.Instant.compare(at, until) < 0; at = at.add({ minutes: 1 })) {
      if (!runs.has(inWeek(at))) continue;
      const seen = await tick(file, repository, at.toString());
      assert.equal(seen.results.rules, "success", seen.output);
      if (seen.results.deploy === "success") passed.push(at);
    }
    const expected = occurrencesBetween(schedule, zone, from, until.subtract({ minutes: 11 }));
    assert.deepEqual(
      passed.map((at) => expected.find((moment) => at.since(moment).total("minutes") <= 11)?.toString()),
      expected.map(String),
    );
  });
}

const NIGHTLY = workflowWith("api", { tracks: "branch master", schedule: "daily 23:30" });
const MOMENT = Temporal.Instant.from("2026-05-01T23:30Z");
const after = (minutes: number) => MOMENT.add({ minutes }).toString();

for (const late of [0, 3, 59, 61, 95, 300, 700]) {
  test(`a run that comes ${late} minutes late serves its moment, and those after it do nothing`, async () => {
    const repository: Repository = { ...onMaster, deployments: [] };
    const first = await tick(NIGHTLY, repository, after(7 + late));
    assert.equal(first.results.deploy, "success", first.output);
    const next = await tick(NIGHTLY, repository, after(12 + late));
    assert.deepEqual(next.results, { rules: "success", deploy: "skipped" });
    assert.match(next.output, /Not now: Friday 2026-05-01 23:30 in UTC is served already/);
    assert.equal(repository.deployments?.length, 1);
  });
}

test("a moment that no run came for in twelve hours is missed, which is told; by hand it is made up for", async () => {
  const late = await tick(NIGHTLY, { ...onMaster }, after(721));
  assert.match(
    late.output,
    /::error::Friday 2026-05-01 23:30 in UTC was missed: this run comes 721 minutes later/,
  );
  assert.ok(untouched(late));
});

test("what failed was tried, what was skipped was not, and an earlier run that waits is left to it", async () => {
  const deploys = async (more: Repository) =>
    (await tick(NIGHTLY, { ...onMaster, ...more }, after(52))).results.deploy === "success";
  assert.equal(await deploys({ deployments: [here(after(8), "failure", "in_progress")] }), false);
  assert.equal(await deploys({ deployments: [here(after(8), "in_progress")] }), false);
  assert.equal(await deploys({ deployments: [here(after(8), "inactive", "in_progress")] }), true);
  assert.equal(await deploys({ deployments: [here(after(-600), "success")] }), true);
  assert.equal(await deploys({ runs: [{ id: 0, status: "waiting" }] }), false);
  assert.equal(
    await deploys({
      runs: [
        { id: 0, status: "completed" },
        { id: 2, status: "queued" },
      ],
    }),
    true,
  );
});

test("by hand, the schedule does not hold a deploy back", async () => {
  const file = workflowWith("api", { tracks: "branch master", schedule: "daily 23:30", onRequest: true });
  const seen = await deployed(file, { event: "workflow_dispatch", now: "2026-05-02T12:00:00Z" });
  assert.equal(seen.results.deploy, "success", seen.output);
});
