import assert from "node:assert/strict";
import { test } from "vitest";
import type { Tree } from "../../../stagewright/environment/merge";
import { ConfigError, sentence } from "../../../stagewright/environment/problems";
import { readProject, readStack } from "../../../stagewright/project/project";
import { dandiCopy, setDiffers } from "../../support/projects";

/**
 * Rules of the API that say something impossible, and the end of the one sentence that is said of
 * it.
 */
const WRONG: [Tree, RegExp][] = [
  [
    { tracks: "master" },
    /api\.tracks: is "master"; accepted: 'branch NAME', 'releases', 'prereleases', 'tags PATTERN', /,
  ],
  // GitHub's triggers want a branch's short name, and its policies read these patterns in another
  // way than its triggers.
  [
    { tracks: "branch refs/heads/main" },
    /api\.tracks: is "branch refs\/heads\/main"; accepted: .*\(not refs\/heads\/main\)/,
  ],
  [{ tracks: "releases on refs/heads/main" }, /api\.tracks: is /],
  [{ tracks: "tags **/v*" }, /api\.tracks: is .*\(no \*\*, \+ or !\)/],
  [{ tracks: "tags v+" }, /api\.tracks: is /],
  [{ tracks: "tags !v*" }, /api\.tracks: is /],
  [{ tracks: "stable tags v1" }, /api\.tracks: is .*'stable tags PATTERN\*'/],
  [{ tracks: "releases of master" }, /api\.tracks: is "releases of master"; accepted: .*'on BRANCH'$/],
  [{ schedule: "sundays 20:00" }, /api\.schedule: is "sundays 20:00"; accepted: 'sunday 20:00', /],
  [
    { schedule: "sunday 24:00" },
    /api\.schedule: is "sunday 24:00"; accepted: times from 00:00 to 23:59, which 24:00 is not$/,
  ],
  [{ schedule: "sunday 20:60" }, /accepted: times from 00:00 to 23:59, which 20:60 is not$/],
  [
    { schedule: "sunday 20:00 in EAT" },
    /is "sunday 20:00 in EAT"; accepted: after 'in' a time zone of the IANA database such as Africa\/Nairobi/,
  ],
  [{ schedule: "sunday 20:00 in Africa/Nairobbi" }, /accepted: after 'in' a time zone/],
  [
    { schedule: "every second monday from 2026-01-06 at 07:30" },
    /accepted: a monday after 'from', and 2026-01-06 is a tuesday$/,
  ],
  [
    { schedule: "every second monday from 2026-02-30 at 07:30" },
    /accepted: a day of the calendar after 'from', which 2026-02-30 is not$/,
  ],
  [
    { schedule: "every second monday at 07:30" },
    /accepted: 'sunday 20:00', .*'every second monday from 2026-01-05 at 07:30'/,
  ],
  [{ window: "weekends 9-12" }, /api\.window: is "weekends 9-12"; accepted: 'weekends 09:00-12:00'/],
  [
    { window: "weekends 09:00-09:00" },
    /accepted: hours that are open for a while, which 09:00-09:00 is not$/,
  ],
  [{ window: "weekends 09:00-25:00" }, /accepted: times from 00:00 to 23:59, which 25:00 is not$/],
  [{ owner: "anton b" }, /api\.owner: is "anton b"; accepted: the GitHub login of one person$/],
  [{ exclusive: "One at a time" }, /api\.exclusive: .*accepted: a short name/],
  [
    { gates: { cheks: {} } },
    /api\.gates\.cheks: is not a key that is known here; .*did you mean 'checks'\?$/,
  ],
  [{ gates: { checks: { ci: true } } }, /api\.gates\.checks\.ci: is true; accepted: a string/],
  [
    { gates: { environments: { stage: "passed" } } },
    /environments\.stage: is "passed"; accepted: one of deployed, verified$/,
  ],
  [
    { gates: { errors: { all: "last week" } } },
    /errors\.all: is "last week"; accepted: 'since its deploy' or 'last N hours'/,
  ],
  [{ gates: { approval: { by: [] } } }, /approval\.by: is \[\]; accepted: at least 1 entries/],
  [
    { gates: { approval: { by: ["anton"] } } },
    /approval\.by\[0\]: is "anton"; accepted: 'user LOGIN' or 'team SLUG'$/,
  ],
  [
    { gates: { approval: { by: ["a", "b", "c", "d", "e", "f", "g"].map((x) => `user ${x}`) } } },
    /approval\.by: .*at most 6 people and teams/,
  ],
  [{ gates: { pullRequest: "open" } }, /gates\.pullRequest: is "open"; accepted: one of merged$/],
  [
    { migrations: { when: "sometimes", command: "x" } },
    /migrations\.when: is "sometimes"; accepted: one of before release, in release, by hand$/,
  ],
  [{ migrations: { when: "by hand" } }, /migrations\.command: is missing; accepted: a string/],
  [
    { staticFiles: { when: "before release" } },
    /staticFiles\.command: is missing; accepted: the command that collects them/,
  ],
  [{ onFailure: { action: "ignore" } }, /onFailure\.action: is "ignore"; accepted: one of stop, restore$/],
  [
    { operations: { by: "anton", command: "dt", confirmations: 1 } },
    /operations\.confirmations: is 1; accepted: at least 2/,
  ],
  [
    { logWatch: { schedule: "after tests", tell: "anton" } },
    /logWatch\.schedule: is "after tests"; accepted: 'sunday 20:00'/,
  ],
  [{ hotfix: {} }, /api\.hotfix: lifts the window, and there is none; accepted with a window$/],
  [
    { schedule: "sunday 20:00" },
    /api\.schedule: deploys the newest commit of a tracked branch, but tracks is 'releases'/,
  ],
];

for (const [rules, says] of WRONG) {
  test(`one sentence for ${JSON.stringify(rules).slice(0, 90)}`, () => {
    const dir = dandiCopy();
    const tracks = String(says).includes("tracks is 'releases'") ? {} : { tracks: "branch master" };
    setDiffers(dir, "production", { release: { api: { ...tracks, ...rules } } });
    assert.throws(
      () => readStack(readProject(dir), "production"),
      (error) => {
        assert.ok(error instanceof ConfigError, String(error));
        const sentences = error.problems.map(sentence);
        assert.equal(sentences.length, 1, sentences.join("\n"));
        assert.match(sentences[0] ?? "", says);
        assert.match(
          sentences[0] ?? "",
          /^Pulumi(\.production)?\.yaml(:\d+)?: dandi:(differs|environment)\.release/,
        );
        return true;
      },
    );
  });
}

test("one sentence for a time zone that is none", () => {
  const dir = dandiCopy();
  for (const timezone of ["EAT", "Africa/Nairobbi", "+03:00"]) {
    setDiffers(dir, "production", { release: { timezone } });
    assert.throws(
      () => readStack(readProject(dir), "production"),
      /release\.timezone: is ".*"; accepted: a time zone of the IANA database/,
    );
  }
});
