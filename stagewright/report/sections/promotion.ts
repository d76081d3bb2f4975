import { type Chain, chainsOf, type Stage } from "../../release/chain";
import { TITLE } from "../drawing/arrows";
import { type Html, html } from "../html";
import { ruleLines } from "../model/promotion";
import type { SectionMaker } from "../section";

/**
 * How a commit gets from one environment to the next, and what must hold before it is deployed
 * there.
 */
export const promotionSection: SectionMaker = ({ releases }) => {
  const chains = releases ? chainsOf(releases.system) : [];
  if (chains.length === 0) return undefined;
  return {
    id: "promotion",
    title: "The way of a commit",
    lead: "From the environment that has it first to the last, with every rule that must hold on the way, in the words of the spec.",
    body: html`${chains.map(chain)}`,
  };
};

function chain({ component, steps }: Chain): Html {
  return html`<h3>${TITLE[component]}</h3><ol class="chain">${steps.map(
    (stages) => html`<li>${stages.map(stage)}</li>`,
  )}</ol>`;
}

function stage({ rules, after }: Stage): Html {
  return html`<div class="stage"><h4>${rules.environment}</h4>${after.map(
    ({ environment, asks }) =>
      html`<p class="after">after <strong>${environment}</strong>: ${asks.join(", ")}</p>`,
  )}<ul class="rules">${ruleLines(rules).map((text) => html`<li><code>${text}</code></li>`)}</ul></div>`;
}
