import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { readProject, readStack } from "../../../stagewright/project/project";
import { Rehearsal } from "../../../stagewright/rehearsal/run";
import { reviewText } from "../../../stagewright/review/print/text";
import { reviewOn } from "../../../stagewright/review/review";
import type { StackReview } from "../../../stagewright/review/summary/model";
import { scratch } from "../../support/projects";
import { projectWith } from "../projects";
import { BASE } from "./base";
import { both, edited, type Prepared } from "./prepared";
import { REMOVED } from "./removed";
import { PREPARED } from "./table";

// The real engine, for every change: the base is brought up once a stack, and each change is
// previewed on a copy of what came of it.

const before = readProject(projectWith(edited(BASE)));
const folders = { staging: scratch(), production: scratch() }; // made here, so that they are there for all tests
const clouds = new Map<string, Promise<string>>();

/** A cloud of its own with the base's stack in it. */
async function baseOf(stack: keyof typeof folders): Promise<string> {
  const up = clouds.get(stack) ?? broughtUp(stack, folders[stack]);
  clouds.set(stack, up);
  const to = scratch();
  cpSync(await up, to, { recursive: true });
  return path.join(to, "cloud.db");
}

async function broughtUp(stack: string, dir: string): Promise<string> {
  const rehearsal = new Rehearsal(before, { cloud: path.join(dir, "cloud.db") });
  const { ok, errors } = await rehearsal.run(readStack(before, stack), "up");
  assert.ok(ok, errors.join("\n"));
  return dir;
}

async function reviewed(change: Prepared): Promise<StackReview> {
  const stack = change.stack ?? "production";
  const head = readProject(projectWith(edited(both(BASE, change))));
  const cloud = await baseOf(stack);
  return reviewOn({ head, before, stack, cloud, rehearsed: { ok: true, errors: [] }, onProgress: () => {} });
}

for (const change of [...PREPARED, ...REMOVED]) {
  test(`prepared change: ${change.title}`, async () => {
    const review = await reviewed(change);
    const text = reviewText(
      {
        system: "dandi",
        base: { commit: "0123456789", called: "the base" },
        packages: { named: [], others: 0 },
        stacks: [review],
      },
      false,
    );
    const [first = ""] = text.split("\n");
    if (typeof change.verdict === "string") assert.equal(first, change.verdict, text);
    else assert.match(first, change.verdict, text);
    for (const expected of change.says ?? []) assert.match(text, expected);
    for (const forbidden of change.never ?? []) assert.doesNotMatch(text, forbidden);
    for (const operation of ["replace", "create", "delete"] as const) {
      const wanted = change[operation] ?? [];
      const names = review.changes.filter((found) => found.operation === operation).map(({ name }) => name);
      if (wanted !== "any") assert.deepEqual(names.sort(), wanted, `${operation}\n${text}`);
    }
  });
}
