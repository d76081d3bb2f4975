import assert from "node:assert/strict";
import { test } from "vitest";
import type { Tree } from "../../stagewright/environment/merge";
import { ruleChanges } from "../../stagewright/release/changed/rules";

const changes = (before: Tree, after: Tree, zones: [string?, string?] = []) =>
  ruleChanges(
    { name: "production", release: { ...(zones[0] && { timezone: zones[0] }), api: before } },
    { name: "production", release: { ...(zones[1] && { timezone: zones[1] }), api: after } },
  );

/** Rules of the API before and after, and what is said of it. */
const CASES: [title: string, before: Tree, after: Tree, says: string[]][] = [
  [
    "nothing",
    { tracks: "releases", window: "weekends 09:00-12:00" },
    { tracks: "releases", window: "weekends 09:00-12:00" },
    [],
  ],
  [
    "another way to write the same hours",
    { window: "weekends 09:00-12:00" },
    { window: "sunday and saturday 9:00-12:00" },
    [],
  ],
  [
    "a day more",
    { window: "weekdays 00:00-24:00" },
    { window: "daily 00:00-24:00" },
    ["may now also be deployed on Saturdays and Sundays (UTC)"],
  ],
  [
    "Fridays",
    { window: "monday, tuesday, wednesday and thursday 09:00-17:00" },
    { window: "weekdays 09:00-17:00" },
    ["may now also be deployed on Fridays 09:00-17:00 (UTC)"],
  ],
  [
    "over midnight into the next week",
    { window: "sunday 20:00-22:00" },
    { window: "sunday 20:00-02:00" },
    ["may now also be deployed on Mondays 00:00-02:00 and on Sundays 22:00-24:00 (UTC)"],
  ],
  [
    "other hours",
    { window: "weekends 09:00-12:00" },
    { window: "weekends 10:00-13:00" },
    [
      "may now also be deployed on Saturdays and Sundays 12:00-13:00 (UTC)",
      "may no longer be deployed on Saturdays and Sundays 09:00-10:00 (UTC)",
    ],
  ],
  [
    "no window",
    { window: "weekends 09:00-12:00" },
    {},
    ["may now be deployed at any time; before: only weekends 09:00-12:00 (UTC)"],
  ],
  [
    "a first window",
    {},
    { window: "weekends 09:00-12:00" },
    ["may now be deployed only weekends 09:00-12:00 (UTC); before: at any time"],
  ],
  [
    "a window of another version's form",
    { window: "sometimes" },
    { window: "weekends 09:00-12:00" },
    ["has the window weekends 09:00-12:00; before: sometimes"],
  ],
  [
    "tags",
    { tracks: "branch main" },
    { tracks: "tags v* on main" },
    ["follows every tag v* on main; before: every push to the branch main"],
  ],
  [
    "a gate less",
    { gates: { checks: { x: "any", y: "any" } } },
    { gates: { checks: { y: "any" } } },
    ["the gate check x is gone: a red x no longer stops a deploy"],
  ],
  [
    "a stage that may be skipped",
    { gates: { environments: { stage: "verified" } } },
    { gates: {} },
    ["a commit need not have passed stage any more"],
  ],
  [
    "nobody approves",
    { gates: { approval: { by: ["user a"] } } },
    {},
    ["nobody has to approve a deploy any more"],
  ],
  [
    "one's own approval",
    { gates: { approval: { by: ["user a"] } } },
    { gates: { approval: { by: ["user a"], self: "allowed" } } },
    ["whoever starts a deploy may now approve it themselves"],
  ],
  [
    "by hand",
    { onRequest: false },
    { onRequest: true },
    ["any developer may now also start a deploy by hand"],
  ],
  ["an owner less", { owner: "anton" }, {}, ["anybody may deploy there; before: anton alone"]],
  [
    "restoring",
    {},
    { onFailure: { action: "restore" } },
    ["a failed deploy brings the previous release back"],
  ],
  [
    "a branch without protection",
    { protection: { bypass: ["app 1"] } },
    {},
    ["the tracked branch is no longer protected: anybody who may write may push to it"],
  ],
  [
    "somebody who may pass",
    { protection: { bypass: ["app 1"] } },
    { protection: { bypass: ["app 1", "role admin"] } },
    ["role admin may now push past the protection of the tracked branch"],
  ],
  [
    "migrations",
    { migrations: { when: "by hand", command: "m" } },
    { migrations: { when: "before release", command: "m" } },
    ["migrations run before release (m); before: by hand (m)"],
  ],
  ["a key that is not known here", { futures: 1 }, { futures: { a: 2 } }, ["futures is { a: 2 }; before: 1"]],
];

for (const [title, before, after, says] of CASES) {
  test(`release rules in words: ${title}`, () => {
    assert.deepEqual(
      changes(before, after),
      says.map((end) => `API of production: ${end}.`),
    );
  });
}

test("release rules in words: a time zone moves a window with it", () => {
  const window = { window: "weekends 09:00-12:00" };
  assert.deepEqual(changes(window, window, ["Europe/London", "Africa/Nairobi"]), [
    "API of production: may now be deployed weekends 09:00-12:00 (Africa/Nairobi); before: weekends 09:00-12:00 (Europe/London).",
    "The team's time zone is Africa/Nairobi; before: Europe/London. Every time that states none moves with it.",
  ]);
});
