import { counted } from "../../text/words";
import { type Html, html } from "../html";
import type { EnvironmentView, Topology } from "../model/topology";
import { deployArrows, reachArrows, TITLE } from "./arrows";
import { componentBox, missingBox, sourceBox } from "./boxes";
import { type Plan, planOf, SIZE } from "./plan";
import { clipped } from "./text";

/** The drawing of one environment. */
export interface EnvironmentDrawing {
  view: EnvironmentView;
  drawing: Html;
  /** In pixels; the same for all environments of a system. */
  width: number;
  height: number;
}

/**
 * The drawings of all environments, to be put side by side: each of the same size, with the same
 * things at the same places.
 */
export function environmentDrawings({ environments }: Topology): EnvironmentDrawing[] {
  const plan = planOf(environments);
  const { width, height } = plan;
  return environments.map((view) => ({ view, drawing: drawingOf(view, plan), width, height }));
}

/** What a drawing shows, in words. */
export function inWords({ components, sources, reach }: EnvironmentView): string {
  const made = components.map(({ role, vendor, name }) => `${TITLE[role]} ${name.value} at ${vendor}`);
  const calls = reach.map(({ from, to }) => `${TITLE[from]} reaches ${TITLE[to]}`);
  const follows = sources.map(({ to, meaning }) => `${TITLE[to]} ${meaning}`);
  return [...made, ...calls, ...follows].join(". ").concat(".");
}

/** The head of the arrows; once in a document. */
export const ARROW_HEAD = html`<marker id="arrow" viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="arrowhead" d="M0 .5 7 4 0 7.5z"/></marker>`;

/** What is said of how many differences an environment states. */
function statedText(stated: number): string {
  if (stated === 0) return "the base: no difference stated";
  return counted(stated, "stated difference");
}

function drawingOf(view: EnvironmentView, plan: Plan): Html {
  const { name, stack, stated, components, sources } = view;
  const title = name === stack ? name : `${stack} (${name})`;
  return html`<rect class="panel" x=".5" y=".5" width="${plan.width - 1}" height="${plan.height - 1}" rx="14"/>
    <text class="environment" x="${SIZE.pad + 2}" y="32">${clipped(title, plan.width - 2 * SIZE.pad, 18, "sans")}</text>
    <text class="vendor" x="${SIZE.pad + 2}" y="49">${statedText(stated)} · data ${view.protected ? "protected" : "not protected"}</text>
    ${deployArrows(view, plan)}${reachArrows(view, plan)}
    ${sources.map((source) => {
      const box = plan.sources.get(source.to);
      return box && components.some(({ role }) => role === source.to) && sourceBox(source, box);
    })}
    ${[...plan.boxes].map(([role, box]) => {
      const component = components.find((each) => each.role === role);
      return component ? componentBox(component, box) : missingBox(role, box);
    })}`;
}
