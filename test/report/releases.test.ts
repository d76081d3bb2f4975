import assert from "node:assert/strict";
import { Temporal } from "temporal-polyfill";
import { test } from "vitest";
import { environment } from "../../stagewright/environment/schema/environment";
import { chainsOf } from "../../stagewright/release/chain";
import { topologyOf } from "../../stagewright/report/model/topology";
import { reportPage } from "../../stagewright/report/page";
import { systemOf } from "../release/rules/systems";
import { attribute, named, read } from "./markup";

const NOW = Temporal.Instant.from("2026-11-21T10:00Z");

test("dt's commits climb five steps, each after all of those before it that it waits for", () => {
  const [api] = chainsOf(systemOf("dt"));
  assert.deepEqual(
    api?.steps.map((stages) => stages.map(({ rules }) => rules.environment)),
    [["sandbox-anton"], ["tests"], ["sandbox"], ["stage"], ["production"]],
  );
  assert.deepEqual(
    api?.steps[4]?.[0]?.after.map(({ environment }) => environment),
    ["sandbox-anton", "tests", "sandbox", "stage"],
  );
});

test("environments that wait for none stand side by side, and a merged branch is a step", () => {
  assert.deepEqual(
    chainsOf(systemOf("release-train"))[0]?.steps.map((stages) => stages.length),
    [3],
  );
  const gui = { site: "s", account: "a", repository: "o/r", build: { command: "c", publish: "p" } };
  const at = (name: string, rules: object) =>
    environment.parse({ name, data: { protected: false }, gui, release: { gui: rules } });
  const promotion = { from: "staging", approval: { by: ["user kim"] } };
  const [chain] = chainsOf({
    production: at("production", { tracks: "branch master", promotion }),
    staging: at("staging", { tracks: "branch staging" }),
  });
  assert.deepEqual(
    chain?.steps.map((stages) =>
      stages.map(({ rules, after }) => [rules.environment, after.map(({ asks }) => asks.join())]),
    ),
    [[["staging", []]], [["production", ["merged"]]]],
  );
});

test("the calendar has four weeks from this Monday, on the team's clock, with the same moments in UTC", () => {
  const { elements, text } = pageOf("release-train");
  const weeks = named(elements, "table").filter((table) => attribute(table, "class") === "calendar");
  assert.equal(weeks.length, 4);
  assert.match(text, /4 weeks from 2026-11-16, on the clock of Africa\/Nairobi/);
  const times = named(elements, "time").map((time) => attribute(time, "datetime"));
  assert.deepEqual(times.slice(0, 3), [
    "2026-11-16T05:30:00Z",
    "2026-11-18T04:30:00Z",
    "2026-11-22T17:00:00Z",
  ]);
  assert.equal(times.length, 12);
  assert.match(text, /08:30 deploys branch staging Mon 05:30 UTC/);
});

test("what does not happen by the clock is told beside it, and every rule of a commit's way is quoted", () => {
  const { text } = pageOf("dt");
  assert.match(text, /production API looks for new errors, for anton, every hour/);
  assert.match(text, /tests API deploys branch master after sandbox-anton/);
  for (const rule of [
    "window: weekends 09:00-12:00",
    "gates.errors: { all: last 7 days }",
    "owner: anton",
    "operations: { by: anton, command: dt, confirmations: 3 }",
    "migrations: { when: in release, command: dt migrate, testedIn: stage }",
  ])
    assert.ok(text.includes(rule), rule);
});

function pageOf(name: string) {
  const page = reportPage({
    topology: topologyOf(name, []),
    comparisons: [],
    releases: { system: systemOf(name), now: NOW },
  });
  const { errors, elements, text } = read(page);
  assert.deepEqual(errors, []);
  return { elements, text: text.replace(/\s+/g, " ") };
}
