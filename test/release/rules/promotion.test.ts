import assert from "node:assert/strict";
import { test } from "vitest";
import { merge, type Tree } from "../../../stagewright/environment/merge";
import { readProject, readStack } from "../../../stagewright/project/project";
import { facts } from "../../../stagewright/release/decision/facts";
import { decidePromotion } from "../../../stagewright/release/decision/promotion";
import { rulesOf } from "../../../stagewright/release/rules";
import { ROOT } from "../../support/projects";

const { spec } = readStack(readProject(ROOT), "production");
const gui = rulesOf({ production: spec }, spec).find(({ component }) => component === "gui") ?? assert.fail();

const WELL = {
  branches: ["staging"],
  diverged: [],
  checks: [{ name: "build", by: "netlify", state: "success" }],
  start: { by: "bea" },
  teams: { dandidevs: ["bea", "carl"] },
  approvals: ["carl"],
};

function said(changes: Tree, rules = gui): string {
  const { allowed, reasons } = decidePromotion(rules, facts.parse(merge(WELL, changes)));
  const against = reasons.filter(({ verdict }) => verdict !== "allows");
  assert.equal(allowed, against.length === 0);
  return against.map(({ says }) => says).join("; ");
}

test("the promotion of a commit is allowed when it is on the branch, nothing diverged, all is green and another one approved", () => {
  assert.equal(said({}), "");
});

for (const [changes, says] of [
  [{ branches: ["other"] }, "the commit is not on staging"],
  [{ diverged: ["a", "b"] }, "master has what staging has not (a and b): merge master into staging first"],
  [{ checks: [] }, "no check has reported on the commit"],
  [{ checks: [...WELL.checks, { name: "lint", state: "failure" }] }, "the check 'lint' is red"],
  [{ checks: [{ name: "lint", state: "pending" }] }, "the check 'lint' is not finished"],
  [{ approvals: [] }, "not approved by team dandidevs"],
  [{ approvals: ["bea"] }, "approved only by bea, who started the promotion"],
  [{ branches: null }, "it is not known whether the commit is on staging"],
  [{ diverged: null }, "it is not known whether master has what staging has not"],
  [{ checks: null }, "the checks of the commit are not known"],
] as const) {
  test(`a promotion is forbidden: ${says}`, () => {
    assert.equal(said(changes), says);
  });
}

test("a check that the gates name must be there, by whom they say", () => {
  const rules = { ...gui, gates: { ...gui.gates, checks: { build: "travis" } } };
  assert.equal(said({}, rules), "the commit has no check 'build'");
  assert.equal(said({ checks: [{ name: "build", by: "travis", state: "success" }] }, rules), "");
});
