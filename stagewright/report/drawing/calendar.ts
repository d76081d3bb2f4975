import { type Content, type Html, html } from "../html";
import { type Appointment, type CalendarView, calendarView, type Week } from "../model/calendar";
import type { Releases } from "../section";
import { TITLE } from "./arrows";
import { standalone } from "./standalone";
import { clipped, wrapped } from "./text";

// Pixels.
const SIZE = { pad: 14, day: 138, inset: 5, line: 14, head: 84, date: 22, gap: 5, text: 11 };
// Without a day on it, the calendar is a list.
const WIDTH = { grid: 2 * SIZE.pad + 7 * SIZE.day, list: 520 };

/**
 * The release calendar of the coming weeks, as an SVG file; `undefined` where nothing starts by
 * itself.
 */
export function calendarSvg(name: string, releases: Releases): string | undefined {
  const view = calendarView(releases);
  if (!view) return undefined;
  const { zone, appointments, besides, weeks } = view;
  const width = appointments.length > 0 ? WIDTH.grid : WIDTH.list;
  const room = width - 2 * SIZE.pad - 4;
  const clock = `${weeks.length} weeks from ${weeks[0]?.first.toString()}, on the clock of ${zone}`;
  const grid = gridOf(appointments.length > 0 ? weeks : []);
  const list = besidesList(besides, grid.bottom, room);
  return standalone({
    title: `The release calendar of ${name}`,
    words: [
      `${clock}.`,
      ...appointments.map(({ date, time, utc, who, says }) => `${date} ${time} (${utc}): ${who} ${says}.`),
      ...besides.map((event) => `${besideText(event)}.`),
    ].join(" "),
    width,
    height: list.bottom,
    drawing: html`<rect class="panel" x=".5" y=".5" width="${width - 1}" height="${list.bottom - 1}" rx="14"/>
<text class="environment" x="${SIZE.pad + 2}" y="32">${clipped(`Release calendar of ${name}`, room, 18, "sans")}</text>
<text class="vendor" x="${SIZE.pad + 2}" y="50">${appointments.length > 0 ? clock : "Nothing is deployed by the clock."}</text>
${grid.drawing}${list.drawing}`,
  });
}

function gridOf(weeks: readonly Week[]): { drawing: Content; bottom: number } {
  let bottom = SIZE.head;
  const drawing = weeks.map(({ days }) => {
    const top = bottom;
    const columns = days.map(({ appointments }) => chips(appointments));
    const height = SIZE.date + Math.max(24, ...columns.map((column) => column.height));
    bottom += height;
    return days.map(
      ({ date }, index) =>
        html`<g transform="translate(${SIZE.pad + index * SIZE.day} ${top})"><rect class="box" width="${SIZE.day}" height="${height}"/><text class="label" x="${SIZE.inset + 4}" y="16">${date.toString().slice(5)}</text>${columns[index]?.drawing}</g>`,
    );
  });
  const names = weeks[0]?.days.map(
    ({ name }, index) =>
      html`<text class="label" x="${SIZE.pad + index * SIZE.day + SIZE.inset + 4}" y="${SIZE.head - 8}">${name}</text>`,
  );
  return { drawing: [names, drawing], bottom: weeks.length > 0 ? bottom : 60 };
}

function chips(appointments: readonly Appointment[]): { drawing: Html[]; height: number } {
  let height = 0;
  const drawing = appointments.map((each) => {
    const top = SIZE.date + height;
    const chip = chipOf(each);
    height += chip.height + SIZE.gap;
    return html`<g transform="translate(${SIZE.inset} ${top})">${chip.drawing}</g>`;
  });
  return { drawing, height };
}

// The moment in UTC stands in it where the team's clock shows another.
function chipOf({ kind, date, time, utc, who, says, closed, rule }: Appointment): {
  drawing: Html;
  height: number;
} {
  const width = SIZE.day - 2 * SIZE.inset;
  const room = width - 14;
  const isUtc = utc.endsWith(`${time} UTC`);
  const lines = [
    { style: closed ? "time closed" : "time", text: time },
    { style: "who", text: clipped(who, room, SIZE.text, "sans") },
    ...wrapped(says, room, SIZE.text, "sans").map((text) => ({ style: "what", text })),
    ...(isUtc ? [] : [{ style: "label", text: utc }]),
  ];
  const height = lines.length * SIZE.line + 9;
  return {
    drawing: html`<title>${date.toString()} ${time} ${who} ${says}: ${rule}</title><rect class="chip ${kind.replace(" ", "-")}" width="${width}" height="${height}" rx="6"/>${lines.map(
      ({ style, text }, index) =>
        html`<text class="${style}" x="7" y="${(index + 1) * SIZE.line + 1}">${text}</text>`,
    )}`,
    height,
  };
}

function besideText({ environment, component, what }: CalendarView["besides"][number]): string {
  return `${environment} ${TITLE[component]} ${what}`;
}

function besidesList(
  besides: CalendarView["besides"],
  top: number,
  room: number,
): { drawing: Content; bottom: number } {
  if (besides.length === 0) return { drawing: undefined, bottom: top + SIZE.pad };
  const lines = besides.map((event, index) => {
    const text = besideText(event);
    return html`<g><title>${text}: ${event.rule}</title><text class="event" y="${46 + index * 20}">${clipped(text, room, 12, "sans")}</text></g>`;
  });
  return {
    drawing: html`<g transform="translate(${SIZE.pad + 2} ${top})"><text class="title" y="24">Not on a day of the calendar</text>${lines}</g>`,
    bottom: top + 32 + besides.length * 20 + SIZE.pad,
  };
}
