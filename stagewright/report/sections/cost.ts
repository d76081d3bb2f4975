import { usd } from "../../cost/budget";
import { costOf } from "../../cost/cost";
import { type Html, html } from "../html";
import type { Bill, SectionMaker } from "../section";

/** What each environment costs a month, by what is bought. */
export const costSection: SectionMaker = ({ bills = [] }) => {
  if (bills.length === 0) return undefined;
  const priced = bills.map((bill) => ({ ...bill, cost: costOf(bill.resources) }));
  const widest = Math.max(...priced.map(({ cost, budget }) => Math.max(cost.total, budget?.monthly ?? 0)), 1);
  return {
    id: "cost",
    title: "Cost a month",
    lead: "By the vendors’ price lists, in USD, without taxes, discounts and what is charged by use. The line is the budget, where one is stated.",
    body: html`${priced.map(({ stack, cost, budget }) => environmentCost(stack, cost, budget, widest))}`,
  };
};

type Priced = ReturnType<typeof costOf>;

function environmentCost(stack: string, cost: Priced, budget: Bill["budget"], widest: number): Html {
  const limit = budget ? ` of a budget of ${usd(budget.monthly)}` : "";
  return html`<h3>${stack}: ${usd(cost.total)}${limit}</h3>${bar(cost, budget, widest)}
<details><summary>What is bought</summary><table><caption>What ${stack} costs a month</caption><thead><tr><th scope="col">For</th><th scope="col">Product</th><th scope="col">Plan</th><th scope="col">USD</th></tr></thead><tbody>${cost.lines.map(
    ({ name, type, plan, usd: amount }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${type}</td><td>${plan}</td><td>${usd(amount)}</td></tr>`,
  )}</tbody></table>${
    cost.unpriced.length > 0 &&
    html`<h4>Not counted</h4><ul>${cost.unpriced.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
  }</details>`;
}

const HEIGHT = 22;
const WIDTH = 1000;

// One bar, cut into what is bought; the same scale for every environment.
function bar({ lines, total }: Priced, budget: Bill["budget"], widest: number): Html {
  const scale = (amount: number) => Math.round((amount / widest) * WIDTH);
  let at = 0;
  const parts = lines.map(({ name, type, plan, usd: amount }) => {
    const x = scale(at);
    at += amount;
    return html`<rect class="bought" x="${x}" width="${Math.max(1, scale(at) - x - 2)}" height="${HEIGHT}"><title>${name}: ${type} ${plan}, ${usd(amount)}</title></rect>`;
  });
  const line = budget && html`<path class="budget" d="M${scale(budget.monthly)} -4V${HEIGHT + 4}"/>`;
  return html`<svg class="bar" viewBox="-4 -6 ${WIDTH + 8} ${HEIGHT + 12}" role="img" aria-label="${usd(total)} a month" preserveAspectRatio="none">${parts}${line}</svg>`;
}
