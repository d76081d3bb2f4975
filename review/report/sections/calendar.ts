import type { Temporal } from "temporal-polyfill";
import { calendarOf, type Entry } from "../../../release/calendar/entries";
import { wall } from "../../../release/time/local";
import { TITLE } from "../drawing/arrows";
import { type Html, html } from "../html";
import type { Releases, SectionMaker } from "../section";

const WEEKS = 4;
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** What will be deployed when in the coming weeks, on the team's clock. */
export const calendarSection: SectionMaker = ({ releases }) => {
  if (!releases) return undefined;
  const { system, now } = releases;
  const zone = zoneOf(releases);
  const first = monday(now.toZonedDateTimeISO(zone).toPlainDate());
  const weeks = Array.from({ length: WEEKS }, (_, index) => first.add({ weeks: index }));
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant();
  const { entries, hourly, events } = calendarOf(system, start(first), start(first.add({ weeks: WEEKS })));
  if (entries.length + hourly.length + events.length === 0) return undefined;
  const besides = [
    ...hourly.map(({ what, ...entry }) => ({ ...entry, what: `${what}, every hour` })),
    ...events,
  ];
  return {
    id: "calendar",
    title: "The release calendar",
    lead:
      entries.length === 0
        ? "Nothing is deployed by the clock."
        : html`${WEEKS} weeks from ${first.toString()}, on the clock of <strong>${zone}</strong>; the same moment in UTC stands behind each.`,
    body: html`${entries.length > 0 && weeks.map((week) => weekTable(week, entries, zone))}
${
  besides.length > 0 &&
  html`<h3>Not on a day of the calendar</h3><ul class="events">${besides.map(
    ({ environment, component, what, rule }) =>
      html`<li><strong>${environment}</strong> ${TITLE[component]} ${what} <code class="quiet">${rule}</code></li>`,
  )}</ul>`
}`,
  };
};

function zoneOf({ system }: Releases): string {
  return Object.values(system)[0]?.release.timezone ?? "UTC";
}

function monday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

function weekTable(week: Temporal.PlainDate, entries: readonly Entry[], zone: string): Html {
  const days = DAYS.map((name, index) => ({ name, date: week.add({ days: index }) }));
  const dated = entries.map((entry) => ({ entry, date: entry.at.toZonedDateTimeISO(zone).toPlainDate() }));
  const isThisWeek = (date: Temporal.PlainDate) => monday(date).equals(week);
  const rows = [...new Set(entries.map(rowOf))];
  const label = `Week from ${week.toString()}`;
  return html`<h3>${label}</h3>
<div class="wide" tabindex="0" role="region" aria-label="${label}"><table class="calendar"><thead><tr><th scope="col">What</th>${days.map(
    ({ name, date }) =>
      html`<th scope="col">${name} <span class="quiet date">${date.toString().slice(5)}</span></th>`,
  )}</tr></thead><tbody>${rows.map((row) => {
    const own = dated.filter(({ entry, date }) => rowOf(entry) === row && isThisWeek(date));
    return html`<tr><th scope="row">${row}</th>${days.map(
      ({ date }) =>
        html`<td>${own.filter((each) => each.date.equals(date)).map(({ entry }) => mark(entry, zone))}</td>`,
    )}</tr>`;
  })}</tbody></table></div>`;
}

function rowOf({ environment, component }: Entry): string {
  return `${environment} ${TITLE[component]}`;
}

// A window is an outline that deploys fall into; what a closed window holds back is struck through.
function mark(entry: Entry, zone: string): Html {
  const { at, until, kind, what, closed, rule } = entry;
  const time = until ? `${clock(at, zone)}–${clock(until, zone)}` : clock(at, zone);
  const utc = `${dayAndClock(at)}${until ? `–${clock(until, "UTC")}` : ""} UTC`;
  return html`<span class="entry ${kind.replace(" ", "-")}${closed && " closed"}" title="${rule}"><time datetime="${at.toString()}">${time}</time> ${what}${closed && ", but the window is closed"} <span class="utc">${utc}</span></span>`;
}

// `Sat 09:00`
function dayAndClock(at: Temporal.Instant): string {
  return `${wall(at, "UTC").slice(0, 3)} ${clock(at, "UTC")}`;
}

function clock(at: Temporal.Instant, zone: string): string {
  return wall(at, zone).slice(-5);
}
