import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Temporal } from "temporal-polyfill";
import { test } from "vitest";
import type { System } from "../../stagewright/release/rules";
import { calendarSvg } from "../../stagewright/report/drawing/calendar";
import { promotionSvg } from "../../stagewright/report/drawing/promotion";
import { systemOf } from "../release/rules/systems";
import { ROOT, scratch } from "../support/projects";
import { browserOfFile } from "./browser";
import { OUTSIDE } from "./looks";

const NOW = Temporal.Instant.from("2026-11-21T10:00Z");
const LONG = `${"environment-with-a-name-that-nobody-would-type-".repeat(4)}<b>\u202e\u001b[31m]]>&"'`;

const out = scratch();
const browser = browserOfFile();

const SYSTEMS: readonly { name: string; system: System; arrows: number; chips: number }[] = [
  { name: "dt", system: systemOf("dt"), arrows: 4, chips: 44 },
  { name: "release-train", system: systemOf("release-train"), arrows: 0, chips: 12 },
  { name: "payslip", system: systemOf("payslip"), arrows: 0, chips: 0 },
  { name: LONG, system: renamed(systemOf("dt")), arrows: 4, chips: 44 },
];

for (const [index, { name, system, arrows, chips }] of SYSTEMS.entries()) {
  const drawn = {
    promotion: promotionSvg(name, system),
    calendar: calendarSvg(name, { system, now: NOW }),
  };

  test(`${name.slice(0, 20)}: the pictures hold every step and every day`, () => {
    assert.equal(drawn.promotion?.match(/marker-end/g)?.length ?? 0, arrows);
    assert.equal(drawn.calendar?.match(/class="chip /g)?.length ?? 0, chips);
  });

  for (const [kind, svg = ""] of Object.entries(drawn))
    test(`${name.slice(0, 20)}: the ${kind} is an SVG that loads nothing, says itself in words and keeps to its boxes`, async () => {
      const file = path.join(out, `${index}.${kind}.svg`);
      writeFileSync(file, svg);
      const grounds: unknown[] = [];
      for (const colorScheme of ["light", "dark"] as const) {
        const context = await browser().newContext({ colorScheme });
        const page = await context.newPage();
        const asked: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        await page.goto(pathToFileURL(file).href);
        // What is no well-formed XML is shown by Chromium as a page of its own.
        assert.equal(await page.evaluate("document.documentElement.getAttribute('role')"), "img");
        assert.equal(await page.evaluate("document.querySelectorAll('parsererror, script, b').length"), 0);
        assert.deepEqual(asked, [pathToFileURL(file).href]);
        for (const id of ["title", "words"])
          assert.ok(await page.evaluate(`document.getElementById('${id}').textContent.length > 10`), id);
        assert.deepEqual(await page.evaluate(OUTSIDE), []);
        assert.deepEqual(await page.evaluate(OFF), []);
        grounds.push(await page.evaluate("getComputedStyle(document.querySelector('.panel')).fill"));
        await context.close();
      }
      assert.notEqual(grounds[0], grounds[1], "dark and light");
    });
}

test("the picture of dt in the docs is the one of today", () => {
  assert.equal(
    readFileSync(path.join(ROOT, "docs/images/dt-promotion.svg"), "utf8"),
    promotionSvg("dt", systemOf("dt")),
    "if it is meant: npx stagewright report --dir systems/dt --out .rehearsal/report && cp .rehearsal/report/promotion.svg docs/images/dt-promotion.svg",
  );
});

test("in words the pictures say what they show", () => {
  const words = (svg = "") => /<desc id="words">([^<]*)</.exec(svg)?.[1] ?? "";
  const { system } = SYSTEMS[1] as (typeof SYSTEMS)[number];
  assert.match(
    words(calendarSvg("release-train", { system, now: NOW })),
    /2026-11-16 08:30 \(Mon 05:30 UTC\): staging API deploys branch staging\./,
  );
  assert.match(
    words(promotionSvg("dt", systemOf("dt"))),
    /tests, after sandbox-anton: deployed, tracks: branch master/,
  );
});

// What reaches out of the picture.
const OFF = `[...document.querySelectorAll('text, rect, path')].filter((part) => {
  const [box, all] = [part.getBoundingClientRect(), document.documentElement.getBoundingClientRect()];
  return !part.closest('defs') && (box.left < all.left || box.right > all.right || box.bottom > all.bottom);
}).map((part) => part.outerHTML)`;

// The same system, with names that no line has room for.
function renamed(system: System): System {
  return JSON.parse(
    JSON.stringify(system).replaceAll('"name":"production"', `"name":${JSON.stringify(LONG)}`),
  ) as System;
}
