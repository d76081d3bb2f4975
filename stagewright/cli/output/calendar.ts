import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import type { Entry, ReleaseCalendar } from "../../release/calendar/entries";
import { wall } from "../../release/time/local";

/** Formats the calendar as a table: each moment in the team's time zone and in UTC. */
export function calendarText(calendar: ReleaseCalendar, zone: string): string {
  const rows = calendar.entries.map((entry) => [
    span(entry, zone),
    span(entry, "UTC"),
    `${entry.environment} ${entry.component}`,
    `${entry.what}${entry.closed ? pc.red(" (window closed)") : ""}`,
    entry.rule,
  ]);
  const others = [
    ...calendar.hourly.map((entry) => ({ ...entry, what: `${entry.what}, every hour` })),
    ...calendar.events,
  ].map(({ environment, component, what, rule }) => [`${environment} ${component}`, what, rule]);
  return [
    ...(rows.length === 0
      ? [`Nothing happens by the clock before ${wall(calendar.until, zone)} ${zone}.`]
      : table([[zone, "UTC", "what", "", "by"], ...rows])),
    ...(others.length === 0 ? [] : ["", "Besides, not on a day of the calendar:", ...table(others)]),
  ].join("\n");
}

function span({ at, until }: Entry, zone: string): string {
  return until ? `${wall(at, zone)}–${wall(until, zone).slice(-5)}` : wall(at, zone);
}

function table(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>(
    (found, row) =>
      row.map((cell, column) => Math.max(found[column] ?? 0, stripVTControlCharacters(cell).length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - stripVTControlCharacters(cell).length))
      .join("  ")
      .trimEnd(),
  );
}
