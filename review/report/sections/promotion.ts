import { type Chain, chainsOf, type Stage } from "../../../release/chain";
import { line, type Rules } from "../../../release/rules";
import { TITLE } from "../drawing/arrows";
import { type Html, html } from "../html";
import type { SectionMaker } from "../section";

/** How a commit gets from one environment to the next, and what must hold before it is deployed there. */
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
  const stated = ruleLines(rules);
  return html`<div class="stage"><h4>${rules.environment}</h4>${after.map(
    ({ environment, asks }) =>
      html`<p class="after">after <strong>${environment}</strong>: ${asks.join(", ")}</p>`,
  )}<ul class="rules">${stated.map((text) => html`<li><code>${text}</code></li>`)}</ul></div>`;
}

// What is not shown by the arrows already, as the spec could state it.
function ruleLines(rules: Rules): string[] {
  const { gates } = rules;
  const { environments: _, ...others } = gates;
  const stated: [string[], unknown][] = [
    [["tracks"], rules.tracks],
    [["schedule"], rules.schedule],
    [["window"], rules.window],
    [["hotfix"], rules.hotfix],
    ...Object.entries(others)
      .filter(([, value]) => !isEmpty(value))
      .map(([name, value]): [string[], unknown] => [["gates", name], value]),
    [["promotion"], rules.promotion],
    [["owner"], rules.owner],
    [["ownBranch"], rules.ownBranch || undefined],
    [["onRequest"], rules.onRequest || undefined],
    [["exclusive"], rules.exclusive],
    [["migrations"], rules.migrations],
    [["verify"], rules.verify],
    [["operations"], rules.operations],
  ];
  return stated
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => line(rules, path, value).replace(`release.${rules.component}.`, ""));
}

// An empty map of gates says nothing, other than `hotfix: {}`.
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
