import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { test } from "vitest";
import { parse } from "yaml";
import { DropletApp } from "../../components/api-app/droplet";
import { Database } from "../../components/database";
import { MessageBroker } from "../../components/message-broker";
import { droplet } from "../../stagewright/environment/schema/api/droplet";
import { database } from "../../stagewright/environment/schema/database";
import { declared, settled } from "./declared";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB";
const outputs = {
  "tls:index/privateKey:PrivateKey": { publicKeyOpenssh: `${KEY}\n`, privateKeyOpenssh: "PRIVATE\n" },
  "digitalocean:index/sshKey:SshKey": { fingerprint: "af:e9" },
  "digitalocean:index/droplet:Droplet": { dropletUrn: "do:droplet:1" },
  "digitalocean:index/reservedIp:ReservedIp": { ipAddress: "192.0.2.7", reservedIpUrn: "do:reservedip:7" },
  "digitalocean:index/databaseCluster:DatabaseCluster": {
    user: "doadmin",
    password: "geheim",
    privateHost: "private-db.example.org",
    port: 25060,
  },
  "cloudamqp:index/instance:Instance": { url: "amqps://u:p@host/u" },
};

const HOME = {
  via: "digitalocean" as const,
  appName: "an-app-dev",
  region: "lon1",
  dropletId: "1",
  vpcId: "a-network",
  projectId: "a-project",
  tags: ["system:an-app"],
};

function run(changes: object = {}, isProtected = false) {
  const spec = droplet.parse({
    via: "digitalocean",
    app: "an-app-dev",
    host: "dev.example.org",
    repository: "an-org/a-repo",
    processes: { web: { quantity: 2 } },
    ...changes,
  });
  return declared(
    (opts) => new DropletApp("api", { spec, tags: ["system:an-app"], protected: isProtected }, opts),
    outputs,
  );
}

const DROPLET = "digitalocean:index/droplet:Droplet api";

