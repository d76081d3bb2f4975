import assert from "node:assert/strict";
import { test } from "vitest";
import { type Properties, UNKNOWN } from "../../providers/protocol/provider";
import { refusalOf } from "../../stagewright/rehearsal/refusals";
import { vendors } from "../../stagewright/rehearsal/vendors";
import { digitalocean } from "../../stagewright/rehearsal/vendors/digitalocean";
import { play } from "./vendor-play";

// What each vendor refuses to change in place, and what it does not.

interface Change {
  type: string;
  before: Properties;
  after: Properties;
  /** What is refused; `undefined`: nothing. */
  says?: RegExp;
}

const ADDON = "heroku:addon/addon:Addon";
const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";

const addon = (plan: string, name = "a") => ({ appId: "1", plan, name });
const cluster = (change: Properties = {}) => ({
  engine: "pg",
  version: "16",
  size: "db-s-1vcpu-2gb",
  region: "nyc3",
  ...change,
});

const CHANGES: readonly Change[] = [
  {
    type: ADDON,
    before: addon("heroku-postgresql:essential-0"),
    after: addon("heroku-postgresql:standard-0"),
    says: /essential-0 to standard-0: no database moves between/,
  },
  {
    type: ADDON,
    before: addon("heroku-postgresql:premium-0"),
    after: addon("heroku-postgresql:essential-2"),
    says: /premium-0 to essential-2/,
  },
  {
    type: ADDON,
    before: addon("heroku-postgresql:essential-0"),
    after: addon("heroku-postgresql:essential-1"),
  },
  {
    type: ADDON,
    before: addon("heroku-postgresql:standard-0"),
    after: addon("heroku-postgresql:premium-2"),
  },
  {
    type: ADDON,
    before: addon("heroku-postgresql:standard-0"),
    after: addon("cloudamqp:lemur"),
    says: /from heroku-postgresql to cloudamqp/,
  },
  {
    type: ADDON,
    before: addon("cloudamqp:lemur"),
    after: addon("cloudamqp:squirrel-1"),
    says: /lemur to squirrel-1: .* shared and a dedicated/,
  },
  {
    type: ADDON,
    before: addon("cloudamqp:squirrel-1"),
    after: addon("cloudamqp:tiger"),
    says: /squirrel-1 to tiger/,
  },
  { type: ADDON, before: addon("cloudamqp:lemur"), after: addon("cloudamqp:tiger") },
  { type: ADDON, before: addon("cloudamqp:squirrel-1"), after: addon("cloudamqp:bunny-3") },
  {
    type: ADDON,
    before: addon("cloudamqp:lemur"),
    after: addon("cloudamqp:lemur", "b"),
    says: /plan of "".$/,
  },
  { type: ADDON, before: addon("cloudamqp:lemur"), after: addon("cloudamqp:tiger", "b") },
  { type: ADDON, before: addon("cloudamqp:lemur"), after: { appId: "1", plan: "cloudamqp:lemur" } },
  { type: ADDON, before: addon("cloudamqp:lemur"), after: addon("cloudamqp:lemur", `${UNKNOWN}-broker`) },
  {
    type: "heroku:app/release:Release",
    before: { description: "a" },
    after: { description: "b" },
    says: /existing release's description/,
  },
  { type: "heroku:app/release:Release", before: { description: "a" }, after: {} },
  {
    type: CLUSTER,
    before: cluster(),
    after: cluster({ version: "15" }),
    says: /downgrade from version 16 to 15/,
  },
  { type: CLUSTER, before: cluster(), after: cluster({ version: "17" }) },
  { type: CLUSTER, before: cluster(), after: cluster({ size: "db-s-1vcpu-1gb" }), says: /to a smaller size/ },
  { type: CLUSTER, before: cluster(), after: cluster({ size: "db-s-2vcpu-4gb" }) },
  {
    type: CLUSTER,
    before: cluster({ storageSizeMib: "61440" }),
    after: cluster({ storageSizeMib: "30720" }),
    says: /storage of a database cluster cannot be reduced/,
  },
  {
    type: CLUSTER,
    before: cluster({ privateNetworkUuid: "n" }),
    after: cluster({ privateNetworkUuid: "n", region: "ams3" }),
    says: /network n is in nyc3: the cluster cannot move to ams3/,
  },
  { type: CLUSTER, before: cluster({ privateNetworkUuid: "n" }), after: cluster({ region: "ams3" }) },
  {
    type: "digitalocean:index/databaseReplica:DatabaseReplica",
    before: { size: "db-s-2vcpu-4gb" },
    after: { size: "db-s-1vcpu-2gb" },
    says: /to a smaller size/,
  },
  {
    type: "digitalocean:index/droplet:Droplet",
    before: { size: "s-1vcpu-2gb", disk: 50 },
    after: { size: "s-1vcpu-1gb" },
    says: /s-1vcpu-1gb has 25 GB, the Droplet 50 GB/,
  },
  {
    type: "digitalocean:index/droplet:Droplet",
    before: { size: "s-1vcpu-2gb", disk: 25 },
    after: { size: "s-1vcpu-1gb" },
  },
  {
    type: "digitalocean:index/volume:Volume",
    before: { size: 20 },
    after: { size: 10 },
    says: /can only grow/,
  },
  { type: "digitalocean:index/volume:Volume", before: { size: 20 }, after: { size: 30 } },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    before: { versioningConfiguration: { status: "Enabled" } },
    after: { versioningConfiguration: { status: "Disabled" } },
    says: /from 'Enabled' to 'Disabled'/,
  },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    before: { versioningConfiguration: { status: "Enabled" } },
    after: { versioningConfiguration: { status: "Suspended" } },
  },
];

test("vendors refuse what they cannot change in place, say what to do instead, and nothing else", () => {
  for (const { type, before, after, says } of CHANGES) {
    const what = `${type} ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
    const refusal = refusalOf(type, before, after);
    if (!says) {
      assert.equal(refusal, undefined, what);
      continue;
    }
    assert.match(String(refusal?.says), says, what);
    assert.match(String(refusal?.instead), /^[A-Z].*\.$/, what);
  }
});

test("every type that refuses a change is tried above", () => {
  const refusing = vendors.flatMap(({ kinds }) => Object.entries(kinds)).filter(([, kind]) => kind.refuses);
  const tried = CHANGES.filter(({ says }) => says).map(({ type }) => type);
  assert.deepEqual(
    refusing.map(([type]) => type).filter((type) => !tried.includes(type)),
    [],
  );
});

test("a type with values that no read gives back says so to people", () => {
  for (const { kinds } of vendors)
    for (const [type, { writeOnly = [], unseen }] of Object.entries(kinds))
      assert.ok(writeOnly.length === 0 || unseen !== undefined, type);
});

test("a preview refuses in the same words as the up after it", async () => {
  const { create, session } = await play(digitalocean);
  const [type, name] = ["digitalocean:index/volume:Volume", "files"];
  const { id, state } = await create(type, name, { name, region: "nyc3", size: 20 });
  const smaller = { name, region: "nyc3", size: 10 };
  for (const preview of [true, false])
    await assert.rejects(session.update({ urn: "u", type, name }, id, state, smaller, preview), {
      message:
        "422 unprocessable_entity: size 10 is smaller than the 20 GiB of the volume: it can only grow. Instead make a smaller volume beside it and copy the files.",
    });
});
