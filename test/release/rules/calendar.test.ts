import assert from "node:assert/strict";
import { DateTime } from "luxon";
import { Temporal } from "temporal-polyfill";
import { test } from "vitest";
import { calendarOf } from "../../../stagewright/release/calendar/entries";
import { icalendar } from "../../../stagewright/release/calendar/ics";
import { systemOf } from "./systems";

const at = (text: string) => Temporal.Instant.from(text);
const lines = (name: string, from: string, until: string) =>
  calendarOf(systemOf(name), at(from), at(until)).entries.map(
    (entry) => `${entry.at} ${entry.environment} ${entry.what}`,
  );

test("the release train's week, in UTC, from times in Nairobi", () => {
  assert.deepEqual(lines("release-train", "2026-01-04T00:00Z", "2026-01-11T00:00Z"), [
    "2026-01-04T17:00:00Z dev deploys branch dev",
    "2026-01-05T05:30:00Z staging deploys branch staging",
    "2026-01-07T04:30:00Z production deploys branch master",
  ]);
});

test("the other cadence: every Wednesday, every second Monday, and what has no day", () => {
  assert.deepEqual(lines("release-train-cadence", "2026-01-04T00:00Z", "2026-01-25T00:00Z"), [
    "2026-01-05T04:30:00Z production deploys branch master",
    "2026-01-07T05:30:00Z staging deploys branch staging",
    "2026-01-14T05:30:00Z staging deploys branch staging",
    "2026-01-19T04:30:00Z production deploys branch master",
    "2026-01-21T05:30:00Z staging deploys branch staging",
  ]);
  const { events } = calendarOf(
    systemOf("release-train-cadence"),
    at("2026-01-04T00:00Z"),
    at("2026-01-25T00:00Z"),
  );
  assert.deepEqual(
    events.map(({ environment, what }) => `${environment} ${what}`),
    ["dev deploys branch dev after every merged pull request"],
  );
});

test("dt: windows from opening to closing, daily tests, and logs every hour", () => {
  const { entries, hourly, events } = calendarOf(
    systemOf("dt"),
    at("2026-01-03T00:00Z"),
    at("2026-01-04T00:00Z"),
  );
  assert.deepEqual(
    entries.map(({ environment, kind, at, until }) => `${environment} ${kind} ${at} ${until ?? ""}`.trim()),
    [
      "tests verify 2026-01-03T00:00:00Z",
      "production deploy 2026-01-03T09:00:00Z",
      "production window 2026-01-03T09:00:00Z 2026-01-03T12:00:00Z",
    ],
  );
  assert.deepEqual(
    hourly.map(({ environment, kind, rule }) => `${environment} ${kind}: ${rule}`),
    ["production log watch: release.api.logWatch.schedule: hourly"],
  );
  assert.deepEqual(events.map(({ environment, what }) => `${environment} ${what}`).sort(), [
    "sandbox deploys branch master after tests",
    "sandbox-anton deploys branch master at every push",
    "stage deploys branch master after sandbox",
    "tests deploys branch master after sandbox-anton",
  ]);
});

test("a deploy that is due while its window is closed is shown as such", () => {
  const changes = { production: { release: { api: { schedule: "daily 10:00" } } } };
  const { entries } = calendarOf(systemOf("dt", changes), at("2026-01-02T00:00Z"), at("2026-01-04T00:00Z"));
  const deploys = entries.filter(({ kind }) => kind === "deploy");
  assert.deepEqual(
    deploys.map(({ closed }) => closed),
    [true, false],
  );
});

/** The properties of each event, unfolded (RFC 5545 §3.1). */
function eventsOf(text: string): Map<string, string>[] {
  return [...text.replace(/\r\n[ \t]/g, "").matchAll(/BEGIN:VEVENT\r\n([\s\S]*?)\r\nEND:VEVENT/g)].map(
    ([, inside = ""]) =>
      new Map(
        inside.split("\r\n").map((line): [string, string] => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon), line.slice(colon + 1)];
        }),
      ),
  );
}

test("the iCalendar file says the same times, in lines that RFC 5545 allows, and keeps its UIDs", () => {
  const changes = {
    production: {
      release: { api: { verify: { run: `dt test, "all"; ${"é".repeat(80)}`, schedule: "daily 03:00" } } },
    },
  };
  const system = systemOf("dt", changes);
  const calendar = calendarOf(system, at("2026-03-20T00:00Z"), at("2026-04-17T00:00Z"));
  const text = icalendar("dt", calendar);
  assert.match(text, /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:[^\r]+\r\n/);
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
  assert.ok(!/[^\r]\n/.test(text), "every line ends with CRLF");
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);

  const events = eventsOf(text);
  assert.equal(events.length, calendar.entries.length + calendar.hourly.length);
  for (const [index, entry] of calendar.entries.entries()) {
    const event = events[index];
    const read = (name: string) =>
      DateTime.fromFormat(event?.get(name) ?? "", "yyyyMMdd'T'HHmmss'Z'", { zone: "utc" }).toMillis();
    assert.equal(read("DTSTART"), entry.at.epochMilliseconds);
    assert.equal(event?.has("DTEND"), entry.until !== undefined);
    if (entry.until) assert.equal(read("DTEND"), entry.until.epochMilliseconds);
    assert.ok(event?.get("SUMMARY")?.startsWith(`${entry.environment}: `));
  }
  const [watch] = events.slice(-1);
  assert.match(watch?.get("RRULE") ?? "", /^FREQ=HOURLY;UNTIL=20260416T235959Z$/);
  const uids = events.map((event) => event.get("UID"));
  assert.equal(new Set(uids).size, uids.length, "unique");

  // Read a week later, what is in both has the same UID.
  const later = icalendar("dt", calendarOf(system, at("2026-03-27T00:00Z"), at("2026-04-17T00:00Z")));
  const shared = eventsOf(later).filter((event) => !event.has("RRULE"));
  for (const event of shared) assert.ok(uids.includes(event.get("UID")), event.get("UID"));
  assert.equal(icalendar("dt", calendar), text, "the same calendar gives the same text");
});
