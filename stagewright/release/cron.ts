import { Temporal } from "temporal-polyfill";
import type { CalendarSchedule } from "../environment/schema/release/times";

// The offsets of the coming years; fixed, so that the same spec gives the same file on every day.
const FROM = Temporal.Instant.from("2026-01-01T00:00Z");
const UNTIL = Temporal.Instant.from("2036-01-01T00:00Z");
const DAY = 24 * 60;

/**
 * The cron lines whose times, in UTC, hold every moment of a schedule: one for each offset that its zone has. On any day one of
 * them is right; `gates/moment.sh` tells which.
 * @param teamZone IANA zone of a schedule that states none
 */
export function cronLines(schedule: CalendarSchedule, teamZone: string): string[] {
  if (schedule.kind === "hourly") return ["0 * * * *"];
  const [hour = 0, minute = 0] = schedule.time.split(":").map(Number);
  const lines = offsets(schedule.zone ?? teamZone).map((offset) => {
    const utc = hour * 60 + minute - offset;
    const days = Math.floor(utc / DAY);
    const time = utc - days * DAY;
    return `${time % 60} ${Math.floor(time / 60)} * * ${weekdays(schedule.days, days)}`;
  });
  return [...new Set(lines)];
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
