import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { ConfigError } from "../../stagewright/environment/problems";
import { checkBesideOthers } from "../../stagewright/project/system";
import { dandiCopy, scratch, setDiffers } from "../support/projects";

/**
 * Staging's data would come from an environment that there is not: nothing that the file alone
 * shows.
 */
function wrongBesideProduction(): string {
  const dir = dandiCopy();
  setDiffers(dir, "production", { data: { restoredFrom: ["stagin"] } });
  return dir;
}

test("an engine's own run is told what is wrong between its stack and those beside it", () => {
  assert.throws(
    () => checkBesideOthers(wrongBesideProduction(), "dandi", "staging"),
    (error) =>
      error instanceof ConfigError &&
      /^Pulumi\.production\.yaml:\d+: dandi:differs\.data\.restoredFrom\[0\]: is 'stagin', which is no environment; .*did you mean 'staging'\?$/.test(
        error.message,
      ),
  );
  checkBesideOthers(dandiCopy(), "dandi", "staging");
});

test("where the others are not beside it, there is nothing to compare", () => {
  const dir = wrongBesideProduction();
  checkBesideOthers(dir, "another", "staging");
  checkBesideOthers(dir, "dandi", "review-12");
  rmSync(path.join(dir, "Pulumi.production.yaml"));
  checkBesideOthers(dir, "dandi", "staging");
  checkBesideOthers(scratch(), "dandi", "staging");
});

test("where a stack does not fit because another's file is wrong, that file is told", () => {
  const dir = dandiCopy();
  setDiffers(dir, "staging", { data: { restoredFrom: ["production"] }, api: { app: "X" } });
  setDiffers(dir, "production", { data: { restoredFrom: ["staging"] } });
  assert.throws(
    () => checkBesideOthers(dir, "dandi", "production"),
    (error) =>
      error instanceof ConfigError &&
      /^Pulumi\.staging\.yaml:\d+: dandi:differs\.api\.app: /.test(error.message),
  );
});
