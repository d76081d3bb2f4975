import { Temporal } from "temporal-polyfill";
import type { CalendarSchedule } from "../environment/schema/release/times";

// The offsets of the coming years; fixed, so that the same spec gives the same file on every day.
const FROM = Temporal.Instant.from("2026-01-01T00:00Z");
const UNTIL = Temporal.Instant.from("2036-01-01T00:00Z");
const DAY = 24 * 60;

/**
 * Minutes after a moment at which GitHub is asked to start a run for it: it starts runs hours late
 * or not at all, worst at full and half hours, so there are several, off those. `gates/moment.sh`
 * lets the first one through that arrives.
 */
const TICKS = [7, 22, 52, 112, 232];

/**
 * The cron lines, in UTC, that follow every moment of a schedule, whatever the offset of its zone
 * is then.
 * @param teamZone IANA zone of a schedule that states none
 */
export function cronLines(schedule: CalendarSchedule, teamZone: string): string[] {
  if (schedule.kind === "hourly") return ["7 * * * *"];
  const [hour = 0, minute = 0] = schedule.time.split(":").map(Number);
  const minutes = new Map<string, Set<number>>();
  for (const offset of offsets(schedule.zone ?? teamZone)) {
    for (const tick of TICKS) {
      const utc = offTheHour(hour * 60 + minute - offset + tick);
      const days = Math.floor(utc / DAY);
      const time = utc - days * DAY;
      const at = `${Math.floor(time / 60)} * * ${weekdays(schedule.days, days)}`;
      minutes.set(at, (minutes.get(at) ?? new Set()).add(time % 60));
    }
  }
  return [...minutes].map(([at, all]) => `${[...all].sort((a, b) => a - b).join(",")} ${at}`);
}

/** What a reader should know of these lines. */
export function inUtc(zone: string): string {
  return `In UTC, for every offset of ${zone}, and several times, as GitHub is late or drops a run: the first step lets one pass.`;
}

// What falls on a full or half hour comes a little later.
function offTheHour(minute: number): number {
  return minute % 30 === 0 ? minute + 4 : minute;
}

// Cron counts from Sunday, 0.
function weekdays(days: readonly number[], shift: number): string {
  if (days.length === 7) return "*";
  return days
    .map((day) => (((day + shift) % 7) + 7) % 7)
    .sort()
    .join(",");
}

/** In minutes ahead of UTC. */
function offsets(zone: string): number[] {
  const found = new Set<number>();
  let at: Temporal.ZonedDateTime | null = FROM.toZonedDateTimeISO(zone);
  while (at && Temporal.Instant.compare(at.toInstant(), UNTIL) < 0) {
    found.add(Math.floor(at.offsetNanoseconds / 60e9));
    at = at.getTimeZoneTransition("next");
  }
  return [...found];
}
