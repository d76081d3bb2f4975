import { readFileSync } from "node:fs";
import path from "node:path";
import { type Content, Html, html } from "../html";
import { ARROW_HEAD } from "./environment";

/** What an SVG file shows. */
interface Picture {
  title: string;
  /** The same in words, for those who do not see it. */
  words: string;
  /** In pixels. */
  width: number;
  height: number;
  drawing: Content;
}

/**
 * A drawing as an SVG file of its own that loads nothing: for a README, in dark and light. It
 * follows the reader's colour scheme.
 */
export function standalone({ title, words, width, height, drawing }: Picture): string {
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title words">
<title id="title">${title}</title>
<desc id="words">${words}</desc>
<style>${STYLE}</style>
<defs>${ARROW_HEAD}</defs>
${drawing}
</svg>
`.text;
}

const STYLE = new Html(
  ["theme.css", "drawing.css"]
    .map((file) => readFileSync(path.join(__dirname, "../style", file), "utf8"))
    .join(""),
);
