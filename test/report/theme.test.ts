import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { ROOT } from "../support/projects";

const CSS = readFileSync(path.join(ROOT, "stagewright/report/style/theme.css"), "utf8");
const [LIGHT = "", DARK = ""] = CSS.split("@media screen and (prefers-color-scheme: dark)");
const TEXT_ON_GROUND: [string, string[]][] = [
  ["ink", ["ground", "panel", "box", "differs"]],
  ["quiet", ["ground", "panel", "box", "differs"]],
  ["accent", ["ground", "panel"]],
  ["differs-ink", ["differs", "ground", "panel", "box"]],
  ["good-ink", ["good"]],
  ["warn-ink", ["warn"]],
];

for (const [scheme, css] of [
  ["light", LIGHT],
  ["dark", DARK],
] as const) {
  test(`every text of the ${scheme} scheme has a contrast of at least 4.5 to its ground`, () => {
    const weak = TEXT_ON_GROUND.flatMap(([text, grounds]) =>
      grounds
        .map((ground) => ({ text, ground, ratio: contrast(colour(css, text), colour(css, ground)) }))
        .filter(({ ratio }) => ratio < 4.5),
    );
    assert.deepEqual(weak, []);
  });
}

function colour(css: string, name: string): string {
  const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1];
  assert.ok(found, `--${name}`);
  return found;
}

// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
