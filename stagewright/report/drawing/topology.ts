import { html } from "../html";
import type { Topology } from "../model/topology";
import { environmentDrawings, inWords } from "./environment";
import { legendOf } from "./legend";
import { standalone } from "./standalone";

// Pixels between the environments.
const GAP = 20;

/** All environments of a system side by side, as an SVG file. */
export function topologySvg(topology: Topology): string {
  const drawings = environmentDrawings(topology);
  const step = (drawings[0]?.width ?? 0) + GAP;
  const width = drawings.length * step - GAP;
  const top = (drawings[0]?.height ?? 0) + 10;
  const legend = legendOf(width);
  return standalone({
    title: `The environments of ${topology.system} side by side`,
    words: drawings.map(({ view }) => `${view.stack}: ${inWords(view)}`).join(" "),
    width,
    height: top + legend.height,
    drawing: html`${drawings.map(({ drawing }, index) => html`<g transform="translate(${index * step} 0)">${drawing}</g>`)}
<g transform="translate(2 ${top})">${legend.drawing}</g>`,
  });
}
