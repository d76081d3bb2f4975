import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, test } from "vitest";
import { parse } from "yaml";
import { CloudStore } from "../../stagewright/rehearsal/store";
import type { Repository } from "../release/deploys/github-platform";
import { read } from "../release/deploys/runner";
import { deployed, OTHER, type Seen, SHA, type Wish } from "../release/deploys/world";
import { stagewright } from "../review/projects";
import { ROOT, scratch, systemCopy } from "../support/projects";
import { isSecret, plain, type Resources, Stage } from "../support/rehearsed";
import { committed, committedNames } from "./committed";

// The rows of release-train's table: each test is one, seen in all three stacks after one rehearsed
// `up` in one cloud, or in what their committed workflows do in real bash. What the droplet does
// when it is asked is seen in test/droplet.
const stage = new Stage(path.join(ROOT, "systems/release-train"));
const STACKS = ["dev", "staging", "production"] as const;
type Name = (typeof STACKS)[number];
const rehearsed = {} as Record<Name, Resources>;

beforeAll(async () => {
  for (const name of STACKS) await stage.done(name, "up");
  for (const name of STACKS) rehearsed[name] = await stage.resources(name);
});

const REPOSITORY = "release-train/application";
const BRANCHES: Record<Name, string> = { dev: "dev", staging: "staging", production: "master" };
const HOSTS: Record<Name, string> = {
  dev: "dev.release-train.example",
  staging: "staging.release-train.example",
  production: "release-train.example",
};

/** The files that a droplet's user data writes, by their paths. */
function filesOf(name: Name): Record<string, string> {
  const { userData } = rehearsed[name].one("Droplet").inputs;
  const { write_files: files } = parse(String(userData)) as { write_files: Written[] };
  const unpacked = files.map(({ path: at, content }) => [
    at,
    gunzipSync(Buffer.from(content, "base64")).toString(),
  ]);
  const { "/var/lib/stagewright/files.json": packed = "[]", ...first } = Object.fromEntries(unpacked);
  const others = (JSON.parse(packed) as Written[]).map(({ path: at, content }) => [at, content]);
  return { ...first, ...Object.fromEntries(others) };
}

interface Written {
  path: string;
  content: string;
}

/** What was said to a droplet. */
interface Said {
  request: string;
  body: Record<string, unknown>;
  knownHosts: string;
  key: string;
}

const bin = path.join(scratch(), "bin");
mkdirSync(bin);
// SSH, to a droplet that does what it is told: it writes down the request, its standard input and
// who it believed to be talking to.
writeFileSync(
  path.join(bin, "ssh"),
  `#!/usr/bin/env bash
for option in "$@"; do
  case $option in UserKnownHostsFile=*) hosts=\${option#*=} ;; esac
  [ "\${before:-}" != -i ] || key=$option
  before=$option
done
jq --null-input --compact-output --arg request "\${*: -1}" --argjson body "$(cat)" --rawfile knownHosts "$hosts" --rawfile key "$key" \\
  '$ARGS.named' >>"$SAID"
echo '{"warnings": [], "flagged": [], "release": "7", "commit": "c0ffee", "since": "yesterday"}'
`,
  { mode: 0o755 },
);

/** Runs the deploy workflow of an environment as it is committed. */
async function deploy(name: Name, wish: Wish = {}, suffix = ""): Promise<Seen & { said: Said[] }> {
  const said = path.join(scratch(), "said");
  writeFileSync(said, "");
  const seen = await deployed(committed(rehearsed[name], `deploy-api-${name}${suffix}`), {
    ...wish,
    github: { repository: REPOSITORY, ...wish.github },
    secrets: {
      DEPLOY_KEY: "the deploy key",
      APP_ENVIRONMENT: JSON.stringify({ DATABASE_URL: "postgresql://geheim" }),
      ...wish.secrets,
    },
    vars: { DROPLET_HOST: "192.0.2.7", DROPLET_HOST_KEY: "ssh-ed25519 AAAA", ...wish.vars },
    env: { PATH: `${bin}:${process.env.PATH}`, SAID: said, ...wish.env },
  });
  const lines = readFileSync(said, "utf8").split("\n").filter(Boolean);
  return { ...seen, said: lines.map((line) => JSON.parse(line) as Said) };
}

/**
 * What GitHub knows: the tracked branch is at `SHA`, and whether that came through a pull request.
 */
function known(name: Name, merged = true): Repository {
  return { branches: { [BRANCHES[name]]: SHA }, pulls: merged ? { [SHA]: true } : {} };
}

const requests = ({ said }: { said: Said[] }) => said.map(({ request }) => request);