test("what a droplet is told: where it is, what it may, and how it is set up, once", async () => {
  const { result, resources } = await run({ packages: ["libpq-dev"] });
  const { inputs, options } = resources.get(DROPLET) ?? assert.fail();
  const { userData, ...others } = inputs;
  assert.deepEqual(others, {
    name: "an-app-dev",
    image: "ubuntu-24-04-x64",
    size: "s-1vcpu-1gb",
    region: "fra1",
    resizeDisk: false,
    ipv6: true,
    monitoring: true,
    backups: false,
    gracefulShutdown: true,
    vpcUuid: "api-network-id",
    sshKeys: ["af:e9"],
    tags: ["system:an-app"],
  });
  assert.deepEqual(options.ignoreChanges, ["image", "sshKeys", "userData"]);
  assert.equal(options.replacementTrigger, 1);
  assert.match(String(userData), /^#cloud-config\n/);
  const { write_files } = parse(String(userData)) as { write_files: { path: string; content: string }[] };
  const files = write_files
    .map(({ content }) => gunzipSync(Buffer.from(content, "base64")).toString())
    .join();
  assert.match(files, /libpq-dev/);
  assert.equal(await settled(result.url), "https://dev.example.org");
  assert.equal(await settled(result.dnsTarget), "192.0.2.7");
});

test("nobody but the administrators has a key to log in with, and GitHub lets the droplet read only", async () => {
  const { resources } = await run();
  const { key, readOnly, repository } =
    resources.get("github:index/repositoryDeployKey:RepositoryDeployKey api-repository-key")?.inputs ?? {};
  assert.deepEqual([key, readOnly, repository], [KEY, true, "a-repo"]);
  const pairs = [...resources.values()].filter(({ type }) => type.startsWith("tls:")).map(({ name }) => name);
  assert.deepEqual(pairs.sort(), ["api-deploy-key", "api-host-key", "api-repository-key", "api-root-key"]);
});

test("the firewall lets in SSH, HTTP and TLS, and out what the app needs", async () => {
  const { resources } = await run();
  const { inboundRules, outboundRules } =
    resources.get("digitalocean:index/firewall:Firewall api-firewall")?.inputs ?? {};
  const rules = (all: unknown) =>
    (all as { protocol: string; portRange: string }[]).map(
      ({ protocol, portRange }) => `${protocol} ${portRange}`,
    );
  assert.deepEqual(rules(inboundRules), ["tcp 22", "tcp 80", "tcp 443"]);
  assert.ok(rules(outboundRules).includes("tcp 5671"));
  assert.ok(!rules(outboundRules).includes("tcp 25"));
});

test("alerts are there only where somebody is told", async () => {
  const types = async (changes: object) =>
    [...(await run(changes)).resources.values()]
      .map(({ type }) => type)
      .filter((type) => /Alert|Check/.test(type));
  assert.deepEqual(await types({}), []);
  const alerts = { emails: ["dev@example.org"], cpu: 70 };
  assert.equal((await types({ alerts })).length, 8);
  const { resources } = await run({ alerts });
  const cpu = resources.get("digitalocean:index/monitorAlert:MonitorAlert api-cpu-alert")?.inputs;
  assert.deepEqual([cpu?.value, cpu?.alerts], [70, { emails: ["dev@example.org"] }]);
});

test("a protected droplet is kept with all that it needs, and backed up unless the spec says otherwise", async () => {
  const { resources } = await run({ alerts: { emails: ["dev@example.org"] } }, true);
  const free = [...resources.values()]
    .filter(({ type, options }) => /^(digitalocean|tls|github):/.test(type) && !options.protect)
    .map(({ type }) => type.split(":").at(-1));
  assert.deepEqual([...new Set(free)].sort(), [
    "MonitorAlert",
    "ProjectResources",
    "UptimeAlert",
    "UptimeCheck",
  ]);
  assert.equal(resources.get(DROPLET)?.inputs.backups, true);
  assert.equal((await run({ backups: false }, true)).resources.get(DROPLET)?.inputs.backups, false);
});

test("a cluster is in the droplet's network, which the droplet alone may use, and its address is a secret", async () => {
  const { result, resources } = await declared(
    (opts) =>
      new Database(
        "database",
        { spec: database.parse({ version: "16" }), home: HOME, protected: true },
        opts,
      ),
    outputs,
  );
  const { inputs, options } =
    resources.get("digitalocean:index/databaseCluster:DatabaseCluster database") ?? assert.fail();
  assert.deepEqual(inputs, {
    name: "an-app-dev-database",
    engine: "pg",
    version: "16",
    size: "db-s-1vcpu-1gb",
    nodeCount: 1,
    region: "lon1",
    privateNetworkUuid: "a-network",
    projectId: "a-project",
    tags: ["system:an-app"],
  });
  assert.ok(options.protect && options.retainOnDelete);
  const firewall = resources.get("digitalocean:index/databaseFirewall:DatabaseFirewall database-firewall");
  assert.deepEqual(firewall?.inputs.rules, [{ type: "droplet", value: "1" }]);
  assert.equal(
    await settled(result.url),
    "postgresql://doadmin:geheim@private-db.example.org:25060/an-app-dev?sslmode=require",
  );
});

test("a broker beside a droplet is an instance, whose address goes with the deploy", async () => {
  const spec = {
    via: "cloudamqp",
    plan: "bunny-1",
    name: "a-broker",
    region: "digital-ocean::fra1",
  } as const;
  const { result, resources } = await declared(
    (opts) => new MessageBroker("broker", { spec, home: HOME, protected: false }, opts),
    outputs,
  );
  assert.deepEqual([...resources.values()].map(({ type }) => type).sort(), [
    "cloudamqp:index/instance:Instance",
    "stagewright:index:MessageBroker",
  ]);
  assert.equal(await settled(result.url), "amqps://u:p@host/u");
});
