import assert from "node:assert/strict";
import { test } from "vitest";
import {
  hostLike,
  LIMITS,
  longestName,
  markedIn,
  nameFault,
  nameLike,
  nameOf,
  stackOf,
} from "../../stagewright/ephemeral/names";

test("a name takes the place of the other environment's own", () => {
  const cases = [
    ["dandi-api-staging", "staging", "dandi-api-eph-pr-12"],
    ["gui-staging-dandiarchive-org", "staging", "gui-dandiarchive-org-eph-pr-12"],
    ["staging-upendo", "staging", "upendo-eph-pr-12"],
    ["dandiarchive", "production", "dandiarchive-eph-pr-12"],
    ["staging", "staging", "staging-eph-pr-12"],
    ["dt-sandbox-anton", "sandbox-anton", "dt-eph-pr-12"],
  ] as const;
  for (const [physical, like, expected] of cases)
    assert.equal(nameLike(physical, like, "pr-12", "label"), expected);
  assert.equal(
    hostLike("api-staging.dandiarchive.org", "dandiarchive.org", "staging", "pr-12"),
    "api-eph-pr-12.dandiarchive.org",
  );
  assert.equal(hostLike("example.org", "example.org", "production", "pr-12"), "eph-pr-12.example.org");
});

test("a name is as long as the vendor allows: the system's part is cut, the environment's never", () => {
  const long = nameLike("a-company-with-a-long-name-api", "staging", "feature-login", "app");
  assert.equal(long, "a-company-wi-eph-feature-login");
  assert.ok(long.length <= LIMITS.app);
  const longest = longestName([{ physical: "a-company-with-a-long-name-api", like: "staging", is: "app" }]);
  assert.equal(longest, 17);
  assert.ok(
    nameLike("a-company-with-a-long-name-api", "staging", "x".repeat(longest), "app").length <= LIMITS.app,
  );
});

test("a name that is not accepted comes with the longest form that is", () => {
  assert.equal(nameFault("pr-12", 17), undefined);
  assert.equal(
    nameFault("Feature/Login_Form-for-all", 17),
    "is 26 characters long; accepted: 1 to 17 of a-z, 0-9 and single -, not starting or ending with -, for example feature-login-for",
  );
  assert.match(nameFault("-pr", 17) ?? "", /is no name of an environment; .*for example pr$/);
  assert.match(nameFault("a--b", 17) ?? "", /for example a-b$/);
  assert.match(nameFault("eph-pr-1", 17) ?? "", /^starts with 'eph-', .*accepted: pr-1$/);
  assert.match(nameFault("", 17) ?? "", /is no name/);
});

test("the mark is found in every physical name, and in no other", () => {
  for (const physical of [
    "dandi-api-eph-pr-12",
    "dandi-api-eph-pr-12-database",
    "dandi-api-eph-pr-12-follower-2",
    "api-eph-pr-12.dandiarchive.org",
    "eph-pr-12",
  ])
    assert.equal(markedIn(physical), "eph-pr-12", physical);
  for (const physical of ["dandi-api-staging", "joseph-pr-12", "dandi-ephemeral", "eph", "api-eph-"])
    assert.equal(markedIn(physical), undefined, physical);
  assert.equal(nameOf(stackOf("pr-12")), "pr-12");
  assert.equal(nameOf("staging"), undefined);
});
