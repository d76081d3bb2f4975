import assert from "node:assert/strict";
import { test } from "vitest";
import type { Change } from "../../stagewright/review/change/change";
import { risksOf } from "../../stagewright/review/summary/risks";

const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";

/** An update of one value of a cluster. */
function change(path: string, before: string, after: string, protect: boolean): Change {
  const inputs = { size: "db-s-1vcpu-2gb", region: "nyc3", version: "16" };
  const side = (value: string) => ({ inputs: { ...inputs, [path]: value }, protect, retain: protect });
  return {
    urn: "u",
    type: CLUSTER,
    name: "database",
    component: "database",
    operation: "update",
    before: side(before),
    after: side(after),
    values: [{ path, before, after, secret: false, computed: false, forces: false }],
    alike: 0,
  };
}

const risks = (one: Change, byHand = false) =>
  risksOf({
    environment: "production",
    byHand,
    changes: [one],
    providers: [],
    standing: [],
    secretVariables: [],
  }).map(({ level, says }) => `${level}: ${says}`);

test("a major version upward names its risk, as a danger where the data is protected", () => {
  const says =
    "The database of production (db-s-1vcpu-2gb) is upgraded in place from Postgres 16 to 17: nothing takes that back, the app waits meanwhile, and extensions or queries may not work as before. Fork it and upgrade the fork first.";
  assert.deepEqual(risks(change("version", "16", "17", true)), [`danger: ${says}`]);
  assert.deepEqual(risks(change("version", "16", "17", false)), [`warning: ${says}`]);
});

test("what a vendor refuses, or somebody has done already, is no risk of the change", () => {
  assert.deepEqual(risks(change("version", "16", "15", true)), []);
  assert.deepEqual(risks(change("size", "db-s-2vcpu-4gb", "db-s-1vcpu-1gb", true)), []);
  assert.deepEqual(risks(change("version", "16", "17", true), true), []);
});

test("a database that moves to another region is copied there", () => {
  assert.deepEqual(risks(change("region", "nyc3", "ams3", true)), [
    "warning: The database of production (db-s-1vcpu-2gb) moves to ams3: its data is copied there, its address changes, and it may be interrupted.",
  ]);
});