for (const name of STACKS) {
  test(`1 ${name}: a droplet at DigitalOcean, named after the application, at ${HOSTS[name]}`, () => {
    const all = rehearsed[name];
    const { id, inputs } = all.one("Droplet");
    assert.equal(inputs.name, `release-train-${name}`);
    assert.equal(inputs.image, "ubuntu-24-04-x64");
    const { outputs: address } = all.one("ReservedIp");
    const assignment = all.one("ReservedIpAssignment").inputs;
    assert.deepEqual([assignment.ipAddress, String(assignment.dropletId)], [address.ipAddress, id]);
    const record = all.one("DnsRecord");
    assert.equal(record.outputs.fqdn, HOSTS[name]);
    assert.deepEqual([record.inputs.type, record.inputs.value], ["A", address.ipAddress]);
  });

  test(`1 ${name}: gunicorn behind nginx, and nothing else reaches it`, () => {
    const files = filesOf(name);
    const nginx = files["/etc/nginx/conf.d/app.conf"] ?? "";
    assert.match(nginx, new RegExp(`server_name ${HOSTS[name].replaceAll(".", "\\.")};`));
    // The release that serves links to the socket that systemd holds for its `web` and hands to
    // gunicorn.
    assert.match(nginx, /server unix:\/srv\/app\/current\/web\.sock /);
    const unit = files["/etc/systemd/system/app@.socket"]?.replaceAll("%i", "web") ?? "";
    assert.match(unit, /^ListenStream=\/run\/app\/web\.sock$/m);
    assert.match(files["/etc/systemd/system/app@.service"] ?? "", /^User=app$/m);
    const { inboundRules } = rehearsed[name].one("Firewall").inputs;
    const open = (inboundRules as { portRange: string }[]).map(({ portRange }) => portRange);
    assert.deepEqual(open, ["22", "80", "443"]);
  });

  test(`${name}: the database is reached from its droplet alone, over TLS, and its address is a secret`, () => {
    const all = rehearsed[name];
    const droplet = all.one("Droplet");
    const cluster = all.one("DatabaseCluster");
    assert.equal(cluster.inputs.privateNetworkUuid, droplet.inputs.vpcUuid);
    assert.deepEqual(all.one("DatabaseFirewall").inputs.rules, [{ type: "droplet", value: droplet.id }]);
    const [secret] = all
      .of("ActionsEnvironmentSecret")
      .filter(({ inputs }) => inputs?.secretName === "APP_ENVIRONMENT");
    assert.ok(isSecret(secret?.inputs?.value));
    const variables = JSON.parse(String(plain(secret?.inputs?.value))) as Record<string, string>;
    assert.deepEqual(Object.keys(variables).sort(), [
      "DATABASE_URL",
      "DJANGO_ALLOWED_HOSTS",
      "DJANGO_SECRET_KEY",
      "DJANGO_SETTINGS_MODULE",
    ]);
    const { host, pathname, search, password } = new URL(variables.DATABASE_URL ?? "");
    assert.equal(host, `${cluster.outputs.privateHost}:${cluster.outputs.port}`);
    assert.deepEqual([pathname, search], [`/release-train-${name}`, "?sslmode=require"]);
    for (const value of [password, variables.DJANGO_SECRET_KEY])
      assert.ok(!String(droplet.inputs.userData).includes(String(value)), "no variable is in the user data");
  });

  test(`2 ${name}: GitHub Actions deploys the branch ${BRANCHES[name]}, as the droplet's only visitor`, async () => {
    const all = rehearsed[name];
    const droplet = all.one("Droplet");
    const value = (type: string, key: string, of: string) =>
      String(all.one(type, { [key]: of }).inputs.value);
    assert.equal(
      value("ActionsEnvironmentVariable", "variableName", "DROPLET_HOST"),
      all.one("ReservedIp").id,
    );
    const hostKey = value("ActionsEnvironmentVariable", "variableName", "DROPLET_HOST_KEY");
    assert.match(hostKey, /^ssh-ed25519 \S+$/);
    assert.ok(
      String(droplet.inputs.userData).includes(hostKey),
      "the droplet has the key that the workflow expects",
    );
    const secrets = all.of("ActionsEnvironmentSecret").map(({ inputs }) => inputs?.value);
    for (const { inputs, outputs } of all.of("Droplet")) secrets.push(inputs?.userData, outputs?.userData);
    for (const secret of secrets) assert.ok(isSecret(secret), "in the state");
    const deployKey = value("ActionsEnvironmentSecret", "secretName", "DEPLOY_KEY");
    assert.match(deployKey, /^-----BEGIN OPENSSH PRIVATE KEY-----/);
    assert.ok(
      !String(droplet.inputs.userData).includes(deployKey.split("\n")[2] ?? ""),
      "which has its public half alone",
    );
    assert.equal(all.one("RepositoryDeployKey").inputs.readOnly, true);

    const seen = await deploy(name, {
      event: "schedule",
      now: {
        dev: "2026-01-04T17:03:00Z",
        staging: "2026-01-05T05:33:00Z",
        production: "2026-01-07T04:33:00Z",
      }[name],
      repository: known(name),
    });
    assert.equal(seen.results.deploy, "success", seen.output);
    assert.deepEqual(requests(seen), ["status", `deploy ${SHA}`]);
    const [, { body, knownHosts, key } = assert.fail()] = seen.said;
    assert.deepEqual(body.variables, { DATABASE_URL: "postgresql://geheim" });
    assert.equal(body.tracked, BRANCHES[name]);
    assert.deepEqual([knownHosts.trim(), key.trim()], ["droplet ssh-ed25519 AAAA", "the deploy key"]);
    assert.ok(!seen.output.includes("geheim"));
  });
}

