import { Temporal } from "temporal-polyfill";
import type { CalendarSchedule } from "../../environment/schema/release/times";

/**
 * The moments of a schedule at or after `from`, ascending, without end.
 *
 * On the days on which clocks change (as in RFC 5545 §3.3.5): a time that the clocks skip is taken
 * as much later as they skip, and a time that comes twice is taken the first time only. So every
 * stated day has exactly one moment.
 * @param teamZone IANA zone of a schedule that states none
 */
function* occurrences(
  schedule: CalendarSchedule,
  teamZone: string,
  from: Temporal.Instant,
): Generator<Temporal.Instant, never> {
  if (schedule.kind === "hourly") return yield* fullHours(from);
  const { days, everyWeeks, time, zone = teamZone } = schedule;
  const anchor = schedule.from === undefined ? undefined : Temporal.PlainDate.from(schedule.from);
  // One day early: what is later than stated may belong to the day before.
  let day = from.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 });
  if (anchor && Temporal.PlainDate.compare(day, anchor) < 0) day = anchor;
  for (; ; day = day.add({ days: 1 })) {
    if (!days.includes(day.dayOfWeek)) continue;
    if (anchor && anchor.until(day).days % (7 * everyWeeks) !== 0) continue;
    const moment = day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: "compatible" });
    if (Temporal.Instant.compare(moment.toInstant(), from) >= 0) yield moment.toInstant();
  }
}

/** The moments of a schedule from `from` on, before `until`. */
export function occurrencesBetween(
  schedule: CalendarSchedule,
  teamZone: string,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Temporal.Instant[] {
  const found: Temporal.Instant[] = [];
  for (const moment of occurrences(schedule, teamZone, from)) {
    if (Temporal.Instant.compare(moment, until) >= 0) break;
    found.push(moment);
  }
  return found;
}

/** The first moment of a schedule at or after `from`. */
export function nextOccurrence(
  schedule: CalendarSchedule,
  teamZone: string,
  from: Temporal.Instant,
): Temporal.Instant {
  return occurrences(schedule, teamZone, from).next().value;
}

const HOUR = 3_600_000;

function* fullHours(from: Temporal.Instant): Generator<Temporal.Instant, never> {
  for (let at = Math.ceil(from.epochMilliseconds / HOUR) * HOUR; ; at += HOUR)
    yield Temporal.Instant.fromEpochMilliseconds(at);
}
