/** Text that is markup already. Only {@link html} makes it, so whatever else stands in a page has been escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes: markup as it is, everything else as text; nothing for what is absent. */
export type Content = Html | string | number | false | null | undefined | readonly Content[];

/**
 * A template for HTML and SVG: html`<b title="${name}">${name}</b>`. Values become inert text, in elements and in attributes that stand
 * in double quotes. They must not stand inside of `<style>`, or as an address in `href`.
 */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(strings.reduce((text, part, index) => text + rendered(values[index - 1]) + part));
}

function rendered(content: Content): string {
  if (content instanceof Html) return content.text;
  if (Array.isArray(content)) return content.map(rendered).join("");
  if (content === undefined || content === null || content === false) return "";
  return visible(String(content)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * A text with every character that could act in place of being read made visible: control characters, which no XML may hold and which
 * begin a terminal's commands, and marks that turn the direction of writing, which make a name look like another one.
 */
function visible(text: string): string {
  return text.replace(ACTING, "\ufffd");
}

// https://www.w3.org/TR/xml/#charsets; https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
const ACTING = /(?![\n\t])\p{Cc}|\p{Cs}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
