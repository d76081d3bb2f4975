import assert from "node:assert/strict";
import { DateTime } from "luxon";
import { Temporal } from "temporal-polyfill";
import { test } from "vitest";
import { parseCalendar, parseWindow } from "../../../stagewright/environment/schema/release/times";
import { decide } from "../../../stagewright/release/decision/decide";
import { facts } from "../../../stagewright/release/decision/facts";
import { nextOccurrence, occurrencesBetween } from "../../../stagewright/release/time/schedule";
import { isOpen, openings, windowState } from "../../../stagewright/release/time/window";
import { clock, Random, WEEKDAYS, ZONES } from "./generate";
import { rulesIn, systemOf } from "./systems";

const at = (text: string) => Temporal.Instant.from(text);
const stateOf = (window: string, zone: string, moment: string) => {
  const { open, changes } = windowState(parseWindow(window), zone, at(moment));
  return { open, changes: iso(changes) };
};
const DAY = 24 * 3_600_000;
// Temporal's objects look alike to deepEqual, whatever they hold: as text they do not.
const iso = (moment: Temporal.Instant | undefined) => moment?.toString().replace(":00Z", "Z");

test("the two days on which clocks change in London: what is skipped comes an hour later, what comes twice comes first only", () => {
  const daily = parseCalendar("daily 01:30");
  const of = (from: string, until: string) =>
    occurrencesBetween(daily, "Europe/London", at(from), at(until)).map(iso);
  assert.deepEqual(of("2026-03-28T00:00Z", "2026-03-31T00:00Z"), [
    "2026-03-28T01:30Z",
    "2026-03-29T01:30Z", // 02:30 in London: 01:30 was skipped
    "2026-03-30T00:30Z",
  ]);
  assert.deepEqual(of("2026-10-24T00:00Z", "2026-10-27T00:00Z"), [
    "2026-10-24T00:30Z",
    "2026-10-25T00:30Z", // the first 01:30; the second, at 01:30Z, is none
    "2026-10-26T01:30Z",
  ]);
});

test("a window follows the clock on the wall on both days", () => {
  const night = parseWindow("daily 01:15-01:45");
  const of = (day: string) =>
    openings(night, "Europe/London", at(`${day}T00:00Z`), at(`${day}T23:00Z`)).map(({ opens, closes }) => [
      iso(opens),
      iso(closes),
    ]);
  assert.deepEqual(of("2026-03-29"), []);
  assert.deepEqual(of("2026-10-25"), [
    ["2026-10-25T00:15Z", "2026-10-25T00:45Z"],
    ["2026-10-25T01:15Z", "2026-10-25T01:45Z"],
  ]);
  assert.deepEqual(of("2026-10-26"), [["2026-10-26T01:15Z", "2026-10-26T01:45Z"]]);
});

test("a time that the clocks skip over midnight comes on the next day", () => {
  // In Nuuk the clocks go from 23:00 to 00:00 on 2026-03-28, so its 23:30 comes at 00:30.
  const night = parseCalendar("daily 23:30");
  const after = nextOccurrence(night, "America/Nuuk", at("2026-03-29T01:10Z"));
  assert.equal(iso(after), "2026-03-29T01:30Z");
});

test("a window that opens within skipped hours opens when they are over", () => {
  assert.deepEqual(stateOf("daily 01:30-03:00", "Europe/London", "2026-03-29T00:00Z"), {
    open: false,
    changes: "2026-03-29T01:00Z",
  });
});

test("the seeds' times: East Africa has no daylight saving, London has, every second Monday counts from its date", () => {
  const next = (text: string, zone: string, from: string) =>
    iso(nextOccurrence(parseCalendar(text), zone, at(from)));
  assert.equal(next("sunday 20:00", "Africa/Nairobi", "2026-07-01T00:00Z"), "2026-07-05T17:00Z");
  assert.equal(next("monday 08:30", "Africa/Nairobi", "2026-12-01T00:00Z"), "2026-12-07T05:30Z");
  assert.equal(next("monday 08:30", "Europe/London", "2026-07-01T00:00Z"), "2026-07-06T07:30Z");
  assert.equal(next("monday 08:30", "Europe/London", "2026-12-01T00:00Z"), "2026-12-07T08:30Z");
  const biweekly = "every second monday from 2026-01-05 at 07:30";
  assert.equal(next(biweekly, "UTC", "2025-06-01T00:00Z"), "2026-01-05T07:30Z", "not before its date");
  assert.equal(next(biweekly, "UTC", "2026-01-05T07:31Z"), "2026-01-19T07:30Z");
  assert.equal(next("daily 00:00 in GMT", "Asia/Tokyo", "2026-01-05T07:31Z"), "2026-01-06T00:00Z");
  assert.equal(next("hourly", "Asia/Kolkata", "2026-01-05T07:31Z"), "2026-01-05T08:00Z");
});

