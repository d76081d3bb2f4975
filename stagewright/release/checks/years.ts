import { Temporal } from "temporal-polyfill";
import type { CalendarSchedule } from "../../environment/schema/release/times";
import { occurrencesBetween } from "../time/schedule";

/**
 * The moments of a schedule in two years that do not depend on when the check runs: what was right
 * yesterday must not be wrong today. Long enough for every cadence (four weeks at most) at every
 * offset of a zone. They begin with 2026, or with the day that the schedule counts from.
 */
export function yearsOf(schedule: CalendarSchedule, timezone: string): Temporal.Instant[] {
  const begin = schedule.kind === "calendar" ? (schedule.from ?? "2026-01-01") : "2026-01-01";
  const first = Temporal.PlainDate.from(begin > "2026-01-01" ? begin : "2026-01-01");
  const at = (date: Temporal.PlainDate) => date.toZonedDateTime("UTC").toInstant();
  return occurrencesBetween(schedule, timezone, at(first), at(first.add({ years: 2 })));
}
