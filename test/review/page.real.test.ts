import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { reviewHtml } from "../../stagewright/review/print/html";
import { browserOfFile } from "../report/browser";
import { faultsOf, LOOKS, nameOf } from "../report/looks";
import { scratch } from "../support/projects";
import { emptyReview, HOSTILE, hostileReview } from "./reviews";

const PAGES = {
  "nothing changes": emptyReview(),
  "forty changes": hostileReview("dandi-api-staging.example.org/a/long/path", 40),
  "a word without an end": hostileReview("x".repeat(5000)),
  "hostile texts": { ...hostileReview("x"), stacks: HOSTILE.flatMap((text) => hostileReview(text).stacks) },
};

const out = scratch();
const browser = browserOfFile();

for (const [name, review] of Object.entries(PAGES)) {
  const page = path.join(out, `${name}.html`);
  writeFileSync(page, reviewHtml(review));
  test(`${name}: in Chromium no error, no request, no overflow, no fault for axe`, async () => {
    for (const look of LOOKS) assert.deepEqual(await faultsOf(browser(), page, look), [], nameOf(look));
  });
}
