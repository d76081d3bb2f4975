import type { Shared } from "../../isolation/isolation";
import { type Html, html } from "../html";
import type { Comparison, SectionMaker } from "../section";

const MEANING: Readonly<Record<Shared["kind"], string>> = {
  made: "would be made by both",
  outside: "is used by both, and not declared as common by both",
  secret: "is known to both",
  named: "is made by one and referred to by the other",
};

/** Whether the environments share anything physical, and what they share on purpose. */
export const isolationSection: SectionMaker = ({ comparisons }) => {
  const found = comparisons.filter(({ isolation }) => isolation !== undefined);
  if (found.length === 0) return undefined;
  return {
    id: "isolation",
    title: "Isolation",
    lead: "What two environments share of what is physical: names, ids, addresses and credentials, compared in what the engine made of each alone.",
    body: html`${found.map(comparison)}`,
  };
};

function comparison({ a, b, isolation }: Comparison): Html | undefined {
  if (!isolation) return undefined;
  const { shared, common, deliberate, made } = isolation;
  const counts = `Compared: ${made[0]} and ${made[1]} physical things.`;
  return html`<h3>${a} and ${b}</h3>${
    shared.length === 0
      ? html`<p class="verdict good"><strong>${a} and ${b} share nothing${deliberate.length > 0 && " but what is shared on purpose"}${common.length > 0 && `${deliberate.length > 0 ? " and" : " but"} what both declare as common`}.</strong> ${counts}</p>`
      : html`<p class="verdict bad"><strong>${a} and ${b} share what is not declared as common.</strong> ${counts}</p><ul class="shared">${shared.map(sharedItem)}</ul>`
  }${common.length > 0 && html`<h4>Deliberately common</h4><ul class="common">${common.map((what) => html`<li>${what}</li>`)}</ul>`}${deliberate.length > 0 && html`<h4>Shared on purpose</h4><ul class="common">${deliberate.map((what) => html`<li>${what}</li>`)}</ul>`}`;
}

function sharedItem(shared: Shared): Html {
  return html`<li><strong>${shared.what}</strong> ${MEANING[shared.kind]}<ul>${shared.in.map(
    ({ stack, at, stated }) =>
      html`<li>${stack}: <code>${at}</code> <span class="quiet">${stated.join(", ")}</span></li>`,
  )}</ul></li>`;
}
