import type { Temporal } from "temporal-polyfill";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** A moment for people, to the minute: `Sat 2026-01-03 09:00 Africa/Nairobi`. */
export function local(at: Temporal.Instant, zone: string): string {
  return `${wall(at, zone)} ${zone}`;
}

/** The same without the zone: `Sat 2026-01-03 09:00`. */
export function wall(at: Temporal.Instant, zone: string): string {
  const there = at.toZonedDateTimeISO(zone);
  const day = DAYS[there.dayOfWeek - 1] ?? "";
  return `${day} ${there.toPlainDate()} ${there.toPlainTime().toString({ smallestUnit: "minute" })}`;
}
