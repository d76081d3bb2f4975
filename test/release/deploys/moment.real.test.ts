import assert from "node:assert/strict";
import { Temporal } from "temporal-polyfill";
import { test } from "vitest";
import { parseCalendar } from "../../../stagewright/environment/schema/release/times";
import { cronLines } from "../../../stagewright/release/cron";
import { occurrencesBetween } from "../../../stagewright/release/time/schedule";
import { workflowWith } from "./deployed";
import { deployed, untouched } from "./world";

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

test("every moment of a schedule is one at which some cron line starts a run, in twenty zones", () => {
  const from = Temporal.Instant.from("2026-01-01T00:00Z");
  const until = from.add({ hours: 24 * 400 });
  for (const zone of ZONES) {
    for (const text of SCHEDULES) {
      const schedule = parseCalendar(text);
      const lines = cronLines(schedule, zone);
      for (const moment of occurrencesBetween(schedule, zone, from, until))
        assert.ok(
          lines.some((line) => starts(line, moment)),
          `${text} in ${zone}: ${moment} by ${lines}`,
        );
    }
  }
});

test("a line for each offset, no more; the day of UTC, not that of the zone", () => {
  assert.deepEqual(cronLines(parseCalendar("sunday 20:00"), "Africa/Nairobi"), ["0 17 * * 0"]);
  assert.deepEqual(cronLines(parseCalendar("monday 01:00"), "Africa/Nairobi"), ["0 22 * * 0"]);
  assert.deepEqual(cronLines(parseCalendar("weekdays 09:00"), "Europe/London"), [
    "0 9 * * 1,2,3,4,5",
    "0 8 * * 1,2,3,4,5",
  ]);
  assert.deepEqual(cronLines(parseCalendar("daily 00:00 in Asia/Kolkata"), "UTC"), ["30 18 * * *"]);
  assert.deepEqual(cronLines(parseCalendar("saturday 23:30"), "America/Toronto"), [
    "30 4 * * 0",
    "30 3 * * 0",
  ]);
  assert.deepEqual(cronLines(parseCalendar("hourly"), "Europe/London"), ["0 * * * *"]);
});

/** Whether a cron line starts a run at a moment. */
function starts(line: string, moment: Temporal.Instant): boolean {
  const [minute, hour, , , days = "*"] = line.split(" ");
  const utc = moment.toZonedDateTimeISO("UTC");
  const day = String(utc.dayOfWeek % 7);
  return (
    utc.minute === Number(minute) &&
    utc.hour === Number(hour) &&
    (days === "*" || days.split(",").includes(day))
  );
}

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
  test(`of all runs that GitHub starts around ${day}, those at the stated moments deploy: ${text} in ${zone}`, async () => {
    const file = workflowWith("api", { tracks: "branch master", schedule: text }, { timezone: zone });
    const from = Temporal.Instant.from(`${day}T00:00Z`).subtract({ hours: 14 });
    const until = from.add({ hours: 52 });
    const passed: string[] = [];
    for (let at = from; Temporal.Instant.compare(at, until) < 0; at = at.add({ minutes: 5 })) {
      for (const schedule of cronLines(parseCalendar(text), zone).filter((line) => starts(line, at))) {
        // GitHub starts it 11 minutes late.
        const seen = await deployed(file, {
          event: "schedule",
          github: { event: { schedule } },
          now: at.add({ minutes: 11 }).toString(),
        });
        assert.equal(seen.results.rules, "success", seen.output);
        if (seen.results.deploy === "success") passed.push(at.toString());
        else assert.ok(untouched(seen));
      }
    }
    const expected = occurrencesBetween(parseCalendar(text), zone, from, until).map(String);
    assert.deepEqual(passed, expected);
  });
}

test("a run that GitHub starts more than an hour late is refused, over midnight too", async () => {
  const file = workflowWith("api", { tracks: "branch master", schedule: "daily 23:30" });
  const run = (now: string) =>
    deployed(file, { event: "schedule", github: { event: { schedule: "30 23 * * *" } }, now });
  assert.equal((await run("2026-05-02T00:29:00Z")).results.deploy, "success");
  const late = await run("2026-05-02T00:31:00Z");
  assert.match(late.output, /::error::GitHub started this run 61 minutes late, and 60 are accepted/);
  assert.ok(untouched(late));
});

test("by hand, the schedule does not hold a deploy back", async () => {
  const file = workflowWith("api", { tracks: "branch master", schedule: "daily 23:30", onRequest: true });
  const seen = await deployed(file, { event: "workflow_dispatch", now: "2026-05-02T12:00:00Z" });
  assert.equal(seen.results.deploy, "success", seen.output);
});
