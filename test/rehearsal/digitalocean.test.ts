import assert from "node:assert/strict";
import { isIPv4, isIPv6 } from "node:net";
import { test } from "vitest";
import { type Properties, Secret } from "../../providers/protocol/provider";
import { findDeclared } from "../../stagewright/rehearsal/recover/candidates";
import { digitalocean, seedDomain } from "../../stagewright/rehearsal/vendors/digitalocean";
import {
  privateIpv4,
  publicIpv4,
  publicIpv6,
} from "../../stagewright/rehearsal/vendors/digitalocean/addresses";
import { SPACES_OBJECT } from "../../stagewright/rehearsal/vendors/digitalocean/spaces";
import { tls } from "../../stagewright/rehearsal/vendors/tls";
import { resourceType } from "../../stagewright/resources/types";
import { type Play, play } from "./vendor-play";

const type = (name: string) => `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const plain = (value: unknown) => (value instanceof Secret ? value.value : value);

const machine = { name: "release-train-dev", region: "fra1", size: "s-1vcpu-1gb", image: "ubuntu-24-04-x64" };
const web = { protocol: "tcp", portRange: "443", sourceAddresses: ["0.0.0.0/0", "::/0"] };
const pg = {
  name: "train-db",
  engine: "pg",
  version: "17",
  size: "db-s-1vcpu-1gb",
  region: "fra1",
  nodeCount: 1,
};

const cloud = (options: Parameters<typeof play>[1] = {}) => play(digitalocean, options);

// By the last part of the type's name; the resource is called as the type unless said otherwise.
const make = (on: Play, kind: string, inputs: Properties, name = kind) => on.create(type(kind), name, inputs);

async function publicKey(name = "deploy"): Promise<string> {
  const { state } = await (await play(tls)).create("tls:index/privateKey:PrivateKey", name, {
    algorithm: "ED25519",
  });
  return String(state.publicKeyOpenssh);
}

// Everything that a small environment has, to be refreshed and taken down again.
async function environment(on: Play) {
  const key = await make(on, "SshKey", { name: "deploy", publicKey: await publicKey() });
  const droplet = await make(on, "Droplet", { ...machine, sshKeys: [key.id], ipv6: true, tags: ["dev"] });
  const dropletId = Number(droplet.id);
  const firewall = await make(on, "Firewall", { name: "dev", dropletIds: [dropletId], inboundRules: [web] });
  const ip = await make(on, "ReservedIp", { region: "fra1" });
  const assignment = await make(on, "ReservedIpAssignment", { ipAddress: ip.id, dropletId });
  const domain = await make(on, "Domain", { name: "example.org" });
  const record = await make(on, "DnsRecord", { domain: "example.org", type: "A", name: "dev", value: ip.id });
  const cluster = await make(on, "DatabaseCluster", pg);
  const clusterId = cluster.id;
  const db = await make(on, "DatabaseDb", { clusterId, name: "train" });
  const user = await make(on, "DatabaseUser", { clusterId, name: "train" });
  const pool = await make(on, "DatabaseConnectionPool", {
    clusterId,
    name: "train",
    dbName: "train",
    user: "train",
    mode: "transaction",
    size: 10,
  });
  const trusted = await make(on, "DatabaseFirewall", {
    clusterId,
    rules: [{ type: "droplet", value: droplet.id }],
  });
  const config = await make(on, "DatabasePostgresqlConfig", { clusterId, timezone: "UTC" });
  const project = await make(on, "Project", { name: "train dev", environment: "Development" });
  const resources = await make(on, "ProjectResources", {
    project: project.id,
    resources: [droplet.state.dropletUrn, ip.state.reservedIpUrn, cluster.state.clusterUrn],
  });
  const check = await make(on, "UptimeCheck", { name: "dev", target: "https://dev.example.org/" });
  return {
    key,
    droplet,
    firewall,
    ip,
    assignment,
    domain,
    record,
    cluster,
    db,
    user,
    pool,
    trusted,
    config,
    project,
    resources,
    check,
  };
}

test("a droplet has what its size has, and addresses that are nobody's", async () => {
  const on = await cloud();
  const { id, state } = await make(on, "Droplet", { ...machine, ipv6: true });
  assert.match(id, /^\d{9}$/);
  assert.equal(state.dropletUrn, `do:droplet:${id}`);
  const { vcpus, memory, disk, priceMonthly, priceHourly, status } = state;
  assert.deepEqual(
    { vcpus, memory, disk, priceMonthly, priceHourly, status },
    { vcpus: 1, memory: 1024, disk: 25, priceMonthly: 6, priceHourly: 0.00893, status: "active" },
  );
  assert.match(String(state.ipv4Address), /^198\.18\./);
  assert.match(String(state.ipv4AddressPrivate), /^10\./);
  assert.ok(isIPv4(String(state.ipv4Address)) && isIPv4(String(state.ipv4AddressPrivate)));
  assert.match(String(state.ipv6Address), /^2001:db8:/);
  assert.ok(isIPv6(String(state.ipv6Address)));
});

test("what a droplet cannot be is refused in DigitalOcean's words", async () => {
  const on = await cloud();
  const refused = (inputs: Properties, words: RegExp) =>
    assert.rejects(make(on, "Droplet", { ...machine, ...inputs }), words);
  await refused(
    { name: "release_train" },
    /^ProviderError: 422 .*Only valid hostname characters are allowed.*'release_train'/,
  );
  await refused({ name: "dev-" }, /Only valid hostname characters/);
  await refused({ region: "fra9" }, /invalid region for Droplet creation: 'fra9'/);
  await refused({ size: "s-1vcpu-3gb" }, /invalid size for Droplet creation: 's-1vcpu-3gb'/);
  await refused({ image: "ubuntu-24-04" }, /invalid image for Droplet creation: 'ubuntu-24-04'/);
  await refused({ sshKeys: ["12345"] }, /12345 are invalid key identifiers for Droplet creation/);
  await refused({ tags: ["a tag"] }, /tags may contain/);
  await refused({ userData: "x".repeat(64 * 1024 + 1) }, /65537 bytes, the maximum is 64 KiB/);
  await refused({ vpcUuid: "5a4981aa-9653-4bd1-bef5-d6bff52042e4" }, /VPC .* could not be found/);
  await refused({ backupPolicy: { plan: "daily" } }, /all of backupPolicy, backups must be specified/);
  await refused({ backups: true, backupPolicy: { plan: "daily", hour: 3 } }, /backup hour 3/);
  await make(on, "Droplet", { ...machine, userData: "x".repeat(64 * 1024) });
});

test("an account has a limit of droplets", async () => {
  const on = await cloud();
  for (let i = 0; i < 25; i++) await make(on, "Droplet", machine, `droplet-${i}`);
  await assert.rejects(make(on, "Droplet", machine, "one-more"), /will exceed your droplet limit/);
});

test("a droplet is resized in place and its disk never shrinks; what it is made of replaces it", async () => {
  const on = await cloud();
  const diff = (news: Properties, olds: Properties = {}) =>
    on.diff(type("Droplet"), { ...machine, ...olds }, { ...machine, ...olds, ...news });
  assert.deepEqual(await diff({ size: "s-2vcpu-2gb", name: "new", tags: ["x"] }), {
    size: "update",
    name: "update",
    tags: "add",
  });
  assert.deepEqual(await diff({ userData: "#cloud-config" }), { userData: "add-replace" });
  assert.deepEqual(await diff({ image: "debian-13-x64", region: "ams3" }), {
    image: "update-replace",
    region: "update-replace",
  });
  assert.deepEqual(await diff({ ipv6: true }), { ipv6: "update" });
  assert.deepEqual(await diff({ ipv6: false }, { ipv6: true }), { ipv6: "update-replace" });

  const { id, state } = await make(on, "Droplet", machine);
  const resize = (inputs: Properties) => on.update(type("Droplet"), "Droplet", id, { ...machine, ...inputs });
  const grown = await resize({ size: "s-1vcpu-2gb", resizeDisk: false });
  assert.deepEqual([grown.memory, grown.disk, grown.ipv4Address], [2048, 25, state.ipv4Address]);
  assert.equal((await resize({ size: "s-2vcpu-2gb" })).disk, 60);
  await assert.rejects(
    resize({ size: "s-1vcpu-1gb" }),
    /smaller disk: s-1vcpu-1gb has 25 GB, the Droplet 60 GB/,
  );
});

test("addresses differ for a thousand droplets and are the same in whichever cloud", () => {
  const draw = () => {
    const taken = new Set<string>();
    return Array.from({ length: 1000 }, (_, i) => {
      const address = publicIpv4("droplet", (one) => taken.has(one), `droplet-${i}`);
      taken.add(address);
      return address;
    });
  };
  const addresses = draw();
  assert.equal(new Set(addresses).size, 1000);
  assert.ok(addresses.every((address) => isIPv4(address) && address.startsWith("198.18.")));
  assert.deepEqual(draw(), addresses);
  // Nearly all are what they would be alone, so that it hardly matters which other droplets a cloud
  // has.
  const alone = addresses.filter(
    (address, i) => address === publicIpv4("droplet", () => false, `droplet-${i}`),
  );
  assert.ok(alone.length > 980, `${alone.length}`);

  const six = Array.from({ length: 1000 }, (_, i) => publicIpv6(`droplet-${i}`));
  assert.equal(new Set(six).size, 1000);
  assert.ok(
    six.every((address) => isIPv6(address) && new URL(`http://[${address}]`).hostname === `[${address}]`),
  );

  const within = new Set<string>();
  for (let i = 0; i < 1000; i++)
    within.add(privateIpv4("10.7.16.0/20", (one) => within.has(one), `droplet-${i}`));
  assert.equal(within.size, 1000);
  assert.ok([...within].every((address) => /^10\.7\.(1[6-9]|2\d|3[01])\.\d+$/.test(address)));
});

