import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { run } from "../../../stagewright/host/run";
import { furtherWorkflows } from "../../../stagewright/release/workflows";
import { ROOT } from "../../support/projects";
import { linters } from "../../support/tools";
import { findings } from "../deploys/findings";
import { apiWith, everyEnvironment, specWith } from "./acme";
import { guiSpec } from "./promoting";

test("the further workflows of every system have no finding", async () => {
  const files = everyEnvironment().flatMap(({ system, spec }) => furtherWorkflows(system, spec));
  assert.deepEqual(
    files.map((file) => path.basename(file.path)),
    [
      "preview-api-staging.yml",
      "reap-api-staging.yml",
      "watch-api-production.yml",
      "operate-api-production.yml",
      "restore-data-sandbox-anton.yml",
      "verify-api-tests.yml",
    ],
  );
  assert.equal(await findings(files), "");
});

test("none has a finding, whatever the rules are", async () => {
  const odd = "x]'y{0}";
  const verify = {
    run: "dt 'test' \"$x\" `y` ${{ z }}",
    schedule: "every second monday from 2026-01-05 at 07:30",
  };
  const promotion = {
    from: odd,
    approval: { by: ["user bea", "team dt"], self: "allowed" },
    offeredAfter: "api",
  };
  const rules = { verify, logWatch: { schedule: "weekdays 09:00 in Europe/London", tell: "bea" } };
  const files = [
    ...furtherWorkflows(
      "acme",
      apiWith({ ...rules, operations: { by: "bea", command: "dt ${{ x }}", confirmations: 3 } }),
    ),
    ...furtherWorkflows(
      "acme",
      specWith({ gui: { tracks: `branch ${odd}z`, promotion, ...rules } }, "stage"),
    ),
    ...furtherWorkflows(
      "acme",
      apiWith(
        {
          previews: {
            of: "pull requests",
            after: { "ci: ${{ x }}": "any", "it's": "ci" },
            label: "keep: it/all",
            project: { repository: "team/infra", directory: "systems/acme" },
          },
        },
        "tests",
      ),
    ),
    ...furtherWorkflows("dandi", guiSpec()).map((file) => ({
      ...file,
      path: file.path.replace("production", "p"),
    })),
  ];
  assert.equal(files.length, 11);
  assert.equal(await findings(files), "");
});

// SC2153 takes the names that a workflow sets for misspelt ones.
test("the scripts of their steps are clean on their own too", async () => {
  const bin = await linters();
  const folder = path.join(ROOT, "stagewright/release/workflows/steps");
  const scripts = readdirSync(folder).map((name) => path.join(folder, name));
  assert.ok(scripts.length >= 10);
  const args = ["--external-sources", "--exclude", "SC2153", ...scripts];
  const { code, output } = await run(path.join(bin, "shellcheck"), args, { cwd: ROOT });
  assert.equal(code, 0, output);
});
