import assert from "node:assert/strict";
import path from "node:path";
import { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster";
import { DatabaseFirewall } from "@pulumi/digitalocean/databaseFirewall";
import { DatabaseUser } from "@pulumi/digitalocean/databaseUser";
import { DnsRecord } from "@pulumi/digitalocean/dnsRecord";
import { Domain } from "@pulumi/digitalocean/domain";
import { Droplet } from "@pulumi/digitalocean/droplet";
import { Firewall } from "@pulumi/digitalocean/firewall";
import { getDomainOutput } from "@pulumi/digitalocean/getDomain";
import { MonitorAlert } from "@pulumi/digitalocean/monitorAlert";
import { Project } from "@pulumi/digitalocean/project";
import { ProjectResources } from "@pulumi/digitalocean/projectResources";
import { ReservedIp } from "@pulumi/digitalocean/reservedIp";
import { ReservedIpAssignment } from "@pulumi/digitalocean/reservedIpAssignment";
import { SpacesBucket } from "@pulumi/digitalocean/spacesBucket";
import { SpacesKey } from "@pulumi/digitalocean/spacesKey";
import { SshKey } from "@pulumi/digitalocean/sshKey";
import { UptimeAlert } from "@pulumi/digitalocean/uptimeAlert";
import { UptimeCheck } from "@pulumi/digitalocean/uptimeCheck";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { test } from "vitest";
import { readProject, readStack } from "../../stagewright/project/project";
import { type EngineOperation, type Outcome, Rehearsal } from "../../stagewright/rehearsal/run";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { dandiCopy, scratch } from "../support/projects";
import { isSecret, Resources } from "../support/rehearsed";

interface Wish {
  size?: string;
  userData?: string;
  generation?: number;
}

/** A droplet with all that belongs to it, and a database that only it reaches. */
function declare({ size = "s-1vcpu-1gb", userData = "#cloud-config\n", generation = 1 }: Wish): void {
  const region = "fra1";
  const deploy = new PrivateKey("deploy", { algorithm: "ED25519" });
  const key = new SshKey("deploy", { name: "train-dev", publicKey: deploy.publicKeyOpenssh });
  const droplet = new Droplet(
    "web",
    {
      name: "train-dev",
      region,
      size,
      image: "ubuntu-24-04-x64",
      sshKeys: [key.fingerprint],
      userData,
      monitoring: true,
      tags: ["train"],
    },
    { replacementTrigger: generation },
  );
  const dropletId = droplet.id.apply(Number);
  new Firewall("web", {
    name: "train-dev",
    dropletIds: [dropletId],
    inboundRules: [{ protocol: "tcp", portRange: "443", sourceAddresses: ["0.0.0.0/0", "::/0"] }],
    outboundRules: [{ protocol: "tcp", portRange: "all", destinationAddresses: ["0.0.0.0/0", "::/0"] }],
  });
  const ip = new ReservedIp("web", { region });
  new ReservedIpAssignment("web", { ipAddress: ip.ipAddress, dropletId });
  const domain = new Domain("zone", { name: "train.example" });
  const zone = getDomainOutput({ name: domain.name });
  new DnsRecord("web", { domain: zone.name, type: "A", name: "dev", value: ip.ipAddress, ttl: 300 });
  const cluster = new DatabaseCluster("database", {
    name: "train-dev",
    engine: "pg",
    version: "17",
    size: "db-s-1vcpu-1gb",
    region,
    nodeCount: 1,
  });
  new DatabaseUser("database", { clusterId: cluster.id, name: "train" });
  new DatabaseFirewall("database", {
    clusterId: cluster.id,
    rules: [{ type: "droplet", value: droplet.id }],
  });
  const bucket = new SpacesBucket("media", { name: "train-dev-media", region });
  new SpacesKey("media", { name: "train-dev", grants: [{ bucket: bucket.name, permission: "readwrite" }] });
  const emails = ["ops@train.example"];
  new MonitorAlert("cpu", {
    type: "v1/insights/droplet/cpu",
    description: "train-dev is busy",
    compare: "GreaterThan",
    value: 80,
    window: "5m",
    entities: [droplet.id],
    alerts: { emails },
  });
  const check = new UptimeCheck("web", { name: "train-dev", target: "https://dev.train.example" });
  new UptimeAlert("web", {
    checkId: check.id,
    name: "down",
    type: "down",
    period: "2m",
    notifications: [{ emails }],
  });
  const project = new Project("train", { name: "train dev", environment: "Development" });
  new ProjectResources("train", {
    project: project.id,
    resources: [droplet.dropletUrn, ip.reservedIpUrn, cluster.clusterUrn, domain.domainUrn, bucket.bucketUrn],
  });
}

test("a droplet with all that belongs to it comes up, stays as it is, changes and goes away", async () => {
  const cloud = path.join(scratch(), "cloud.db");
  const project = readProject(dandiCopy());
  const files = readStack(project, "staging");
  const rehearsal = (wish: Wish = {}) => new Rehearsal(project, { cloud, program: () => declare(wish) });
  const run = async (operation: EngineOperation, wish: Wish = {}): Promise<Outcome["changes"]> => {
    const { ok, errors, changes } = await rehearsal(wish).run(files, operation);
    assert.ok(ok, errors.join("\n"));
    return changes;
  };
  const resources = async () =>
    new Resources((await rehearsal().exportStack(files)).deployment.resources ?? []);

  const { create = 0 } = await run("up");
  assert.ok(create > 15);
  const made = await resources();
  const database = made.of("DatabaseCluster")[0]?.outputs ?? {};
  for (const name of ["password", "uri", "privateUri"]) assert.ok(isSecret(database[name]), name);
  assert.ok(isSecret(made.of("PrivateKey")[0]?.outputs?.privateKeyOpenssh));
  assert.ok(isSecret(made.of("SpacesKey")[0]?.outputs?.secretKey));
  const { id, outputs } = made.one("Droplet");
  assert.equal(made.one("DnsRecord").outputs.value, made.one("ReservedIp").outputs.ipAddress);

  for (const operation of ["preview", "refresh"] as const) {
    const { same, ...changed } = await run(operation);
    assert.deepEqual(changed, {}, operation);
    assert.ok((same ?? 0) >= create - 1, `${operation}: ${same} of ${create}`);
  }

  assert.deepEqual(without(await run("up", { size: "s-2vcpu-2gb" }), "same"), { update: 1 });
  const resized = (await resources()).one("Droplet");
  assert.deepEqual([resized.id, resized.outputs.ipv4Address], [id, outputs.ipv4Address]);

  // Of another make: the old one goes first, as its name stays. Told to the engine alone: the new
  // one comes first.
  const remade = { size: "s-2vcpu-2gb", userData: "#cloud-config\nruncmd: []\n" };
  const ids = [id];
  for (const wish of [remade, { ...remade, generation: 2 }]) {
    const { replace = 0 } = await run("up", wish);
    assert.ok(replace >= 2, "the droplet and the assignment of its address");
    assert.deepEqual(without(await run("refresh", wish), "same"), {});
    ids.push((await resources()).one("Droplet").id);
  }
  assert.equal(new Set(ids).size, 3);

  await run("destroy");
  const store = new CloudStore(cloud);
  const left = store.all().filter(({ type }) => /^(digitalocean|tls):/.test(type));
  store.close();
  assert.deepEqual(left, []);
});

function without(changes: Record<string, number>, ...names: string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(changes).filter(([name]) => !names.includes(name)));
}