test("ids and addresses differ between stacks and are the same in another cloud", async () => {
  const [one, two] = [await cloud({ stack: "dev" }), await cloud({ stack: "staging" })];
  const first = await make(one, "Droplet", machine);
  const other = await make(two, "Droplet", machine);
  for (const property of ["ipv4Address", "ipv4AddressPrivate", "dropletUrn"])
    assert.notEqual(first.state[property], other.state[property], property);
  assert.notEqual(first.id, other.id);
  assert.deepEqual(await make(await cloud({ stack: "dev" }), "Droplet", machine), first);
});

test("what replaces a droplet may exist beside it, is another one, and is found by the name once it is alone", async () => {
  const on = await cloud();
  const [old, next] = [await make(on, "Droplet", machine), await make(on, "Droplet", machine)];
  for (const property of ["dropletUrn", "ipv4Address", "ipv4AddressPrivate"])
    assert.notEqual(next.state[property], old.state[property], property);
  const urn = `urn:pulumi:test::project::${type("Droplet")}::Droplet`;
  const declared = { type: type("Droplet"), urn, inputs: machine, providerConfig: {} };
  assert.equal(findDeclared(on.store, declared), undefined, "nobody knows which is meant");
  await on.remove(type("Droplet"), "Droplet", old.id);
  assert.equal(findDeclared(on.store, declared), next.id);
  const ref = { type: type("Droplet"), name: "Droplet", urn };
  const diff = (news: Properties) => on.session.diff(ref, next.id, machine, { ...machine, ...news }, []);
  assert.equal((await diff({ image: "debian-13-x64" })).deleteBeforeReplace, true);
  assert.equal((await diff({ size: "s-1vcpu-2gb" })).deleteBeforeReplace, false);
});

