import ical, { ICalEventRepeatingFreq } from "ical-generator";
import type { Entry, ReleaseCalendar } from "./entries";

/**
 * The calendar as an iCalendar file (RFC 5545), all times in UTC. The same calendar gives the same
 * text, and an event keeps its UID whenever it is written, so that an import brings up to date
 * instead of doubling.
 */
export function icalendar(system: string, { entries, hourly, from, until }: ReleaseCalendar): string {
  const calendar = ical({
    name: `Releases of ${system}`,
    prodId: { company: "Stagewright", product: "Stagewright", language: "EN" },
  });
  const stamp = date(from);
  for (const entry of entries) {
    calendar.createEvent({
      id: uid(system, entry),
      stamp,
      start: date(entry.at),
      end: entry.until && date(entry.until),
      summary: summary(entry),
      description: entry.rule,
    });
  }
  for (const entry of hourly) {
    calendar.createEvent({
      id: uid(system, entry),
      stamp,
      start: date(entry.at),
      summary: summary(entry),
      description: entry.rule,
      repeating: { freq: ICalEventRepeatingFreq.HOURLY, until: date(until.subtract({ seconds: 1 })) },
    });
  }
  return `${calendar.toString()}\r\n`;
}

function summary({ environment, component, what, closed }: Entry): string {
  return `${environment}: ${component} ${what}${closed ? " (window closed)" : ""}`;
}

function uid(system: string, { environment, component, kind, at }: Entry): string {
  const name = [system, environment, component, kind].join("-").replaceAll(" ", "-");
  return `${name}-${at.toString().replace(/[-:]/g, "")}@stagewright`;
}

const date = ({ epochMilliseconds }: { epochMilliseconds: number }) => new Date(epochMilliseconds);
