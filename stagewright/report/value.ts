import { type Html, html } from "./html";

const LONGEST = 240;

/** A value as it is read: short ones in line, long texts folded. */
export function valueText(value: unknown): Html {
  if (value === undefined) return html`<span class="quiet">none</span>`;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  const isKeyOfResource = /^\S+\$\S+::\S+$/.test(text);
  if (isKeyOfResource) return html`<code>${text.split("::").at(-1)}</code>`;
  if (text.trim().includes("\n") && typeof value === "string") {
    return html`<details class="text"><summary>${text.trim().split("\n").length} lines</summary><pre tabindex="0">${text}</pre></details>`;
  }
  return html`<code>${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text.replace(/\s+/g, " ")}</code>`;
}
