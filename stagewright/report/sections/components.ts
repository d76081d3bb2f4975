import { TITLE } from "../drawing/arrows";
import { MARKS } from "../drawing/plan";
import { type Content, type Html, html } from "../html";
import type { Role } from "../model/component";
import { type ComparedComponent, type ComparedFact, type EnvironmentView, withRole } from "../model/topology";
import type { SectionMaker } from "../section";

const ROLES = Object.keys(TITLE) as Role[];

/**
 * The same as the drawings, as a table: every component with everything that is known of it, in
 * every environment.
 */
export const componentsSection: SectionMaker = ({ topology: { environments } }) => {
  const columns = environments.map(({ stack }) => stack);
  const groups = ROLES.flatMap((role) => groupOf(role, environments));
  return {
    id: "components",
    title: "Every component",
    lead: "The names, plans and sizes that the engine was given, as a table.",
    body: html`<table class="compared"><caption>Components by environment</caption>
<thead><tr><th scope="col">Component</th>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>${groups}</table>`,
  };
};

function groupOf(role: Role, environments: readonly EnvironmentView[]): Html[] {
  const components = environments.map((environment) => withRole(environment.components, role));
  const present = components.filter((component) => component !== undefined);
  if (present.length === 0) return [];
  const factsOf = ({ name, facts }: ComparedComponent) => [name, ...facts];
  const labels = [...new Set(present.flatMap((component) => factsOf(component).map(({ label }) => label)))];
  const rows = labels.map((label) => {
    const facts = components.map(
      (component) => component && factsOf(component).find((fact) => fact.label === label),
    );
    return row(
      label,
      facts.map((fact) => ({ content: fact?.value, fact })),
      environments,
    );
  });
  const marked = present.some(({ marks }) => marks.length > 0)
    ? [
        row(
          "marks",
          components.map((component) => ({
            content: component?.marks.map((mark) => MARKS[mark]).join(", "),
            differs: present.some(({ unevenMarks }) => unevenMarks.length > 0),
          })),
          environments,
        ),
      ]
    : [];
  return [
    html`<tbody><tr class="group"><th scope="rowgroup" colspan="${environments.length + 1}">${TITLE[role]} <span class="quiet">${[...new Set(present.map(({ vendor }) => vendor))].join(", ")}</span>${present.length < environments.length && html` <span class="differs">≠ not in every environment</span>`}</th></tr>${rows}${marked}</tbody>`,
  ];
}

interface Cell {
  content: Content;
  fact?: ComparedFact;
  differs?: boolean;
}

// A name of one's own has the sign alone, as in the drawings.
function row(label: string, cells: Cell[], environments: readonly EnvironmentView[]): Html {
  const differs = cells.some(({ fact, differs }) => fact?.differs || differs);
  const identity = cells.some(({ fact }) => fact?.identity);
  const stated = [...new Set(cells.flatMap(({ fact }) => fact?.stated ?? []))].join(", ");
  const sign = html`<span class="${identity ? "sign" : "differs"}" title="${stated}">≠<span class="${identity && "unseen"}"> differs</span></span>`;
  return html`<tr${differs && !identity && html` class="different"`}><th scope="row">${label} ${differs && sign}</th>${cells.map(
    ({ content }, index) =>
      html`<td data-column="${environments[index]?.stack}">${content ? html`<code>${content}</code>` : html`<span class="quiet">none</span>`}</td>`,
  )}</tr>`;
}
