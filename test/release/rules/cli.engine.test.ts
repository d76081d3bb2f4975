import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { readFacts } from "../../../stagewright/cli/facts";
import { run } from "../../support/process";
import { dandiCopy, ROOT, scratch, setDiffers } from "../../support/projects";

const stagewright = (args: string[]) =>
  run(process.execPath, [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", TZ: "Asia/Tokyo" },
  });

const SHA = "0123456789abcdef0123456789abcdef01234567";

/** dandi with rules that have a time. */
function project(): string {
  const dir = dandiCopy();
  setDiffers(dir, "production", {
    release: {
      timezone: "Africa/Nairobi",
      api: { tracks: "branch master", schedule: "sunday 20:00", window: "weekends 19:00-21:00" },
    },
  });
  return dir;
}

function facts(content: unknown): string {
  const file = path.join(scratch(), "facts.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

test("calendar: a table in the team's zone and in UTC, and an iCalendar file", async () => {
  const ics = path.join(scratch(), "releases.ics");
  const args = ["calendar", "--dir", project(), "--from", "2026-01-05", "--weeks", "1", "--ics", ics];
  const { status, stdout, stderr } = await stagewright(args);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^Africa\/Nairobi +UTC +what/);
  assert.match(
    stdout,
    /Sun 2026-01-11 20:00 +Sun 2026-01-11 17:00 +production api +deploys branch master +release\.api\.schedule: sunday 20:00/,
  );
  assert.match(
    stdout,
    /Sat 2026-01-10 19:00–21:00 +Sat 2026-01-10 16:00–18:00 +production api +may be deployed/,
  );
  assert.match(
    stdout,
    /staging gui +deploys branch staging at every push +release\.gui\.tracks: branch staging/,
  );
  assert.match(readFileSync(ics, "utf8"), /DTSTART:20260111T170000Z\r\n/);
});

test("calendar: another zone and more weeks", async () => {
  const args = [
    "calendar",
    "--dir",
    project(),
    "--from",
    "2026-03-23",
    "--weeks",
    "2",
    "--tz",
    "Europe/London",
  ];
  const { stdout } = await stagewright(args);
  assert.match(stdout, /^Europe\/London/);
  assert.deepEqual(stdout.match(/Sun 2026-\d\d-\d\d \d\d:\d\d {2,}Sun .* deploys/g)?.length, 2);
  assert.match(stdout, /Sun 2026-03-29 18:00 +Sun 2026-03-29 17:00/);
  assert.match(stdout, /Sun 2026-04-05 18:00 +Sun 2026-04-05 17:00/);
});

test("plan-release: allowed is exit 0, forbidden is exit 1, each with the lines of the spec", async () => {
  const plan = (at: string) => [
    ...["plan-release", "--stack", "production", "--component", "api", "--dir", project()],
    ...["--commit", SHA, "--at", at, "--facts", facts({ branches: ["master"] })],
  ];
  const allowed = await stagewright(plan("2026-01-11T20:05[Africa/Nairobi]"));
  assert.equal(allowed.status, 0, allowed.output);
  assert.match(
    allowed.stdout,
    /^0123456789ab may be deployed to production \(api\) at Sun 2026-01-11 20:05 Africa\/Nairobi \(Sun 2026-01-11 17:05 UTC\):/,
  );
  assert.match(
    allowed.stdout,
    /✓ open until Sun 2026-01-11 21:00 Africa\/Nairobi\n +release\.api\.window: weekends 19:00-21:00/,
  );

  const forbidden = await stagewright([...plan("2026-01-12T17:05Z"), "--json"]);
  assert.equal(forbidden.status, 1, forbidden.output);
  const { plans, commit, at } = JSON.parse(forbidden.stdout) as {
    commit: string;
    at: string;
    plans: { component: string; allowed: boolean; reasons: { verdict: string; rule: string }[] }[];
  };
  assert.deepEqual([commit, at, plans.length], [SHA, "2026-01-12T17:05:00Z", 1]);
  assert.deepEqual(
    plans[0]?.reasons.filter(({ verdict }) => verdict === "forbids").map(({ rule }) => rule),
    ["release.api.schedule: sunday 20:00", "release.api.window: weekends 19:00-21:00"],
  );
});

test("plan-release --promotion: whether a commit may be promoted, and wrong use where nothing is", async () => {
  const plan = (stack: string, known: unknown) => [
    ...["plan-release", "--promotion", "--stack", stack, "--commit", SHA, "--at", "2026-01-12T17:05Z"],
    ...["--facts", facts(known)],
  ];
  const well = { branches: ["staging"], diverged: [], checks: [{ name: "build", state: "success" }] };
  const approved = { start: { by: "bea" }, teams: { dandidevs: ["carl"] }, approvals: ["carl"] };
  const allowed = await stagewright(plan("production", { ...well, ...approved }));
  assert.equal(allowed.status, 0, allowed.output);
  assert.match(allowed.stdout, /^0123456789ab may be promoted to production \(gui\) at /);
  const forbidden = await stagewright(plan("production", { ...well, ...approved, diverged: ["web/x.css"] }));
  assert.equal(forbidden.status, 1);
  assert.match(
    forbidden.stdout,
    /✗ master has what staging has not \(web\/x\.css\): merge master into staging first\n +release\.gui\.promotion\.from: staging/,
  );
  const nothing = await stagewright(plan("staging", well));
  assert.equal(nothing.status, 2);
  assert.match(
    nothing.stderr,
    /^the stack staging promotes nothing; accepted with release\.gui\.promotion$/m,
  );
});

test("plan-release: without facts nothing is known, and all that a stack deploys is planned", async () => {
  const { status, stdout } = await stagewright([
    "plan-release",
    "--stack",
    "staging",
    "--commit",
    SHA,
    "--at",
    "2026-01-12T17:05Z",
  ]);
  assert.equal(status, 1);
  assert.match(
    stdout,
    /staging \(api\)[\s\S]*\? it is not known whether the commit is on master[\s\S]*staging \(gui\)/,
  );
});

test("wrong use is one sentence and exit 2", async () => {
  const plan = (changes: Record<string, string>) => {
    const options = { stack: "staging", commit: SHA, at: "2026-01-12T17:05Z", ...changes };
    return ["plan-release", ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])];
  };
  const wrong: [string[], RegExp][] = [
    [plan({ commit: "master" }), /'master' is not a commit; accepted: 7 to 40 of 0-9 and a-f/],
    [
      plan({ at: "2026-01-12T17:05" }),
      /'2026-01-12T17:05' is not a time; accepted: one with an offset or a zone/,
    ],
    [plan({ stack: "stagin" }), /Pulumi\.stagin\.yaml: does not exist; .*did you mean 'staging'\?/],
    [plan({ facts: facts({ chekcs: [] }) }), /facts\.json: chekcs: is not a key that is known here/],
    [["calendar", "--weeks", "0"], /'0' is not a number of weeks; accepted: 1 to 104/],
    [["calendar", "--tz", "EAT"], /'EAT' is not a time zone; accepted: a time zone of the IANA database/],
    [["calendar", "--from", "2026-02-30"], /'2026-02-30' is not a day; accepted: a date such as 2026-01-05/],
  ];
  for (const [args, says] of wrong) {
    const { status, stderr, output } = await stagewright(args);
    assert.equal(status, 2, `${args.join(" ")}\n${output}`);
    assert.match(stderr, says);
    assert.doesNotMatch(output, /\n\s+at /, "no stack trace");
  }
});

