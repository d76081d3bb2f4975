import { Temporal } from "temporal-polyfill";
import type { Window } from "../../environment/schema/release/times";

/** Whether a window is open at a moment, and when that changes. */
export interface WindowState {
  open: boolean;
  /** When it closes (if open) or opens (if closed); `undefined`: never. */
  changes?: Temporal.Instant;
}

/**
 * Whether the window is open: it is while the clock on the wall of its zone reads a time within its
 * hours. So hours that the clocks skip are never open, and hours that come twice are open twice.
 * @param teamZone IANA zone of a window that states none
 */
export function isOpen({ hours, zone }: Window, teamZone: string, at: Temporal.Instant): boolean {
  const local = at.toZonedDateTimeISO(zone ?? teamZone);
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  const today = local.dayOfWeek;
  const yesterday = ((today + 5) % 7) + 1;
  return hours.some(({ days, opens, closes }) =>
    opens < closes
      ? days.includes(today) && opens <= time && time < closes
      : (days.includes(today) && opens <= time) || (days.includes(yesterday) && time < closes),
  );
}

/** The window at a moment, with the next change of it. */
export function windowState(window: Window, teamZone: string, at: Temporal.Instant): WindowState {
  const open = isOpen(window, teamZone, at);
  for (const edge of edges(window, window.zone ?? teamZone, at)) {
    const later = Temporal.Instant.compare(edge, at) > 0;
    if (later && isOpen(window, teamZone, edge) !== open) return { open, changes: edge };
  }
  return { open, changes: undefined };
}

/** The times in which a window is open, from `from` on and before `until`, cut off at both. */
export function openings(
  window: Window,
  teamZone: string,
  from: Temporal.Instant,
  until: Temporal.Instant,
): { opens: Temporal.Instant; closes: Temporal.Instant }[] {
  const found: { opens: Temporal.Instant; closes: Temporal.Instant }[] = [];
  let at = from;
  while (Temporal.Instant.compare(at, until) < 0) {
    const { open, changes } = windowState(window, teamZone, at);
    const next = changes === undefined || Temporal.Instant.compare(changes, until) > 0 ? until : changes;
    if (open) found.push({ opens: at, closes: next });
    at = next;
  }
  return found;
}

// All moments of the next week and a bit at which the state can change, ascending: the stated
// times, each whichever way a clock change lets it be read, and the clock changes themselves.
function* edges({ hours }: Window, zone: string, at: Temporal.Instant): Generator<Temporal.Instant> {
  const times = new Set(["00:00", ...hours.flatMap(({ opens, closes }) => [opens, closes])]);
  times.delete("24:00"); // is the next day's 00:00
  const today = at.toZonedDateTimeISO(zone).startOfDay();
  for (let start = today, days = 1; days < 10; days += 1) {
    const next = today.add({ days });
    const found = [...times].flatMap((time) =>
      (["earlier", "later"] as const).map((disambiguation) =>
        start.toPlainDate().toPlainDateTime(time).toZonedDateTime(zone, { disambiguation }).toInstant(),
      ),
    );
    if (start.offsetNanoseconds !== next.offsetNanoseconds) {
      const change = start.getTimeZoneTransition("next");
      if (change) found.push(change.toInstant());
    }
    yield* found.sort(Temporal.Instant.compare);
    start = next;
  }
}
