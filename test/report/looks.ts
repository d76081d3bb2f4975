import { pathToFileURL } from "node:url";
import { source as axe } from "axe-core";
import type { Browser } from "playwright-core";

/** How a page is looked at. */
interface Look {
  colorScheme: "light" | "dark";
  /** Of the window, in pixels. */
  width: number;
  media: "screen" | "print";
}

/**
 * A telephone, a laptop and a wide screen in both colour schemes, and paper for a reader who likes
 * it dark.
 */
export const LOOKS: readonly Look[] = [
  ...[360, 1280, 2560].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ colorScheme, width, media: "screen" }) as const),
  ),
  { colorScheme: "dark", width: 794, media: "print" },
];

export function nameOf({ colorScheme, width, media }: Look): string {
  return `${media}, ${colorScheme}, ${width} px`;
}

/**
 * What is wrong with a page in a file: errors, requests, what is wider than the window, and what
 * axe finds. All that is folded is opened.
 */
export async function faultsOf(browser: Browser, file: string, look: Look): Promise<string[]> {
  const { colorScheme, width, media } = look;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  try {
    const page = await context.newPage();
    const address = pathToFileURL(file).href;
    const faults: string[] = [];
    page.on("console", (message) => faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== address) faults.push(`request: ${request.url()}`);
    });
    await page.emulateMedia({ media });
    await page.goto(address);
    await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
    const wide = Number(await page.evaluate("document.documentElement.scrollWidth"));
    if (wide !== width) faults.push(`${wide} px wide`);
    const violations = await page.evaluate<string[]>(
      `${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`,
    );
    return [...faults, ...violations];
  } finally {
    await context.close();
  }
}

/** The lines of a drawing that reach out of the boxes that they stand in. */
export const OUTSIDE = `[...document.querySelectorAll('.component, .source, .chip')].flatMap((part) => {
  const group = part.matches('.chip') ? part.parentElement : part;
  const box = (part.matches('.chip') ? part : part.querySelector('.box')).getBoundingClientRect();
  return [...group.querySelectorAll('text, .mark rect')].filter((text) => {
    const { left, right, bottom, width } = text.getBoundingClientRect();
    return width === 0 || left < box.left || right > box.right || bottom > box.bottom;
  }).map((text) => text.textContent);
})`;