test("dt's window: open from 09:00, closed at 12:00, at weekends", () => {
  const state = (moment: string) => stateOf("weekends 09:00-12:00", "GMT", moment);
  assert.deepEqual(state("2026-01-02T10:00Z"), { open: false, changes: "2026-01-03T09:00Z" });
  assert.deepEqual(state("2026-01-03T08:59:59Z"), { open: false, changes: "2026-01-03T09:00Z" });
  assert.deepEqual(state("2026-01-03T09:00Z"), { open: true, changes: "2026-01-03T12:00Z" });
  assert.deepEqual(state("2026-01-03T11:59:59Z"), { open: true, changes: "2026-01-03T12:00Z" });
  assert.deepEqual(state("2026-01-03T12:00Z"), { open: false, changes: "2026-01-04T09:00Z" });
  assert.deepEqual(state("2026-01-04T12:00Z"), { open: false, changes: "2026-01-10T09:00Z" });
  assert.deepEqual(stateOf("daily 00:00-24:00", "GMT", "2026-01-04T12:00Z"), {
    open: true,
    changes: undefined,
  });
});

// The same rule a second time, over Luxon: the first moment at which the wall shows the time. Where
// none does, the clocks skip it, and the offset of before the change puts it behind the change by
// as much as was skipped.
function luxonMoment(date: DateTime, minute: number): number {
  const naive = Date.UTC(date.year, date.month - 1, date.day, 0, minute);
  const offsets = [naive - DAY, naive, naive + DAY].map((ms) => date.zone.offset(ms));
  const shown = offsets
    .filter((offset) => date.zone.offset(naive - offset * 60_000) === offset)
    .map((offset) => naive - offset * 60_000);
  return shown.length > 0 ? Math.min(...shown) : naive - Math.min(...offsets) * 60_000;
}

test("next occurrences over ten years in twenty zones are those of a second implementation, parity weeks too", () => {
  const random = new Random(2026);
  for (const zone of ZONES) {
    const minute = random.of([0, 30, 90, 120, 135, 150, random.below(1440)]);
    const weeks = random.of([1, 2, 3, 4]);
    const weekday = 1 + random.below(7);
    const anchor = DateTime.fromISO("2026-01-05", { zone }).plus({
      days: weekday - 1 + 7 * random.below(8),
    });
    const ordinal = ["", "", "second", "third", "fourth"][weeks];
    const day = WEEKDAYS[weekday - 1];
    const text =
      weeks === 1
        ? `${day} ${clock(minute)}`
        : `every ${ordinal} ${day} from ${anchor.toISODate()} at ${clock(minute)}`;
    const from = DateTime.fromISO("2026-02-20T12:00", { zone });
    const until = from.plus({ years: 10 });

    const expected: number[] = [];
    // By the number of the day alone, whatever the clocks do.
    const first = weeks === 1 ? anchor.minus({ weeks: 8 }) : anchor;
    for (let date = first; date < until.plus({ days: 2 }); date = date.plus({ weeks })) {
      const moment = luxonMoment(date, minute);
      if (moment >= from.toMillis() && moment < until.toMillis()) expected.push(moment);
    }
    const given = occurrencesBetween(
      parseCalendar(text),
      zone,
      Temporal.Instant.fromEpochMilliseconds(from.toMillis()),
      Temporal.Instant.fromEpochMilliseconds(until.toMillis()),
    ).map(({ epochMilliseconds }) => epochMilliseconds);
    assert.ok(expected.length > 100, `${zone}: ${text}`);
    assert.deepEqual(given, expected, `${zone}: ${text}`);
  }
});

