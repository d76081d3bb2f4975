import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { beforeAll } from "vitest";
import { cleanUp } from "../support/cleanup";
import { scratch } from "../support/projects";

/**
 * A browser for the tests of a file, from before the first until after the last; to be asked for
 * inside of a test.
 */
export function browserOfFile(): () => Browser {
  const unpacked = scratch();
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openBrowser(unpacked);
  });
  cleanUp(() => browser?.close());
  return () => {
    assert.ok(browser);
    return browser;
  };
}

/**
 * A Chromium that needs nothing but npm: on Linux (x64) the one that comes in `@sparticuz/chromium`
 * with its libraries and a font, elsewhere the Chrome that is installed.
 *
 * @param folder an empty one, for what has to be unpacked
 */
async function openBrowser(folder: string): Promise<Browser> {
  const bundled = process.platform === "linux" && process.arch === "x64";
  return chromium.launch(bundled ? await unpacked(folder) : { channel: "chrome" });
}

// The package unpacks into the folder for temporary files, and its libraries only where it believes
// to be in AWS Lambda.
async function unpacked(folder: string) {
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" });
  try {
    const { default: bundle } = await import("@sparticuz/chromium");
    bundle.setGraphicsMode = false;
    const executablePath = await bundle.executablePath();
    writeFileSync(path.join(folder, "fonts", "fonts.conf"), fontsIn(folder));
    return {
      executablePath,
      env: { ...process.env } as Record<string, string>,
      args: ["--no-sandbox", "--disable-gpu"],
    };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

// The package's own looks for fonts in AWS Lambda's folders alone; without one, no text has a width
// and every layout fits.
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${path.join(folder, "fonts")}</dir><cachedir>${path.join(folder, "fonts-cache")}</cachedir></fontconfig>
`;
}