const LEAVES: Record<Name, { says: string; cron: string[]; times: [string, string] }> = {
  dev: {
    says: "Sunday 20:00",
    cron: ["7,22,52 17 * * 0", "52 18 * * 0", "52 20 * * 0"],
    times: ["2026-01-04T17:00:00Z", "2026-07-05T17:00:00Z"],
  },
  staging: {
    says: "Monday 08:30",
    cron: ["37,52 5 * * 1", "22 6 * * 1", "22 7 * * 1", "22 9 * * 1"],
    times: ["2026-01-05T05:30:00Z", "2026-07-06T05:30:00Z"],
  },
  production: {
    says: "Wednesday 07:30",
    cron: ["37,52 4 * * 3", "22 5 * * 3", "22 6 * * 3", "22 8 * * 3"],
    times: ["2026-01-07T04:30:00Z", "2026-07-08T04:30:00Z"],
  },
};

for (const name of STACKS) {
  test(`3 ${name}: leaves on ${LEAVES[name].says} in East Africa, summer and winter, and at no push`, async () => {
    const { cron, times } = LEAVES[name];
    const { on } = read(committed(rehearsed[name], `deploy-api-${name}`));
    assert.deepEqual([on.schedule, on.push], [cron.map((line) => ({ cron: line })), undefined]);
    for (const now of times) {
      const seen = await deploy(name, {
        event: "schedule",
        now,
        repository: known(name),
      });
      assert.deepEqual(requests(seen), ["status", `deploy ${SHA}`], seen.output);
    }
  });
}

/** The files of the page's section "The other cadence", by their names. */
function otherCadence(): Record<string, string> {
  const page = readFileSync(path.join(ROOT, "docs/systems/release-train.md"), "utf8");
  return Object.fromEntries(
    [...page.matchAll(/^`(Pulumi\.\w+\.yaml)`\n\n```yaml\n([\s\S]*?)```/gm)].map(([, file, text]) => [
      file,
      text ?? "",
    ]),
  );
}

test("4: the seed's other cadence, as the page has it, can be stated too and is what GitHub gets", async () => {
  const dir = systemCopy("release-train");
  const files = Object.entries(otherCadence());
  assert.equal(files.length, STACKS.length);
  for (const [file, text] of files) writeFileSync(path.join(dir, file), text);
  const other = new Stage(dir);
  const starts: Record<string, unknown> = {};
  for (const name of STACKS) {
    await other.done(name, "up");
    const all = await other.resources(name);
    starts[name] = read(committed(all, `deploy-api-${name}`)).on;
  }
  const { dev, ...calendar } = starts;
  // A merge is a push, and `dev` takes no other; the gate looks all the same.
  assert.deepEqual(dev, { push: { branches: ["dev"] } });
  assert.deepEqual(calendar, {
    staging: {
      schedule: ["37,52 5 * * 3", "22 6 * * 3", "22 7 * * 3", "22 9 * * 3"].map((cron) => ({ cron })),
    },
    // Every Monday to GitHub: the first step lets every second one pass.
    production: {
      schedule: ["37,52 4 * * 1", "22 5 * * 1", "22 6 * * 1", "22 8 * * 1"].map((cron) => ({ cron })),
    },
  });
});

test("5: a ticket owner deploys to Dev once the pull request is merged, and not before", async () => {
  const asked = { event: "workflow_dispatch", actor: "bea", inputs: { branch: "" } };
  const seen = await deploy("dev", { ...asked, repository: known("dev") });
  assert.deepEqual(requests(seen), ["status", `deploy ${SHA}`], seen.output);
  const early = await deploy("dev", { ...asked, repository: known("dev", false) });
  assert.match(early.output, /::error::.* did not come through a merged pull request/);
  assert.deepEqual(requests(early), []);
  for (const name of ["staging", "production"] as const)
    assert.equal(
      read(committed(rehearsed[name], `deploy-api-${name}`)).on.workflow_dispatch,
      undefined,
      name,
    );
});

