import { parseWindow, type Window, window } from "../../environment/schema/release/times";

const DAYS = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/**
 * Minutes of a week in which something holds: from Monday 00:00 on, each as `[from, to)`, ascending
 * and apart.
 */
type Minutes = [from: number, to: number][];

/**
 * What a change of a window means: `may now also be deployed on Fridays` and `may no longer be
 * deployed on Sundays 09:00-12:00`, as ends of a sentence.
 *
 * @param before the window as it is written; `undefined`: always open
 * @param zone the team's time zone before and after
 * @returns one sentence end for what is gained, one for what is lost
 */
export function windowChanges(
  before: string | undefined,
  after: string | undefined,
  zone: readonly [string, string],
): string[] {
  const [old, now] = [read(before), read(after)];
  if (!old || !now) return [`has the window ${after ?? "none"}; before: ${before ?? "none"}`];
  const zones = [old.zone ?? zone[0], now.zone ?? zone[1]] as const;
  if (after === undefined) return [`may now be deployed at any time; before: only ${before} (${zones[0]})`];
  if (before === undefined) return [`may now be deployed only ${after} (${zones[1]}); before: at any time`];
  if (zones[0] !== zones[1])
    return [`may now be deployed ${after} (${zones[1]}); before: ${before} (${zones[0]})`];
  const gained = without(openIn(now), openIn(old));
  const lost = without(openIn(old), openIn(now));
  return [
    ...(gained.length > 0 ? [`may now also be deployed on ${text(gained)} (${zones[1]})`] : []),
    ...(lost.length > 0 ? [`may no longer be deployed on ${text(lost)} (${zones[1]})`] : []),
  ];
}

function read(text: string | undefined): Window | undefined {
  if (text === undefined) return { hours: [] };
  return window.safeParse(text).success ? parseWindow(text) : undefined;
}

function openIn({ hours }: Window): Minutes {
  const all = hours.flatMap(({ days, opens, closes }) =>
    days.flatMap((day): Minutes => {
      const [start, end] = [minutes(opens), minutes(closes)].map((minute) => (day - 1) * DAY + minute) as [
        number,
        number,
      ];
      if (start < end) return [[start, end]];
      // Over midnight; from Sunday into Monday it goes on at the week's beginning.
      const next = end + DAY;
      return next <= WEEK
        ? [[start, next]]
        : [
            [start, WEEK],
            [0, next - WEEK],
          ];
    }),
  );
  return joined(all);
}

function joined(spans: Minutes): Minutes {
  const result: Minutes = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (from < to) result.push([from, to]);
  }
  return result;
}

function without(spans: Minutes, others: Minutes): Minutes {
  return others.reduce<Minutes>(
    (left, [from, to]) =>
      left.flatMap(
        ([start, end]): Minutes =>
          (
            [
              [start, Math.min(end, from)],
              [Math.max(start, to), end],
            ] as Minutes
          ).filter(([a, b]) => a < b),
      ),
    spans,
  );
}

/** `Fridays 09:00-17:00`, `Saturdays and Sundays`; days with the same hours together. */
function text(spans: Minutes): string {
  const byHours = new Map<string, number[]>();
  for (const [from, to] of spans.flatMap(byDay)) {
    const day = Math.floor(from / DAY);
    const hours = `${clock(from - day * DAY)}-${clock(to - day * DAY)}`;
    byHours.set(hours, [...(byHours.get(hours) ?? []), day]);
  }
  return [...byHours]
    .map(([hours, days]) => `${named(days)}${hours === "00:00-24:00" ? "" : ` ${hours}`}`)
    .join(" and on ");
}

function byDay([from, to]: [number, number]): Minutes {
  const end = (Math.floor(from / DAY) + 1) * DAY;
  return to <= end ? [[from, to]] : [[from, end], ...byDay([end, to])];
}

function named(days: readonly number[]): string {
  const names = [...new Set(days)].sort().map((day) => DAYS[day] ?? "");
  return names.length === 1 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
