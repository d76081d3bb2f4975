import { readFileSync } from "node:fs";
import path from "node:path";
import { documentOf, Html, html } from "./html";
import type { ReportData, Section, SectionMaker } from "./section";
import { calendarSection } from "./sections/calendar";
import { componentsSection } from "./sections/components";
import { costSection } from "./sections/cost";
import { isolationSection } from "./sections/isolation";
import { paritySection } from "./sections/parity";
import { policySection } from "./sections/policy";
import { promotionSection } from "./sections/promotion";
import { topologySection } from "./sections/topology";
import { tracksSection } from "./sections/tracks";

/** The parts of the page in their order. */
const SECTIONS: readonly SectionMaker[] = [
  topologySection,
  tracksSection,
  promotionSection,
  calendarSection,
  paritySection,
  isolationSection,
  policySection,
  costSection,
  componentsSection,
];

/** A report as one HTML document that needs nothing else: no script, no server, no request. */
export function reportPage(data: ReportData): string {
  const { system, environments } = data.topology;
  const sections = SECTIONS.map((make) => make(data)).filter((section) => section !== undefined);
  const body = html`<header><p class="kind">Stagewright report</p><h1>${system}</h1>
<p class="lead">${environments.map(({ stack }) => stack).join(" · ")}. Rehearsed by the Pulumi engine, with no account and no secret.</p>
<nav aria-label="Parts of this page"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav></header>
<main id="main">${sections.map(sectionOf)}</main>`;
  return documentOf({ title: `${system}: the environments`, style: STYLE, body });
}

function sectionOf({ id, title, lead, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2><p class="lead">${lead}</p>${body}</section>
`;
}

const STYLE = new Html(
  ["theme.css", "page.css", "drawing.css"]
    .map((file) => readFileSync(path.join(__dirname, "style", file), "utf8"))
    .join(""),
);
