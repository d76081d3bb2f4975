import { z } from "zod";

/** A schedule of automatic deploys, parsed from its one-line form. */
export type Schedule = CalendarSchedule | { kind: "merged" } | { kind: "after"; environment: string };

/** Times on the calendar of a time zone. */
export type CalendarSchedule =
  | {
      kind: "calendar";
      /** Days of the week, Monday 1 to Sunday 7 (ISO 8601), ascending. */
      days: number[];
      /** Interval in weeks, at least 1. */
      everyWeeks: number;
      /**
       * The first day, as YYYY-MM-DD; stated if `everyWeeks` is above 1.
       */
      from?: string;
      /** HH:MM. */
      time: string;
      /** IANA time zone; without it the team's. */
      zone?: string;
    }
  /** On every full hour in UTC. */
  | { kind: "hourly" };

/** The hours in which a deploy may start, parsed from their one-line form. */
export interface Window {
  /** At any hour. */
  hours: {
    /** Days on which the window opens, Monday 1 to Sunday 7 (ISO 8601), ascending. */
    days: number[];
    /** HH:MM, inclusive. */
    opens: string;
    /** HH:MM up to 24:00, exclusive. On the next day if not after `opens`. */
    closes: string;
  }[];
  /** IANA time zone; without it the team's. */
  zone?: string;
}

const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const GROUPS: Readonly<Record<string, number[]>> = {
  daily: [1, 2, 3, 4, 5, 6, 7],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
};
const ORDINALS: Readonly<Record<string, number>> = { second: 2, third: 3, fourth: 4 };

const DAY = `(${WEEK.join("|")})`;
const DAYS = `(daily|weekdays|weekends|${DAY}(( and |, )${DAY})*)`;
const TIME = String.raw`\d{1,2}:\d{2}`;
const ZONE = String.raw`( in (?<zone>\S+))?`;
const EVERY = String.raw`every (?<ordinal>second|third|fourth) (?<day>${DAY}) from (?<from>\d{4}-\d{2}-\d{2}) at`;
const CALENDAR = new RegExp(`^(hourly|((?<days>${DAYS})|${EVERY}) (?<time>${TIME})${ZONE})$`);
const AFTER = /^after (every merged pull request|(?<environment>[a-z][a-z0-9-]{0,30}[a-z0-9]))$/;
const HOURS = `${DAYS} ${TIME}-${TIME}`;
const WINDOW = new RegExp(`^(?<hours>${HOURS}(, ${HOURS})*)${ZONE}$`);

const CALENDAR_FORMS =
  "'sunday 20:00', 'weekdays 09:00', 'daily 00:00', 'every second monday from 2026-01-05 at 07:30', with 'in ZONE' at the end where it is not the team's, or 'hourly'";

/** The name of a time zone of the IANA database. */
export const zone = z.string().check(({ value, issues }) => {
  if (!isZone(value)) issues.push({ code: "custom", input: value, message: ZONES });
});

const ZONES = "a time zone of the IANA database such as Africa/Nairobi, Europe/London or UTC";

/** Times on the calendar. */
export const calendarSchedule = z
  .string()
  .regex(source(CALENDAR), { error: CALENDAR_FORMS, abort: true })
  .check(({ value, issues }) => {
    const message = wrongTimes(value);
    if (message !== undefined) issues.push({ code: "custom", input: value, message });
  });

/** A schedule of automatic deploys. */
export const schedule = z
  .string()
  .regex(new RegExp(`${source(CALENDAR).source}|${source(AFTER).source}`), {
    error: `${CALENDAR_FORMS}; 'after every merged pull request'; 'after ENVIRONMENT'`,
    abort: true,
  })
  .check(({ value, issues }) => {
    const message = wrongTimes(value);
    if (message !== undefined) issues.push({ code: "custom", input: value, message });
  });

/** The hours in which a deploy may start. */
export const window = z
  .string()
  .regex(source(WINDOW), {
    error:
      "'weekends 09:00-12:00' or several such as 'weekdays 09:00-17:00, saturday 10:00-12:00', with 'in ZONE' at the end where it is not the team's",
    abort: true,
  })
  .check(({ value, issues }) => {
    const message = wrongTimes(value);
    if (message !== undefined) issues.push({ code: "custom", input: value, message });
  });

/** Parses a schedule; the schema has already checked the form. */
export function parseSchedule(text: string): Schedule {
  const after = AFTER.exec(text);
  if (!after) return parseCalendar(text);
  const environment = after.groups?.environment;
  return environment === undefined ? { kind: "merged" } : { kind: "after", environment };
}

/** Parses a calendar schedule; the schema has already checked the form. */
export function parseCalendar(text: string): CalendarSchedule {
  const { days, ordinal, day, from, time, zone } = CALENDAR.exec(text)?.groups ?? {};
  if (time === undefined) return { kind: "hourly" };
  return {
    kind: "calendar",
    days: daysOf(days ?? day ?? ""),
    everyWeeks: ORDINALS[ordinal ?? ""] ?? 1,
    from,
    time: twoDigits(time),
    zone,
  };
}

/** Parses a window; the schema has already checked the form. */
export function parseWindow(text: string): Window {
  const { hours = "", zone } = WINDOW.exec(text)?.groups ?? {};
  const each = new RegExp(`(?<days>${DAYS}) (?<opens>${TIME})-(?<closes>${TIME})`, "g");
  return {
    hours: [...hours.matchAll(each)].map(({ groups: { days = "", opens = "", closes = "" } = {} }) => ({
      days: daysOf(days),
      opens: twoDigits(opens),
      closes: twoDigits(closes),
    })),
    zone,
  };
}

function daysOf(text: string): number[] {
  const named = text.split(/ and |, /).map((day) => WEEK.indexOf(day as (typeof WEEK)[number]) + 1);
  return [...new Set(GROUPS[text] ?? named)].sort();
}

const twoDigits = (time: string) => time.padStart(5, "0");

/**
 * Says what is accepted if a well-formed text names an impossible time, day or zone.
 */
function wrongTimes(text: string): string | undefined {
  const zone = / in (\S+)$/.exec(text)?.[1];
  if (zone !== undefined && !isZone(zone)) return `after 'in' ${ZONES}`;
  for (const [time] of text.matchAll(new RegExp(TIME, "g"))) {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    const endOfDay = time === "24:00" && text.includes(`-${time}`);
    if (!endOfDay && (hour > 23 || minute > 59)) return `times from 00:00 to 23:59, which ${time} is not`;
  }
  for (const [hours, opens = "", closes = ""] of text.matchAll(new RegExp(`(${TIME})-(${TIME})`, "g"))) {
    if (twoDigits(opens) === twoDigits(closes))
      return `hours that are open for a while, which ${hours} is not`;
  }
  const { from, day } = CALENDAR.exec(text)?.groups ?? {};
  if (from === undefined || day === undefined) return undefined;
  const date = new Date(`${from}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== from)
    return `a day of the calendar after 'from', which ${from} is not`;
  const weekday = WEEK[(date.getUTCDay() + 6) % 7];
  return weekday === day ? undefined : `a ${day} after 'from', and ${from} is a ${weekday}`;
}

function isZone(name: string): boolean {
  // Excludes '+03:00' and 'EST', which have no daylight saving time, and 'EAT', which only some
  // implementations support.
  if (!/^([A-Za-z_]+\/.+|UTC|GMT)$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Drops group names, which must be unique within an expression. */
function source(expression: RegExp): RegExp {
  return new RegExp(expression.source.replace(/\?<\w+>/g, ""));
}