test("every day at a time around the change, two years in twenty zones, exactly once", () => {
  const random = new Random(7);
  for (const zone of ZONES) {
    const minute = random.of([0, 15, 60, 105, 135, 165]);
    const from = DateTime.fromISO("2026-01-01T12:00", { zone });
    const until = from.plus({ years: 2 });
    const expected: number[] = [];
    for (let date = from.startOf("day"); date < until; date = date.plus({ days: 1 })) {
      const moment = luxonMoment(date, minute);
      if (moment >= from.toMillis() && moment < until.toMillis()) expected.push(moment);
    }
    const given = occurrencesBetween(
      parseCalendar(`daily ${clock(minute)}`),
      zone,
      Temporal.Instant.fromEpochMilliseconds(from.toMillis()),
      Temporal.Instant.fromEpochMilliseconds(until.toMillis()),
    ).map(({ epochMilliseconds }) => epochMilliseconds);
    assert.deepEqual(given, expected, `${zone} ${clock(minute)}`);
  }
});

test("nothing is ever deployed in a closed window, whatever else holds", () => {
  const random = new Random(4);
  const rules = rulesIn(systemOf("release-train"), "dev");
  const known = facts.parse({
    start: { how: "request", by: "ann" },
    branches: ["dev"],
    pullRequest: "merged",
  });
  let allowed = 0;
  for (let round = 0; round < 1000; round += 1) {
    const timezone = random.of(ZONES);
    const opens = random.below(1440);
    const closes = random.below(1440);
    if (opens === closes) continue;
    const day = 1 + random.below(7);
    const window = `${WEEKDAYS[day - 1]} ${clock(opens)}-${clock(closes)}`;
    const ms = Date.UTC(2026, 0, 1) + random.below(10 * 365 * 24 * 60) * 60_000;
    const decision = decide(
      { ...rules, timezone, window },
      known,
      Temporal.Instant.fromEpochMilliseconds(ms),
    );
    const wall = DateTime.fromMillis(ms, { zone: timezone });
    const minute = wall.hour * 60 + wall.minute;
    const open =
      opens < closes
        ? wall.weekday === day && opens <= minute && minute < closes
        : (wall.weekday === day && opens <= minute) || (wall.weekday === (day % 7) + 1 && minute < closes);
    assert.equal(decision.allowed, open, `${window} ${wall.toISO()}`);
    if (open) allowed += 1;
  }
  assert.ok(allowed > 30 && allowed < 500, String(allowed));
});

test("windows over ten years in twenty zones: open exactly while a second implementation reads such a time on the wall", () => {
  const random = new Random(99);
  for (const zone of ZONES) {
    for (let round = 0; round < 3; round += 1) {
      const opens = random.of([0, 60, 90, 540, 1320, random.below(1440)]);
      const closes = random.of([45, 105, 150, 720, 1440, 1 + random.below(1440)]);
      if (opens === closes) continue;
      const days = random.of(["daily", "weekends", "weekdays", random.of(WEEKDAYS)]);
      const text = `${days} ${clock(opens)}-${clock(closes)}`;
      const window = parseWindow(text);
      const onDay = (weekday: number) =>
        days === "daily" ||
        (days === "weekends" && weekday > 5) ||
        (days === "weekdays" && weekday < 6) ||
        WEEKDAYS[weekday - 1] === days;
      const reads = (ms: number) => {
        const local = DateTime.fromMillis(ms, { zone });
        const minute = local.hour * 60 + local.minute;
        if (opens < closes) return onDay(local.weekday) && opens <= minute && minute < closes;
        const before = local.weekday === 1 ? 7 : local.weekday - 1;
        return (onDay(local.weekday) && opens <= minute) || (onDay(before) && minute < closes);
      };
      for (let sample = 0; sample < 25; sample += 1) {
        const ms = Date.UTC(2026, 0, 1) + random.below(10 * 365 * 24 * 60) * 60_000 + random.below(60_000);
        const moment = Temporal.Instant.fromEpochMilliseconds(ms);
        assert.equal(isOpen(window, zone, moment), reads(ms), `${zone} ${text} ${moment}`);
      }
      // Where it says that the state changes, it does; between here and there it does not.
      const ms = Date.UTC(
        2026 + random.below(10),
        random.of([2, 3, 8, 9, 10]),
        1 + random.below(28),
        random.below(24),
      );
      const { open, changes } = windowState(window, zone, Temporal.Instant.fromEpochMilliseconds(ms));
      assert.ok(changes, `${zone} ${text}`);
      const change = changes.epochMilliseconds;
      assert.equal(reads(change), !open, `${zone} ${text} changes at ${changes}`);
      for (let between = ms; between < change; between += 60 * 60_000)
        assert.equal(reads(between), open, `${zone} ${text} ${new Date(between).toISOString()}`);
      assert.equal(reads(change - 1), open, `${zone} ${text} a moment before ${changes}`);
    }
  }
});
