import { type Chain, chainsOf, type Stage } from "../../release/chain";
import type { System } from "../../release/rules";
import { type Html, html } from "../html";
import { ruleLines } from "../model/promotion";
import { TITLE } from "./arrows";
import { standalone } from "./standalone";
import { clipped, wrapped } from "./text";

// Pixels.
const SIZE = {
  width: 820,
  stage: 224,
  pad: 16,
  gap: 14,
  arrow: 30,
  line: 16,
  title: 40,
  head: 40,
  name: 15,
  after: 12,
  rule: 11,
};
/** From this width on, the rules of an environment stand beside its name. */
const WIDE = 480;
const BESIDE = 216;

/** The way of a commit through a system, as an SVG file; `undefined` where nothing is deployed. */
export function promotionSvg(name: string, system: System): string | undefined {
  const chains = chainsOf(system);
  if (chains.length === 0) return undefined;
  const most = Math.max(...chains.flatMap(({ steps }) => steps.map(({ length }) => length)));
  const inner = Math.max(SIZE.width - 2 * SIZE.pad, most * (SIZE.stage + SIZE.gap) - SIZE.gap);
  const width = inner + 2 * SIZE.pad;
  const title = `The way of a commit through ${name}`;
  let y = SIZE.title;
  const drawn = chains.map((chain) => {
    const { drawing, height } = chainDrawing(chain, inner);
    const top = y;
    y += height;
    return html`<g transform="translate(${SIZE.pad} ${top})">${drawing}</g>`;
  });
  return standalone({
    title,
    words: chains.map(inWords).join(" "),
    width,
    height: y + SIZE.pad,
    drawing: html`<rect class="panel" x=".5" y=".5" width="${width - 1}" height="${y + SIZE.pad - 1}" rx="14"/>
<text class="environment" x="${SIZE.pad}" y="32">${clipped(title, inner, 18, "sans")}</text>${drawn}`,
  });
}

function inWords({ component, steps }: Chain): string {
  const told = steps
    .flat()
    .map((stage) => [stage.rules.environment, ...afterLines(stage), ...ruleLines(stage.rules)].join(", "));
  return `${TITLE[component]}: ${told.join("; ")}.`;
}

function afterLines({ after }: Stage): string[] {
  return after.map(({ environment, asks }) => `after ${environment}: ${asks.join(", ")}`);
}

interface Placed {
  name: string;
  x: number;
  width: number;
  top: number;
  bottom: number;
}

// Step below step. An arrow comes from each environment of the step before that is waited for;
// those before it are named in the box.
function chainDrawing({ component, steps }: Chain, width: number): { drawing: Html; height: number } {
  let top = SIZE.head;
  let before: Placed[] = [];
  const drawn = steps.map((stages) => {
    const each = (width - SIZE.gap * (stages.length - 1)) / stages.length;
    const boxes = stages.map((stage) => stageBox(stage, each));
    const bottom = top + Math.max(...boxes.map(({ height }) => height));
    const placed = stages.map(({ rules }, index) => ({
      name: rules.environment,
      x: index * (each + SIZE.gap),
      width: each,
      top,
      bottom,
    }));
    const arrows = stages.flatMap(({ after }, index) =>
      before
        .filter(({ name }) => after.some(({ environment }) => environment === name))
        .map((from) => arrow(from, placed[index] as Placed)),
    );
    const part = placed.map(
      ({ x, top }, index) =>
        html`<g class="component" transform="translate(${x} ${top})"><rect class="box" width="${each}" height="${bottom - top}" rx="8"/>${boxes[index]?.drawing}</g>`,
    );
    before = placed;
    top = bottom + SIZE.arrow;
    return [arrows, part];
  });
  const drawing = html`<text class="title" y="28">${TITLE[component]}</text>${drawn}`;
  return { drawing, height: top - SIZE.arrow };
}

function stageBox(stage: Stage, width: number): { drawing: Html; height: number } {
  const { environment } = stage.rules;
  const room = width - 2 * SIZE.pad;
  const beside = width >= WIDE;
  const left = beside ? BESIDE - SIZE.pad : room;
  const after = afterLines(stage).flatMap((text) => wrapped(text, left, SIZE.after, "sans"));
  const rules = ruleLines(stage.rules).flatMap((text) =>
    wrapped(text, beside ? room - BESIDE : room, SIZE.rule, "mono"),
  );
  const top = beside ? 25 : 25 + (after.length + 1) * SIZE.line;
  const lines = beside ? Math.max(after.length + 1, rules.length) : 1 + after.length + rules.length;
  return {
    drawing: html`<title>${environment}</title><text class="stage" x="${SIZE.pad}" y="25">${clipped(environment, left, SIZE.name, "sans")}</text>${texts(after, "after", SIZE.pad, 25 + SIZE.line)}${texts(rules, "value", beside ? SIZE.pad + BESIDE : SIZE.pad, top)}`,
    height: 21 + lines * SIZE.line,
  };
}

function texts(lines: readonly string[], style: string, x: number, y: number): Html[] {
  return lines.map(
    (text, index) => html`<text class="${style}" x="${x}" y="${y + index * SIZE.line}">${text}</text>`,
  );
}

function arrow(from: Placed, to: Placed): Html {
  const [x, end] = [from.x + from.width / 2, to.x + to.width / 2];
  const middle = (from.bottom + to.top) / 2;
  return html`<path class="line" d="M${x} ${from.bottom}C${x} ${middle} ${end} ${middle} ${end} ${to.top - 2}" marker-end="url(#arrow)"/>`;
}
