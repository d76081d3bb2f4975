import { TITLE } from "../drawing/arrows";
import { type Html, html } from "../html";
import { type Appointment, calendarView, type Week } from "../model/calendar";
import type { SectionMaker } from "../section";

/** What will be deployed when in the coming weeks, on the team's clock. */
export const calendarSection: SectionMaker = ({ releases }) => {
  const view = releases && calendarView(releases);
  if (!view) return undefined;
  const { zone, weeks, appointments, besides } = view;
  const rows = [...new Set(appointments.map(({ who }) => who))];
  return {
    id: "calendar",
    title: "The release calendar",
    lead:
      appointments.length === 0
        ? "Nothing is deployed by the clock."
        : html`${weeks.length} weeks from ${weeks[0]?.first.toString()}, on the clock of <strong>${zone}</strong>; the same moment in UTC stands behind each.`,
    body: html`${rows.length > 0 && weeks.map((week) => weekTable(week, rows))}
${
  besides.length > 0 &&
  html`<h3>Not on a day of the calendar</h3><ul class="events">${besides.map(
    ({ environment, component, what, rule }) =>
      html`<li><strong>${environment}</strong> ${TITLE[component]} ${what} <code class="quiet">${rule}</code></li>`,
  )}</ul>`
}`,
  };
};

function weekTable({ first, days }: Week, rows: readonly string[]): Html {
  const label = `Week from ${first.toString()}`;
  return html`<h3>${label}</h3>
<div class="wide" tabindex="0" role="region" aria-label="${label}"><table class="calendar"><thead><tr><th scope="col">What</th>${days.map(
    ({ name, date }) =>
      html`<th scope="col">${name} <span class="quiet date">${date.toString().slice(5)}</span></th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${row}</th>${days.map(
        ({ appointments }) => html`<td>${appointments.filter(({ who }) => who === row).map(mark)}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

// A window is an outline that deploys fall into; what a closed window holds back is struck through.
function mark({ at, time, utc, kind, says, closed, rule }: Appointment): Html {
  return html`<span class="entry ${kind.replace(" ", "-")}${closed && " closed"}" title="${rule}"><time datetime="${at.toString()}">${time}</time> ${says} <span class="utc">${utc}</span></span>`;
}
