import { readFileSync } from "node:fs";
import path from "node:path";
import { Html, html } from "../html";
import type { Topology } from "../model/topology";
import { ARROW_HEAD, environmentDrawings, inWords } from "./environment";
import { legendOf } from "./legend";

// Pixels between the environments.
const GAP = 20;

/**
 * All environments of a system side by side, as an SVG file of its own that loads nothing: for a README, in dark and light. It follows
 * the reader's colour scheme.
 */
export function topologySvg(topology: Topology): string {
  const drawings = environmentDrawings(topology);
  const step = (drawings[0]?.width ?? 0) + GAP;
  const width = drawings.length * step - GAP;
  const legend = legendOf(width);
  const height = (drawings[0]?.height ?? 0) + 10 + legend.height;
  const title = `The environments of ${topology.system} side by side`;
  const words = drawings.map(({ view }) => `${view.stack}: ${inWords(view)}`).join(" ");
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title words">
<title id="title">${title}</title>
<desc id="words">${words}</desc>
<style>${STYLE}</style>
<defs>${ARROW_HEAD}</defs>
${drawings.map(({ drawing }, index) => html`<g transform="translate(${index * step} 0)">${drawing}</g>`)}
<g transform="translate(2 ${(drawings[0]?.height ?? 0) + 10})">${legend.drawing}</g>
</svg>
`.text;
}

const STYLE = new Html(
  ["theme.css", "drawing.css"]
    .map((file) => readFileSync(path.join(__dirname, "../style", file), "utf8"))
    .join(""),
);
