import { type Content, type Html, html } from "../html";
import type { Role } from "../model/component";
import type { ComparedComponent, ComparedFact, ComparedSource } from "../model/topology";
import { TITLE } from "./arrows";
import { ICONS } from "./icons";
import { type Box, MARKS, nameLines, type Row, SIZE, sourceLines, valueLines } from "./plan";

/** A component in its box. */
export function componentBox(component: ComparedComponent, box: Box): Html {
  return html`<g class="component" transform="translate(${box.x} ${box.y})">
    <rect class="box" width="${box.width}" height="${box.height}" rx="8"/>
    ${heading(component.role, TITLE[component.role], component.vendor)}
    ${box.rows.map((row) => rowOf(component, row, box.width))}</g>`;
}

/** The place of a component that other environments have. */
export function missingBox(role: Role, box: Box): Html {
  return html`<g class="missing" transform="translate(${box.x} ${box.y})">
    <rect class="box" width="${box.width}" height="${box.height}" rx="8"/>
    <text class="sign" x="9" y="26">≠</text><text class="label" x="${SIZE.left}" y="26">${TITLE[role]}: none here</text></g>`;
}

/** The repository that a component is deployed from. */
export function sourceBox({ repository }: ComparedSource, box: Box): Html {
  return html`<g class="source" transform="translate(${box.x} ${box.y})">
    <rect class="box" width="${box.width}" height="${box.height}" rx="8"/>
    <path class="icon" transform="translate(${SIZE.left - 3} 8) scale(.875)" d="${ICONS.source}"/>
    <text class="vendor" x="${SIZE.left + 18}" y="19">GitHub</text>
    ${lines(sourceLines(repository, box.width), "value", SIZE.left, 37)}</g>`;
}

function heading(role: Role, title: string, vendor: string): Html {
  return html`<path class="icon" transform="translate(${SIZE.left - 3} 13) scale(1.125)" d="${ICONS[role]}"/>
    <text class="title" x="${SIZE.left + 23}" y="20">${title}</text>
    <text class="vendor" x="${SIZE.left + 23}" y="34">${vendor}</text>`;
}

function rowOf(component: ComparedComponent, row: Row, width: number): Content {
  if (row.kind === "marks") return marks(component, row, width);
  if (row.kind === "name") {
    const { name } = component;
    return html`<g>${sign(name, row, width)}${lines(nameLines(name.value, width), "name", SIZE.left, row.top + 14, SIZE.line + 1)}</g>`;
  }
  const fact = component.facts.find(({ label }) => label === row.label);
  if (!fact) return undefined;
  const value = row.stacked
    ? lines(valueLines(fact.value, width), "value", SIZE.left, row.top + 13 + SIZE.line)
    : html`<text class="value end" x="${width - SIZE.right}" y="${row.top + 13}">${fact.value}</text>`;
  return html`<g>${sign(fact, row, width)}<text class="label" x="${SIZE.left}" y="${row.top + 13}">${fact.label}</text>${value}</g>`;
}

// A name of one's own has the sign alone: the ground is for what differs in kind.
function sign(fact: ComparedFact, row: Row, width: number): Html | false {
  if (!fact.differs) return false;
  const stated = fact.stated.length > 0 && `, stated in ${fact.stated.join(", ")}`;
  return html`<title>${fact.label} differs${stated}</title>${!fact.identity && ground(row, width)}${signAt(row.top)}`;
}

function ground({ top, height }: Row, width: number): Html {
  return html`<rect class="differs" x="3" y="${top - 1}" width="${width - 6}" height="${height - 2}" rx="4"/>`;
}

function signAt(top: number): Html {
  return html`<text class="sign" x="10" y="${top + 13}">≠</text>`;
}

function marks({ marks, unevenMarks }: ComparedComponent, row: Row, width: number): Html {
  const uneven = unevenMarks.length > 0;
  const pills = [
    ...marks.map((mark) => ({ mark, style: mark as string, text: MARKS[mark] })),
    ...(unevenMarks.includes("protected") && !marks.includes("protected")
      ? [{ mark: "protected" as const, style: "unprotected", text: "not protected" }]
      : []),
  ];
  let x: number = SIZE.left + 1;
  const drawn = pills.map(({ mark, style, text }) => {
    const length = 26 + text.length * 6.5;
    const at = x;
    x += length + 5;
    return html`<g class="mark ${style}" transform="translate(${at} ${row.top + 1})"><rect width="${length}" height="18" rx="9"/><path class="icon" transform="translate(7 3.5) scale(.7)" d="${ICONS[mark]}"/><text x="21" y="13">${text}</text></g>`;
  });
  return html`<g>${uneven && [ground(row, width), signAt(row.top + 1)]}${drawn}</g>`;
}

function lines(
  texts: readonly string[],
  style: string,
  x: number,
  y: number,
  height: number = SIZE.line,
): Html[] {
  return texts.map(
    (text, index) => html`<text class="${style}" x="${x}" y="${y + index * height}">${text}</text>`,
  );
}