test("6: any developer puts a pushed branch on Dev and one step brings dev back; foreign migrations are flagged", async () => {
  const added = ["shop/migrations/0007_colour.py"];
  const repository = {
    branches: { dev: OTHER, "bea/try": SHA },
    compared: { [`dev...${SHA}`]: { status: "ahead", added } },
  };
  const own = await deploy("dev", {
    event: "workflow_dispatch",
    actor: "bea",
    inputs: { branch: "bea/try" },
    repository,
  });
  assert.deepEqual(requests(own), ["status", `own-branch bea/try ${SHA}`], own.output);
  assert.match(own.output, /::warning::bea\/try has migrations that dev has not; .*0007_colour\.py/);
  const back = await deploy("dev", {
    event: "workflow_dispatch",
    actor: "bea",
    inputs: { branch: "" },
    repository: known("dev"),
  });
  assert.deepEqual(requests(back), ["status", `deploy ${SHA}`]);
  // Nobody's hands: whatever the workflow's key asks for, it runs the deploy command, and nobody
  // else logs in.
  const files = filesOf("dev");
  const sshd = files["/etc/ssh/sshd_config.d/10-stagewright.conf"] ?? "";
  assert.match(sshd, /^Match User deploy\n(.*\n)*? +ForceCommand .*\/usr\/local\/sbin\/stagewright-deploy$/m);
  assert.match(files["/etc/ssh/authorized_keys/deploy"] ?? "", /^restrict\S* ssh-ed25519 \S+\s*$/);
  assert.equal(files["/etc/ssh/authorized_keys/admin"], "");
});

test("7: dev takes pull requests alone: no direct push, no force push, no deletion", () => {
  const { inputs } = rehearsed.dev.one("RepositoryRuleset");
  assert.deepEqual(inputs.conditions, { refName: { includes: ["refs/heads/dev"], excludes: [] } });
  const { pullRequest, nonFastForward, deletion } = inputs.rules as Record<string, unknown>;
  assert.ok(pullRequest);
  assert.deepEqual([nonFastForward, deletion, inputs.enforcement], [true, true, "active"]);
  for (const name of ["staging", "production"] as const)
    assert.equal(rehearsed[name].of("RepositoryRuleset").length, 0);
});

test("the stacks are parallel but for what they state, and share nothing but what all declare as common", async () => {
  const at = ["--dir", "systems/release-train"];
  for (const name of ["dev", "staging"] as const) {
    const { status, stdout, stderr } = await stagewright("parity", name, "production", ...at);
    assert.equal(status, 0, stdout + stderr);
  }
  const { status, stdout } = await stagewright("isolation", "dev", "staging", ...at, "--json");
  const { shared, common } = JSON.parse(stdout) as { shared: object[]; common: string[] };
  assert.deepEqual([status, shared], [0, []]);
  assert.deepEqual(common, [`DNS zone release-train.example`, `repository ${REPOSITORY}`]);
});

test("production is protected, kept and backed up; the others need no unprotecting and leave nothing", async () => {
  const kept = [
    "Droplet",
    "ReservedIp",
    "Vpc",
    "Firewall",
    "DatabaseCluster",
    "DatabaseDb",
    "DatabaseFirewall",
  ];
  for (const name of STACKS) {
    for (const type of kept) {
      const { protect, retainOnDelete } = rehearsed[name].one(type);
      assert.deepEqual(
        [protect === true, retainOnDelete === true],
        Array(2).fill(name === "production"),
        type,
      );
    }
    assert.equal(rehearsed[name].one("Droplet").inputs.backups, name === "production");
  }
  assert.deepEqual(committedNames(rehearsed.production), ["deploy-api-production"]);
  for (const operation of ["preview", "refresh"] as const)
    for (const name of STACKS)
      assert.deepEqual(Object.keys(await stage.done(name, operation)), ["same"], `${operation} of ${name}`);
  for (const name of ["dev", "staging"] as const) await stage.done(name, "destroy");
  const cloud = new CloudStore(stage.cloud);
  const left = cloud.all().filter(({ type, name, properties }) => {
    const text = `${name} ${JSON.stringify(properties)}`;
    return type !== "github:repository" && /release-train-(dev|staging)|-(dev|staging)\.yml/.test(text);
  });
  cloud.close();
  assert.deepEqual(
    left.map(({ type, name }) => `${type} ${name}`),
    [],
  );
  assert.deepEqual(Object.keys(await stage.done("production", "preview")), ["same"]);
});
