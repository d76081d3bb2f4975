import { readFileSync } from "node:fs";
import path from "node:path";
import { documentOf, Html, html } from "../../report/html";
import { visible } from "../../text/visible";
import type { Change } from "../change/change";
import type { Review, StackReview } from "../summary/model";
import { labelOf, linesOf } from "./lines";
import { grouped, packagesText, partsOf, restText, wordOf } from "./parts";

/** Formats a review as one self-contained HTML document: no script, no server, no request. */
export function reviewHtml(review: Review): string {
  const { system, base, stacks } = review;
  const packages = packagesText(review);
  const body = html`<header><p class="kind">Stagewright review</p><h1>${visible(system)}</h1>
${stacks.map(({ stack, verdict }) => html`<p class="verdict ${verdict.level}"><strong>${stacks.length > 1 ? `${visible(stack)}: ` : ""}${visible(verdict.says)}</strong></p>`)}
<p class="lead">Compared with ${visible(base.called)} (<code>${visible(base.commit.slice(0, 8))}</code>), rehearsed by the Pulumi engine with no account and no secret.</p>
${packages && html`<p class="lead">${visible(packages)}</p>`}</header>
<main id="main">${stacks.map(sectionOf)}</main>`;
  return documentOf({ title: `${visible(system)}: what would change`, style: STYLE, body });
}

function sectionOf(stack: StackReview, index: number): Html {
  const id = `stack-${index}`;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${visible(stack.stack)}</h2>
${partsOf(stack).map(({ title, items }) => html`<h3>${title}</h3><ul>${items.map(({ level, says }) => html`<li class="${level}">${visible(says)}</li>`)}</ul>`)}
${grouped(stack.changes).map(([component, changes]) => html`<h3>In ${visible(component)}</h3><ul class="changes">${changes.map((change) => changeOf(change, stack))}</ul>`)}
<p class="lead">${restText(stack)}</p></section>
`;
}

function changeOf(change: Change, stack: StackReview): Html {
  const { type, name, called } = labelOf(change);
  const lines = linesOf(change);
  return html`<li>${wordOf(change, stack)} <strong>${name}</strong> ${type}${called && html` <code>${called}</code>`}${
    lines.length > 0 &&
    html`<ul>${lines.map(({ what, before, after }) => html`<li><code>${what}</code>${(before ?? after) !== undefined && html`: ${before === undefined ? "new" : html`<code>${before}</code>`} → ${after === undefined ? "gone" : html`<code>${after}</code>`}`}</li>`)}</ul>`
  }</li>`;
}

const STYLE = new Html(
  ["theme.css", "page.css", "review.css"]
    .map((file) => readFileSync(path.join(__dirname, "../../report/style", file), "utf8"))
    .join(""),
);
