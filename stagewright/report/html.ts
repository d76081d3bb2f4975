import { visible } from "../text/visible";

/**
 * Text that is markup already. Only {@link html} makes it, so whatever else stands in a page has
 * been escaped.
 */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes: markup as it is, everything else as text; nothing for what is absent. */
export type Content = Html | string | number | false | null | undefined | readonly Content[];

/**
 * A template for HTML and SVG: html`<b title="${name}">${name}</b>`. Values become inert text, in
 * elements and in attributes that stand in double quotes. They must not stand inside of `<style>`,
 * or as an address in `href`.
 */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(strings.reduce((text, part, index) => text + rendered(values[index - 1]) + part));
}

/**
 * A document that needs nothing else: no script, no server, no request.
 * @param body header and main part, which has the id `main`
 */
export function documentOf({ title, style, body }: { title: string; style: Html; body: Html }): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${body}
</body>
</html>
`.text;
}

function rendered(content: Content): string {
  if (content instanceof Html) return content.text;
  if (Array.isArray(content)) return content.map(rendered).join("");
  if (content === undefined || content === null || content === false) return "";
  const lines = String(content).split("\n").map(visible).join("\n");
  return lines.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