test("one sentence for each fact that is none", () => {
  const wrong: [unknown, RegExp][] = [
    ["{", /facts\.json: is no valid JSON: /],
    [[], /facts\.json: is \[\]; accepted: a map$/],
    [
      { checks: [{ name: "ci", state: "green" }] },
      /checks\.0\.state: is "green"; accepted: one of success, failure, pending$/,
    ],
    [
      { errors: { stage: ["yesterday"] } },
      /errors\.stage\.0: is "yesterday"; accepted: a moment such as 2026-01-03T09:00Z$/,
    ],
    [{ branches: "master" }, /branches: is "master"; accepted: a list$/],
    [{ start: { how: "magic" } }, /start\.how: is "magic"; accepted: one of push, merge, /],
  ];
  for (const [content, says] of wrong) assert.throws(() => readFacts(facts(content)), says);
  assert.throws(
    () => readFacts("nowhere.json"),
    /^ConfigError: nowhere\.json: does not exist; accepted is a JSON file/,
  );
});

test("what is wrong between stacks is told with file and key, before a plan or a calendar", async () => {
  const dir = dandiCopy();
  const api = (environment: string) => ({
    release: { api: { gates: { environments: { [environment]: "deployed" } } } },
  });
  setDiffers(dir, "production", api("staging"));
  setDiffers(dir, "staging", { name: "staging", data: { protected: false }, ...api("production") });
  for (const args of [
    ["calendar"],
    ["plan-release", "--stack", "staging", "--commit", SHA, "--at", "2026-01-12T17:05Z"],
  ]) {
    const { status, stderr } = await stagewright([...args, "--dir", dir]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^Pulumi\.production\.yaml:\d+: dandi:differs\.release\.api\.gates\.environments\.staging: closes a circle .*: production → staging → production/,
    );
  }
});