test("an account has an SSH key once, and a key must be one", async () => {
  const on = await cloud();
  const key = await publicKey();
  const { id, state } = await make(on, "SshKey", { name: "deploy", publicKey: key });
  assert.match(String(state.fingerprint), /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  await assert.rejects(
    make(on, "SshKey", { name: "other", publicKey: key }, "other"),
    /already in use on your account/,
  );
  await assert.rejects(
    make(on, "SshKey", { name: "bad", publicKey: "ssh-ed25519 AAAA" }),
    /422 .*Key invalid/,
  );
  await assert.rejects(make(on, "SshKey", { name: " ", publicKey: key }), /Name can't be blank/);
  assert.equal(
    (await on.update(type("SshKey"), "SshKey", id, { name: "renamed", publicKey: key })).name,
    "renamed",
  );
  await make(on, "Droplet", { ...machine, sshKeys: [state.fingerprint] });
});

test("a firewall has rules that make sense and a name of its own", async () => {
  const on = await cloud();
  const { id } = await make(on, "Droplet", { ...machine, tags: ["dev"] });
  const refused = (inputs: Properties, words: RegExp) =>
    assert.rejects(make(on, "Firewall", { name: "web", ...inputs }), words);
  const inbound = (rule: Properties) => ({ inboundRules: [{ ...web, ...rule }] });
  await refused({}, /At least one rule must be specified/);
  await refused(inbound({ protocol: "http" }), /protocol.* expected one of \["tcp","udp","icmp"\]/);
  await refused(inbound({ portRange: undefined }), /`port_range` of inbound rules is required/);
  for (const portRange of ["0", "70000", "90-80", "22,80", "ssh"])
    await refused(inbound({ portRange }), /ports are one such as 22/);
  await refused(inbound({ sourceAddresses: ["10.0.0.0/33"] }), /'10.0.0.0\/33' is not an IP address or CIDR/);
  await refused(inbound({ sourceAddresses: [] }), /at least one source/);
  await refused(inbound({ sourceDropletIds: [1] }), /Droplet 1 could not be found/);
  await refused(inbound({ sourceTags: ["nobody"] }), /tag 'nobody' does not exist/);
  await refused({ ...inbound({}), dropletIds: [7] }, /Droplet 7 could not be found/);
  await refused({ ...inbound({}), tags: ["nobody"] }, /tag 'nobody' does not exist/);
  await refused({ ...inbound({}), name: "a name" }, /invalid name 'a name'/);
  const out = { protocol: "icmp", destinationAddresses: ["0.0.0.0/0"] };
  const good = {
    ...inbound({ portRange: "8000-9000" }),
    outboundRules: [out],
    dropletIds: [Number(id)],
    tags: ["dev"],
  };
  const made = await make(on, "Firewall", { name: "web", ...good });
  assert.deepEqual([made.state.status, made.state.pendingChanges], ["succeeded", []]);
  await assert.rejects(
    make(on, "Firewall", { name: "web", ...good }, "second"),
    /409 conflict: duplicate name/,
  );
});

test("a reserved IP goes to one droplet of its region, and moves to another", async () => {
  const on = await cloud();
  const [one, two, away] = [
    await make(on, "Droplet", machine, "one"),
    await make(on, "Droplet", machine, "two"),
    await make(on, "Droplet", { ...machine, region: "ams3" }, "away"),
  ];
  const ip = await make(on, "ReservedIp", { region: "fra1" });
  assert.match(ip.id, /^198\.19\./);
  assert.equal(ip.state.ipAddress, ip.id);
  assert.equal(ip.state.reservedIpUrn, `do:reservedip:${ip.id}`);
  const assign = (dropletId: string, name: string) =>
    make(on, "ReservedIpAssignment", { ipAddress: ip.id, dropletId: Number(dropletId) }, name);
  const invoke = () =>
    on.session.invoke("digitalocean:index/getReservedIp:getReservedIp", { ipAddress: ip.id });
  await assert.rejects(assign(away.id, "away"), /is in fra1 and the Droplet \d+ in ams3/);
  await assert.rejects(assign("1", "nobody"), /Droplet 1 could not be found/);
  const first = await assign(one.id, "a");
  assert.equal((await invoke()).dropletId, Number(one.id));
  const second = await assign(two.id, "b");
  await on.remove(type("ReservedIpAssignment"), "a", first.id);
  assert.equal((await invoke()).dropletId, Number(two.id));
  const other = await make(on, "ReservedIp", { region: "fra1" }, "other");
  await assert.rejects(
    make(on, "ReservedIpAssignment", { ipAddress: other.id, dropletId: Number(two.id) }, "c"),
    /already has a reserved IP/,
  );
  await on.remove(type("ReservedIpAssignment"), "b", second.id);
  assert.equal((await invoke()).dropletId, 0);
  assert.deepEqual(
    await on.diff(
      type("ReservedIpAssignment"),
      { ipAddress: ip.id, dropletId: 1 },
      { ipAddress: ip.id, dropletId: 2 },
    ),
    { dropletId: "update-replace" },
  );
});

test("idle reserved IPs are limited", async () => {
  const on = await cloud();
  for (const name of ["a", "b", "c"]) await make(on, "ReservedIp", { region: "fra1" }, name);
  await assert.rejects(make(on, "ReservedIp", { region: "fra1" }, "d"), /limit of 3 unassigned/);
});

test("records are in a domain that exists and have values of their type", async () => {
  const on = await cloud();
  const record = (inputs: Properties, name = "record") =>
    make(
      on,
      "DnsRecord",
      { domain: "example.org", type: "A", name: "api", value: "192.0.2.1", ...inputs },
      name,
    );
  await assert.rejects(record({}), /404 not_found: The domain example.org could not be found/);
  seedDomain(on.store, "example.org");
  seedDomain(on.store, "example.org");
  await assert.rejects(record({ value: "api.example.net." }), /did not match IPv4 format/);
  await assert.rejects(record({ type: "AAAA" }), /did not match IPv6 format/);
  await assert.rejects(record({ type: "CNAME", value: "x.example.net" }), /Data needs to end with a dot/);
  await assert.rejects(record({ type: "MX", value: "mx.example.net." }), /`priority` is required/);
  await assert.rejects(record({ type: "PTR" }), /expected one of .*, got PTR/);
  await assert.rejects(record({ ttl: 10 }), /TTL must be greater than or equal to 30/);
  await assert.rejects(record({ name: "a b" }), /only valid hostname characters/);
  const { id, state } = await record({ ttl: 300 });
  assert.match(id, /^\d{9}$/);
  assert.equal(state.fqdn, "api.example.org");
  await assert.rejects(record({}, "again"), /Record already exists/);
  await assert.rejects(record({ type: "CNAME", value: "x.example.net." }, "alias"), /cannot share a name/);
  await assert.rejects(
    record({ name: "@", type: "CNAME", value: "x.example.net." }, "top"),
    /cannot share a name/,
  );
  assert.equal((await record({ name: "@" }, "apex")).state.fqdn, "example.org");
  const found = await on.session.invoke("digitalocean:index/getDomain:getDomain", { name: "example.org" });
  assert.deepEqual([found.id, found.domainUrn, found.ttl], ["example.org", "do:domain:example.org", 1800]);
  assert.match(String(found.zoneFile), /^api\.example\.org\. IN 300 A 192\.0\.2\.1$/m);
  const unknown = on.session.invoke("digitalocean:index/getDomain:getDomain", { name: "example.net" });
  await assert.rejects(unknown, /domain not found: example.net/);
});

test("a domain belongs to one account, and its records go with it", async () => {
  const on = await cloud();
  await assert.rejects(make(on, "Domain", { name: "example" }), /not a valid domain name/);
  const { id } = await make(on, "Domain", { name: "example.org" });
  await assert.rejects(make(on, "Domain", { name: "example.org" }, "again"), /name already exists/);
  await make(on, "DnsRecord", { domain: id, type: "TXT", name: "@", value: "hello" });
  await on.remove(type("Domain"), "Domain", id);
  assert.deepEqual(on.store.all(), []);
});

test("a cluster has the addresses and secrets of a Postgres at DigitalOcean", async () => {
  const on = await cloud();
  const { id, state } = await make(on, "DatabaseCluster", pg);
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.match(String(state.host), /^train-db-do-user-\d+-0\.[a-m]\.db\.ondigitalocean\.com$/);
  assert.equal(state.privateHost, `private-${state.host}`);
  assert.match(String(plain(state.password)), /^AVNS_[\w-]{19}$/);
  for (const secret of ["password", "uri", "privateUri", "uiPassword", "uiUri"])
    assert.ok(state[secret] instanceof Secret, secret);
  const uri = new URL(String(plain(state.privateUri)));
  assert.deepEqual(
    [uri.username, uri.password, uri.host, uri.pathname, uri.search],
    ["doadmin", plain(state.password), `${state.privateHost}:25060`, "/defaultdb", "?sslmode=require"],
  );
  assert.equal(state.clusterUrn, `do:dbaas:${id}`);
  assert.equal(state.storageSizeMib, "10240");
});

test("what a cluster cannot be is refused", async () => {
  const on = await cloud();
  const refused = (inputs: Properties, words: RegExp) =>
    assert.rejects(make(on, "DatabaseCluster", { ...pg, ...inputs }), words);
  await refused({ name: "Train" }, /invalid cluster name 'Train'/);
  await refused({ engine: "mysql" }, /plays the engine pg alone/);
  await refused({ version: "9" }, /invalid version '9'/);
  await refused({ version: undefined }, /"version" is required/);
  await refused({ size: "s-1vcpu-1gb" }, /invalid size 's-1vcpu-1gb'/);
  await refused({ region: "mars1" }, /invalid region for database cluster creation/);
  await refused({ nodeCount: 2 }, /supports a single node, not 2/);
  await refused({ nodeCount: 4, size: "db-s-2vcpu-4gb" }, /1 to 3 nodes/);
  await refused({ storageSizeMib: "5120" }, /invalid storage size/);
  await refused({ projectId: "none" }, /project none could not be found/);
  await refused(
    { maintenanceWindows: [{ day: "someday", hour: "02:00" }] },
    /expected one of .*, got someday/,
  );
  await make(on, "DatabaseCluster", pg);
  await assert.rejects(make(on, "DatabaseCluster", pg, "again"), /cluster name is not available/);
});

test("a cluster grows and is upgraded in place, and never goes back", async () => {
  const on = await cloud();
  const big = { ...pg, version: "16", size: "db-s-2vcpu-4gb" };
  const { id, state } = await make(on, "DatabaseCluster", big);
  const update = (inputs: Properties) =>
    on.update(type("DatabaseCluster"), "DatabaseCluster", id, { ...big, ...inputs });
  assert.deepEqual(
    await on.diff(type("DatabaseCluster"), big, { ...big, size: "db-s-4vcpu-8gb", version: "17" }),
    {
      size: "update",
      version: "update",
    },
  );
  assert.deepEqual(await on.diff(type("DatabaseCluster"), big, { ...big, name: "other", engine: "mysql" }), {
    name: "update-replace",
    engine: "update-replace",
  });
  await assert.rejects(update({ version: "15" }), /cannot downgrade from version 16 to 15/);
  await assert.rejects(update({ size: "db-s-1vcpu-2gb" }), /cannot resize to a smaller size/);
  const grown = await update({ size: "db-s-4vcpu-8gb", version: "17", nodeCount: 2 });
  assert.equal(plain(grown.uri), plain(state.uri));
  assert.equal(grown.storageSizeMib, String(140 * 1024));
});

test("databases, users and pools are of one cluster, and the default ones stay the vendor's", async () => {
  const on = await cloud();
  const { id: clusterId, state: cluster } = await make(on, "DatabaseCluster", pg);
  await assert.rejects(
    make(on, "DatabaseDb", { clusterId: "none", name: "x" }),
    /cluster none could not be found/,
  );
  await assert.rejects(
    make(on, "DatabaseDb", { clusterId, name: "defaultdb" }),
    /not available: 'defaultdb'/,
  );
  await assert.rejects(make(on, "DatabaseUser", { clusterId, name: "doadmin" }), /not available: 'doadmin'/);
  await assert.rejects(make(on, "DatabaseDb", { clusterId, name: "1st" }), /invalid database name/);
  const pool = { clusterId, name: "web", dbName: "train", user: "train", mode: "transaction", size: 20 };
  await assert.rejects(make(on, "DatabaseConnectionPool", pool), /database 'train' does not exist/);
  const db = await make(on, "DatabaseDb", { clusterId, name: "train" });
  assert.equal(db.id, `${clusterId}/database/train`);
  await assert.rejects(make(on, "DatabaseConnectionPool", pool), /user 'train' does not exist/);
  const user = await make(on, "DatabaseUser", { clusterId, name: "train" });
  assert.equal(user.state.role, "normal");
  assert.ok(user.state.password instanceof Secret);
  assert.notEqual(plain(user.state.password), plain(cluster.password));
  await assert.rejects(
    make(on, "DatabaseConnectionPool", { ...pool, mode: "lazy" }),
    /expected one of .*, got lazy/,
  );
  await assert.rejects(make(on, "DatabaseConnectionPool", { ...pool, size: 23 }), /has 22 connections left/);
  const { state } = await make(on, "DatabaseConnectionPool", pool);
  assert.equal(
    plain(state.uri),
    `postgresql://train:${plain(user.state.password)}@${cluster.host}:25061/web?sslmode=require`,
  );
  await assert.rejects(
    make(on, "DatabaseConnectionPool", { ...pool, name: "two" }, "two"),
    /has 2 connections left/,
  );
  await on.remove(type("DatabaseCluster"), "DatabaseCluster", clusterId);
  assert.deepEqual(on.store.all(), []);
});

test("a cluster is trusted to what exists", async () => {
  const on = await cloud();
  const { id: clusterId } = await make(on, "DatabaseCluster", pg);
  const droplet = await make(on, "Droplet", { ...machine, tags: ["dev"] });
  const trust = (kind: string, value: string) =>
    make(on, "DatabaseFirewall", { clusterId, rules: [{ type: kind, value }] });
  await assert.rejects(trust("droplet", "1"), /Droplet 1 could not be found/);
  await assert.rejects(trust("tag", "nobody"), /tag 'nobody' does not exist/);
  await assert.rejects(trust("ip_addr", "2001:db8::1"), /cannot be IPv6/);
  await assert.rejects(trust("ip_addr", "300.0.0.1"), /not an IP address or CIDR/);
  await assert.rejects(trust("app", "x"), /app 'x' could not be found/);
  await assert.rejects(trust("vpc", "x"), /expected one of .*, got vpc/);
  for (const [kind, value] of [
    ["droplet", droplet.id],
    ["tag", "dev"],
    ["ip_addr", "203.0.113.0/24"],
  ] as const)
    await trust(kind, value);
});

test("a read-only node is as large as its cluster and has the same user", async () => {
  const on = await cloud();
  const { id: clusterId, state: cluster } = await make(on, "DatabaseCluster", {
    ...pg,
    size: "db-s-2vcpu-4gb",
  });
  const replica = { clusterId, name: "train-read" };
  await assert.rejects(make(on, "DatabaseReplica", { ...replica, size: "db-s-1vcpu-2gb" }), /smaller than/);
  const { id, state } = await make(on, "DatabaseReplica", replica);
  assert.equal(id, `${clusterId}/replicas/train-read`);
  assert.deepEqual(
    [state.region, state.size, plain(state.password)],
    ["fra1", "db-s-2vcpu-4gb", plain(cluster.password)],
  );
  assert.notEqual(state.host, cluster.host);
});

test("settings of Postgres have bounds", async () => {
  const on = await cloud();
  const { id: clusterId } = await make(on, "DatabaseCluster", pg);
  const set = (inputs: Properties) => make(on, "DatabasePostgresqlConfig", { clusterId, ...inputs });
  await assert.rejects(set({ workMem: 2048 }), /workMem: it is not between 1 and 1024/);
  await assert.rejects(set({ trackFunctions: "some" }), /not one of all, pl, none/);
  assert.equal(
    (await set({ workMem: 16, logMinDurationStatement: 500 })).id,
    `${clusterId}/postgresql-config`,
  );
});

test("an alert watches something that exists and tells somebody", async () => {
  const on = await cloud();
  const { id } = await make(on, "Droplet", machine);
  const alert = {
    type: "v1/insights/droplet/cpu",
    compare: "GreaterThan",
    value: 80,
    window: "5m",
    description: "CPU of dev",
    entities: [id],
    alerts: { emails: ["ops@example.org"] },
  };
  const refused = (inputs: Properties, words: RegExp) =>
    assert.rejects(make(on, "MonitorAlert", { ...alert, ...inputs }), words);
  await refused({ type: "cpu" }, /expected one of the metrics .*, got "cpu"/);
  await refused({ compare: ">" }, /expected one of .*, got >/);
  await refused({ window: "1m" }, /expected one of .*, got 1m/);
  await refused({ value: 101 }, /value 101 .* is not a percentage/);
  await refused({ entities: ["1"] }, /Droplet 1 could not be found/);
  await refused({ alerts: { emails: [] } }, /at least one notification/);
  await refused({ alerts: { emails: ["ops"] } }, /'ops' is not an email address/);
  await refused(
    { alerts: { slacks: [{ channel: "#ops", url: "https://example.org" }] } },
    /hooks\.slack\.com/,
  );
  const { state } = await make(on, "MonitorAlert", alert);
  assert.equal(state.enabled, true);
  assert.match(String(state.uuid), /^[0-9a-f-]{36}$/);

  const check = (inputs: Properties) =>
    make(on, "UptimeCheck", { name: "dev", target: "https://dev.example.org", ...inputs });
  await assert.rejects(check({ type: "tcp" }), /expected one of .*, got tcp/);
  await assert.rejects(check({ type: "http" }), /is not a URL with http:\/\//);
  await assert.rejects(check({ type: "ping" }), /is not a host or address/);
  await assert.rejects(check({ regions: ["mars"] }), /region 'mars'/);
  const { id: checkId } = await check({ regions: ["eu_west"] });
  const down = {
    checkId,
    name: "down",
    type: "down",
    period: "2m",
    notifications: [{ emails: ["ops@example.org"] }],
  };
  const alarm = (inputs: Properties) => make(on, "UptimeAlert", { ...down, ...inputs });
  await assert.rejects(alarm({ checkId: "none" }), /check none could not be found/);
  await assert.rejects(alarm({ type: "slow" }), /expected one of .*, got slow/);
  await assert.rejects(alarm({ type: "latency" }), /threshold is required/);
  await assert.rejects(alarm({ period: "7m" }), /expected one of .*, got 7m/);
  await assert.rejects(alarm({ notifications: [] }), /at least one notification/);
  await alarm({});
  await on.remove(type("UptimeCheck"), "UptimeCheck", checkId);
  assert.deepEqual(on.store.list(type("UptimeAlert")), []);
});

test("a project has a name of its own and things that exist; a default one stays", async () => {
  const on = await cloud();
  const { id, state } = await make(on, "Droplet", machine);
  const project = await make(on, "Project", { name: "train", environment: "Production" });
  await assert.rejects(make(on, "Project", { name: "train" }, "again"), /name is already in use: 'train'/);
  await assert.rejects(
    make(on, "Project", { name: "x", environment: "test" }),
    /expected one of .*, got test/,
  );
  const put = (resources: unknown[], name = "put", into = project.id) =>
    make(on, "ProjectResources", { project: into, resources }, name);
  await assert.rejects(put(["do:droplet:1"]), /do:droplet:1 could not be found/);
  await assert.rejects(put(["do:firewall:1"]), /not the URN of something/);
  await assert.rejects(put([], "put", "none"), /project none could not be found/);
  await put([state.dropletUrn]);
  const lookUp = (args: Properties) => on.session.invoke("digitalocean:index/getProject:getProject", args);
  assert.deepEqual((await lookUp({ name: "train" })).resources, [`do:droplet:${id}`]);
  await assert.rejects(
    on.remove(type("Project"), "Project", project.id),
    /412 .*cannot delete a project with resources/,
  );
  await on.remove(type("Droplet"), "Droplet", id);
  assert.deepEqual((await lookUp({ id: project.id })).resources, []);

  assert.equal((await lookUp({})).isDefault, true);
  const first = await make(on, "Project", { name: "first", isDefault: true }, "first");
  const second = await make(on, "Project", { name: "second", isDefault: true }, "second");
  assert.equal((await lookUp({})).id, second.id);
  assert.equal((await lookUp({ id: first.id })).isDefault, false);
  await assert.rejects(on.remove(type("Project"), "second", second.id), /cannot delete the default project/);
});

test("a network holds things of its region and goes when it is empty", async () => {
  const on = await cloud();
  const { id, state } = await make(on, "Vpc", { name: "train", region: "fra1", ipRange: "10.20.0.0/24" });
  assert.equal(state.vpcUrn, `do:vpc:${id}`);
  const clash = make(on, "Vpc", { name: "other", region: "ams3", ipRange: "10.20.0.128/25" }, "other");
  await assert.rejects(clash, /overlaps with another VPC network/);
  await assert.rejects(
    make(on, "Vpc", { name: "x", region: "fra1", ipRange: "8.8.8.0/24" }),
    /is not private/,
  );
  await assert.rejects(
    make(on, "Vpc", { name: "x", region: "fra1", ipRange: "10.0.0.0/8" }),
    /from \/28 to \/16/,
  );
  await assert.rejects(
    make(on, "Droplet", { ...machine, region: "ams3", vpcUuid: id }),
    /is in fra1, not in ams3/,
  );
  const droplet = await make(on, "Droplet", { ...machine, vpcUuid: id });
  assert.match(String(droplet.state.ipv4AddressPrivate), /^10\.20\.0\./);
  await assert.rejects(on.remove(type("Vpc"), "Vpc", id), /409 .*Can not delete VPC train with members/);
  await on.remove(type("Droplet"), "Droplet", droplet.id);
  await on.remove(type("Vpc"), "Vpc", id);
});

test("a bucket has a name of its own and does not go with what is in it, unless told to", async () => {
  const on = await cloud();
  const { id, state } = await make(on, "SpacesBucket", { name: "train-media", region: "fra1" });
  assert.deepEqual(
    [id, state.bucketUrn, state.endpoint, state.bucketDomainName],
    [
      "train-media",
      "do:space:train-media",
      "fra1.digitaloceanspaces.com",
      "train-media.fra1.digitaloceanspaces.com",
    ],
  );
  const bucket = (inputs: Properties) => make(on, "SpacesBucket", { name: "other", ...inputs }, "other");
  await assert.rejects(bucket({ name: "train-media" }), /409 .*BucketAlreadyOwnedByYou/);
  await assert.rejects(bucket({ name: "Media" }), /InvalidBucketName/);
  await assert.rejects(bucket({ region: "nyc1" }), /region 'nyc1'/);
  await assert.rejects(bucket({ acl: "public" }), /acl 'public'/);
  const object = { account: "digitalocean", scope: id, name: "a.txt", properties: {}, written: {} };
  on.store.put({ type: SPACES_OBJECT, id: "a.txt", ...object });
  await assert.rejects(on.remove(type("SpacesBucket"), "SpacesBucket", id), /409 .*BucketNotEmpty/);
  await on.update(type("SpacesBucket"), "SpacesBucket", id, { name: id, region: "fra1", forceDestroy: true });
  await on.remove(type("SpacesBucket"), "SpacesBucket", id);
  assert.deepEqual(on.store.all(), []);
});

test("keys and policies are of buckets that exist", async () => {
  const on = await cloud();
  await make(on, "SpacesBucket", { name: "media", region: "fra1" });
  const key = (grants: Properties[]) => make(on, "SpacesKey", { name: "app", grants });
  await assert.rejects(key([{ bucket: "other", permission: "read" }]), /NoSuchBucket/);
  await assert.rejects(key([{ bucket: "media", permission: "write" }]), /permission 'write'/);
  await assert.rejects(key([{ bucket: "media", permission: "fullaccess" }]), /for all buckets/);
  const { id, state } = await key([{ bucket: "media", permission: "readwrite" }]);
  assert.match(id, /^DO[A-Z0-9]{18}$/);
  assert.equal(state.accessKey, id);
  assert.match(String(plain(state.secretKey)), /^[A-Za-z0-9]{43}$/);
  assert.ok(state.secretKey instanceof Secret);
  const statement = {
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::media/*",
  };
  const policy = (document: unknown, inputs: Properties = {}) =>
    make(on, "SpacesBucketPolicy", { bucket: "media", region: "fra1", policy: document, ...inputs });
  const text = (statements: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
  await assert.rejects(policy("{"), /is not JSON/);
  await assert.rejects(policy(text([])), /no statement/);
  await assert.rejects(
    policy(text([{ ...statement, Resource: "arn:aws:s3:::other/*" }])),
    /invalid resource/,
  );
  await assert.rejects(policy(text([statement]), { region: "ams3" }), /is in fra1, not in ams3/);
  assert.equal((await policy(text([statement]))).id, "media");
});

test("a volume grows, and is attached to one droplet of its region", async () => {
  const on = await cloud();
  const inputs = { name: "data", region: "fra1", size: 10 };
  const { id } = await make(on, "Volume", inputs);
  await assert.rejects(on.update(type("Volume"), "Volume", id, { ...inputs, size: 5 }), /it can only grow/);
  const [near, far] = [
    await make(on, "Droplet", machine, "near"),
    await make(on, "Droplet", { ...machine, region: "ams3" }, "far"),
  ];
  const attach = (dropletId: string) =>
    make(on, "VolumeAttachment", { volumeId: id, dropletId: Number(dropletId) });
  await assert.rejects(attach(far.id), /not in the same region/);
  await attach(near.id);
  await assert.rejects(attach(near.id), /already attached/);
  await assert.rejects(on.remove(type("Volume"), "Volume", id), /must be detached before deletion/);
  await on.remove(type("Droplet"), "near", near.id);
  await on.remove(type("Volume"), "Volume", id);
});

test("a droplet that goes leaves its firewall and its address as they were", async () => {
  const on = await cloud();
  const made = await environment(on);
  await on.remove(type("Droplet"), "Droplet", made.droplet.id);
  assert.deepEqual(on.store.get(type("Firewall"), made.firewall.id)?.properties.dropletIds, []);
  assert.equal(on.store.get(type("ReservedIpAssignment"), made.assignment.id), undefined);
  assert.ok(on.store.get(type("ReservedIp"), made.ip.id));
});

test("a refresh finds everything as it was made, and recovery finds it by what it is", async () => {
  const on = await cloud();
  const kinds = Object.values(await environment(on)).length;
  const things = on.store.all();
  assert.equal(things.length, kinds);
  for (const { type: token, id, properties } of things) {
    const name = token.split(":").at(-1) ?? "";
    const urn = `urn:pulumi:test::project::${token}::${name}`;
    const { facts } = digitalocean.kinds[resourceType(token)] ?? assert.fail(token);
    for (const property of facts.computed) assert.ok(property in properties, `${token} gives ${property}`);
    const inputs = Object.fromEntries(
      [...facts.required, ...facts.optional]
        .filter((key) => key in properties)
        .map((key) => [key, properties[key]]),
    );
    const seen = await on.session.read({ type: token, name, urn }, id, inputs, properties);
    assert.deepEqual(seen?.inputs, inputs, token);
    assert.equal(findDeclared(on.store, { type: token, urn, inputs, providerConfig: {} }), id, token);
  }
});
