import { type Html, html } from "../html";
import type { Role } from "../model/component";
import type { EnvironmentView } from "../model/topology";
import { type Box, type Plan, SIZE } from "./plan";
import { clipped, widthOf } from "./text";

const CORNER = 7;

/** Who reaches whom in one environment. */
export function reachArrows({ reach, components }: EnvironmentView, plan: Plan): Html {
  const has = (role: Role) => components.some((component) => component.role === role);
  const drawn = reach.filter(({ from, to }) => has(from) && has(to));
  return html`<g class="reach">${drawn.map(({ from, to }) => {
    const [a, b] = [plan.boxes.get(from), plan.boxes.get(to)];
    return (
      a &&
      b &&
      html`<g><title>${TITLE[from]} reaches ${TITLE[to]}</title>${arrow(route(a, b, plan.trunk))}</g>`
    );
  })}</g>`;
}

/** From where each component is deployed, with what it tracks on the arrow. */
export function deployArrows({ sources, components }: EnvironmentView, plan: Plan): Html {
  return html`<g class="deploy">${sources.map(({ to, tracks, meaning, differs }) => {
    const [source, target] = [plan.sources.get(to), plan.boxes.get(to)];
    if (!source || !target || !components.some(({ role }) => role === to)) return undefined;
    const x = source.x + 24;
    const text = clipped(tracks === "nothing" ? "by hand" : tracks, source.width - 58, SIZE.value, "mono");
    const left = x + 12;
    const y = source.y + source.height + SIZE.arrow / 2 - 1;
    return html`<g class="${tracks === "nothing" ? "idle" : "follows"}"><title>${TITLE[to]} ${meaning}</title>
      ${arrow(`M${x} ${source.y + source.height}V${target.y - 2}`)}
      ${differs && html`<rect class="differs" x="${left}" y="${y - 10}" width="${widthOf(text, SIZE.value, "mono") + 24}" height="20" rx="4"/><text class="sign" x="${left + 9}" y="${y + 4}">≠</text>`}
      <text class="value" x="${left + 18}" y="${y + 4}">${text}</text></g>`;
  })}</g>`;
}

/** What people call the components. */
export const TITLE: Readonly<Record<Role, string>> = {
  gui: "GUI",
  api: "API",
  database: "Database",
  broker: "Message broker",
  bucket: "Bucket",
  errors: "Error tracking",
  dns: "DNS",
};

function arrow(path: string): Html {
  return html`<path class="line" d="${path}" marker-end="url(#arrow)"/>`;
}

// Beside one another: straight across, below one another: straight down; else through the lane
// between the columns.
function route(from: Box, to: Box, trunk: number): string {
  if (from.y === to.y) return `M${from.x + from.width} ${from.y + 24}H${to.x - 2}`;
  const next = to.y - from.y - from.height;
  if (from.x === to.x && from.x < trunk && next >= 0 && next <= SIZE.gap) {
    return `M${from.x + 24} ${from.y + from.height}V${to.y - 2}`;
  }
  const start = from.x > trunk ? from.x : from.x + from.width;
  const end = to.x > trunk ? to.x - 2 : to.x + to.width + 2;
  const [out, arrival] = [from.y + 44, to.y + 24];
  const turn = arrival > out ? CORNER : -CORNER;
  const [leave, enter] = [start > trunk ? CORNER : -CORNER, end > trunk ? CORNER : -CORNER];
  return `M${start} ${out}H${trunk + leave}Q${trunk} ${out} ${trunk} ${out + turn}V${arrival - turn}Q${trunk} ${arrival} ${trunk + enter} ${arrival}H${end}`;
}
