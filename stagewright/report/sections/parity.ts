import { type Difference, pathText } from "../../parity/differences";
import { isParallel, type ParityReport } from "../../parity/parity";
import { counted } from "../../text/words";
import { type Html, html } from "../html";
import type { SectionMaker } from "../section";
import { valueText } from "../value";

/**
 * What every line of `differs` makes different, and whether there is anything that no line states.
 */
export const paritySection: SectionMaker = ({ comparisons }) => {
  const reports = comparisons.flatMap(({ parity }) => (parity ? [parity] : []));
  if (reports.length === 0) return undefined;
  return {
    id: "parity",
    title: "Parity",
    lead: "Equal but for what is stated: each line of a stack’s file, and what it makes different. Found out by the engine, which ran the one with the differences of the other.",
    body: html`${reports.map(comparison)}`,
  };
};

function comparison(report: ParityReport): Html {
  const { a, b, stated, following, untraced, dead } = report;
  return html`<h3>${a} and ${b}</h3>${verdict(report)}
${untraced.length > 0 && html`<h4>Stated nowhere</h4>${differenceTable("Stated nowhere", untraced, report)}`}
${dead.length > 0 && html`<h4>Stated, and without effect</h4><ul>${dead.map(({ place, path }) => html`<li><code>${place}</code> <code>${path.join(".")}</code></li>`)}</ul>`}
<div class="stated">${stated.map(
    ({ leaves, differences }) =>
      html`<details><summary>${leaves.map(
        (leaf) =>
          html`<span class="leaf"><code class="key">${leaf.path}</code><span class="values">${valueText(leaf.a)}<span class="quiet" aria-hidden="true">→</span>${valueText(leaf.b)}</span><code class="place">${leaf.places.join(", ")}</code></span>`,
      )}<span class="count">${counted(differences.length, "difference")}</span></summary>${differenceTable(`What ${leaves.map(({ path }) => path).join(", ")} makes different in ${report.a} and ${report.b}`, differences, report)}</details>`,
  )}</div>
${following.length > 0 && html`<p class="quiet">${counted(following.length, "more value")} follow from these: names, ids and addresses of what differs.</p>`}`;
}

function verdict(report: ParityReport): Html {
  const { a, b, stated, untraced, dead, alike, different } = report;
  const counts = `${counted(alike, "resource")} alike, ${different} different.`;
  if (isParallel(report)) {
    const lines = new Set(stated.flatMap(({ leaves }) => leaves.map(({ path }) => path))).size;
    return html`<p class="verdict good"><strong>${a} is ${b}${lines > 0 && ` but for ${counted(lines, "stated difference")}`}.</strong> ${counts}</p>`;
  }
  return html`<p class="verdict bad"><strong>${a} and ${b} are not what their files say:</strong> ${counted(untraced.length, "difference")} stated nowhere, ${counted(dead.length, "line")} without effect. ${counts}</p>`;
}

function differenceTable(label: string, differences: readonly Difference[], { a, b }: ParityReport): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${label}"><table><thead><tr><th scope="col">Resource</th><th scope="col">Property</th><th scope="col">${a}</th><th scope="col">${b}</th></tr></thead><tbody>${differences.map(
    (difference) =>
      html`<tr><th scope="row">${difference.resource.split("::").at(-1)} <span class="quiet">${kindOf(difference.resource)}</span></th>${cells(difference, a, b)}</tr>`,
  )}</tbody></table></div>`;
}

function cells({ path, a, b, secret }: Difference, nameA: string, nameB: string): Html {
  if (path.length === 0) return html`<td colspan="3">only in ${a === undefined ? nameB : nameA}</td>`;
  const property = html`<td><code>${pathText(path)}</code></td>`;
  if (secret) return html`${property}<td colspan="2"><span class="quiet">two secrets</span></td>`;
  return html`${property}<td>${valueText(a)}</td><td>${valueText(b)}</td>`;
}

// `heroku:app/app:App` as people say it: `heroku App`.
function kindOf(key: string): string {
  const [vendor = "", , kind = ""] = (key.split("::")[0]?.split("$").at(-1) ?? "").split(":");
  return `${vendor} ${kind}`;
}
