import type { Temporal } from "temporal-polyfill";
import { calendarOf, type Entry, type ReleaseCalendar } from "../../release/calendar/entries";
import { wall } from "../../release/time/local";
import { TITLE } from "../drawing/arrows";
import type { Releases } from "../section";

const WEEKS = 4;
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** What happens on a day of the calendar, on the team's clock. */
export interface Appointment extends Entry {
  date: Temporal.PlainDate;
  /** `production API`. */
  who: string;
  /** What happens, or would if the window were open. */
  says: string;
  /** `08:30`, or `09:00–12:00`. */
  time: string;
  /** The same moment as `Mon 05:30 UTC`. */
  utc: string;
}

export interface Week {
  first: Temporal.PlainDate;
  /** From Monday on. */
  days: { name: string; date: Temporal.PlainDate; appointments: Appointment[] }[];
}

/** The coming weeks of a system. */
export interface CalendarView {
  /** IANA zone of the team's clock. */
  zone: string;
  weeks: Week[];
  /** By time. */
  appointments: Appointment[];
  /** What starts by itself, but not on a day of the calendar. */
  besides: ReleaseCalendar["events"];
}

/** Four weeks from this Monday on; `undefined` where nothing starts by itself. */
export function calendarView({ system, now }: Releases): CalendarView | undefined {
  const zone = Object.values(system)[0]?.release.timezone ?? "UTC";
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant();
  const end = monday.add({ weeks: WEEKS });
  const { entries, hourly, events } = calendarOf(system, start(monday), start(end));
  if (entries.length + hourly.length + events.length === 0) return undefined;
  const appointments = entries.map((entry) => appointment(entry, zone));
  const weeks = Array.from({ length: WEEKS }, (_, index) =>
    weekOf(monday.add({ weeks: index }), appointments),
  );
  const besides = [...hourly.map((entry) => ({ ...entry, what: `${entry.what}, every hour` })), ...events];
  return { zone, weeks, appointments, besides };
}

function weekOf(first: Temporal.PlainDate, all: readonly Appointment[]): Week {
  const days = DAYS.map((name, index) => {
    const date = first.add({ days: index });
    return { name, date, appointments: all.filter((each) => each.date.equals(date)) };
  });
  return { first, days };
}

function appointment(entry: Entry, zone: string): Appointment {
  const { at, until, environment, component } = entry;
  const time = until ? `${clock(at, zone)}–${clock(until, zone)}` : clock(at, zone);
  const utc = `${wall(at, "UTC").slice(0, 3)} ${clock(at, "UTC")}${until ? `–${clock(until, "UTC")}` : ""} UTC`;
  const date = at.toZonedDateTimeISO(zone).toPlainDate();
  const says = entry.closed ? `${entry.what}, but the window is closed` : entry.what;
  return { ...entry, date, says, who: `${environment} ${TITLE[component]}`, time, utc };
}

function clock(at: Temporal.Instant, zone: string): string {
  return wall(at, zone).slice(-5);
}
