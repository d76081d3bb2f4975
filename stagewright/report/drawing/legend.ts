import { type Html, html } from "../html";
import { widthOf } from "./text";

const SIZE = 12;
const LINE = 22;
const SIGN = 26;

const ENTRIES = [
  { sign: "≠", ground: true, text: "differs in kind" },
  { sign: "≠", ground: false, text: "a name or an address of its own" },
  { sign: "", ground: false, text: "no mark: the same in all environments" },
] as const;

/** What the marks in a drawing mean, in as many lines as its width takes. */
export function legendOf(width: number): { drawing: Html[]; height: number } {
  let [x, y] = [0, 0];
  const drawing = ENTRIES.map(({ sign, ground, text }) => {
    const start = sign ? SIGN : 0;
    const length = start + widthOf(text, SIZE, "sans");
    if (x > 0 && x + length > width) [x, y] = [0, y + LINE];
    const at = x;
    x += length + 16;
    return html`<g transform="translate(${at} ${y})">${ground && html`<rect class="differs" width="20" height="18" rx="4"/>`}<text class="sign" x="10" y="13">${sign}</text><text class="legend" x="${start}" y="13">${text}</text></g>`;
  });
  return { drawing, height: y + LINE };
}
