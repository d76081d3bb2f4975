import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import Ajv from "ajv";
import { test } from "vitest";
import { parse } from "yaml";
import type { ServerFile } from "../../../components/api-app/droplet/machine/files";
import type { ServerSettings } from "../../../components/api-app/droplet/machine/settings";
import { userData } from "../../../components/api-app/droplet/machine/user-data";
import { run } from "../../../stagewright/host/run";
import { cloudConfigSchema, program } from "../../support/debian";
import { scratch } from "../../support/projects";
import { settingsIn, text } from "./machine";

interface CloudConfig {
  ssh_keys: Record<string, string>;
  users: { name: string; shell: string; lock_passwd: boolean }[];
  write_files: ServerFile[];
}

const folder = scratch();
const SETTINGS = settingsIn(folder);

const configOf = (settings: ServerSettings) => parse(userData(settings)) as CloudConfig;

/** The files of a droplet as cloud-init writes them, below a new folder. */
function written(settings = SETTINGS): string {
  const root = scratch();
  for (const file of filesOf(configOf(settings))) {
    const full = path.join(root, file.path);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, file.content, { mode: Number.parseInt(file.permissions, 8) });
  }
  return root;
}

/** What the user data writes, unpacked. */
function filesOf({ write_files }: CloudConfig): ServerFile[] {
  const unzipped = write_files.map((file) => ({
    ...file,
    content: gunzipSync(Buffer.from(file.content, "base64")).toString(),
  }));
  return unzipped.flatMap((file) =>
    file.path.endsWith("/files.json") ? (JSON.parse(file.content) as ServerFile[]) : [file],
  );
}

test("cloud-init's schema accepts the user data", async () => {
  const schema = JSON.parse(text(await cloudConfigSchema())) as Record<string, unknown>;
  delete schema.$schema; // draft 4, of which it uses nothing that later ones changed
  const valid = new Ajv({
    strict: false,
    allErrors: true,
    formats: { hostname: true, uri: true, date: true },
  }).compile(schema);
  const config = configOf({ ...SETTINGS, administrators: [SETTINGS.deployKey], packages: ["libpq-dev"] });
  assert.ok(valid(config), JSON.stringify(valid.errors?.slice(0, 3)));
  assert.ok(!valid({ ...config, write_files: [{ ...config.write_files[0], permissions: 420 }] }));
  assert.ok(!valid({ ...config, users: [{ name: 7 }] }));
});

test("the user data is far below DigitalOcean's 64 KiB, and the same for the same settings", () => {
  const most = { ...SETTINGS, administrators: Array.from({ length: 50 }, () => SETTINGS.deployKey) };
  for (const settings of [SETTINGS, most]) {
    const bytes = Buffer.byteLength(userData(settings));
    assert.ok(bytes < 48 * 1024, `${bytes} bytes`);
  }
  assert.equal(userData(SETTINGS), userData(SETTINGS));
  assert.ok(userData(SETTINGS).startsWith("#cloud-config\n"));
});

test("the host key is the given one, nobody has a password, and secrets are root's alone", () => {
  const { ssh_keys, users, write_files } = configOf({ ...SETTINGS, packages: ["libpq-dev"] });
  assert.deepEqual(ssh_keys, {
    ed25519_private: SETTINGS.hostKey.privateKey,
    ed25519_public: SETTINGS.hostKey.publicKey,
  });
  assert.ok(users.every(({ lock_passwd }) => lock_passwd));
  assert.deepEqual(
    users.filter(({ shell }) => shell.endsWith("nologin")).map(({ name }) => name),
    ["app", "do-agent", "build"],
  );
  const files = filesOf({ ssh_keys, users, write_files });
  for (const { content, permissions } of files)
    assert.ok(permissions === "0600" || !content.includes("PRIVATE KEY"));
  // What is packed holds the repository's key.
  assert.ok(write_files.every(({ path, permissions }) => permissions === "0600" || !path.endsWith(".json")));
  const server = files.find(({ path }) => path === "/etc/stagewright/server.json");
  const { packages } = JSON.parse(server?.content ?? "");
  assert.ok(packages.includes("libpq-dev") && packages.includes("unattended-upgrades"));
  assert.ok(files.every(({ content }) => !/@[A-Z_]+@/.test(content)));
});

test("systemd accepts the units, and finds the app well confined", async () => {
  const root = written();
  const units = ["app.service", "app@7-web.service", "app@7-web.socket", "app@7-worker.1.service"];
  const { path: analyze, env } = await program("systemd-analyze");
  const own = ["certificate", "restart", "watch"].flatMap((name) => [
    `stagewright-${name}.service`,
    `stagewright-${name}.timer`,
  ]);
  own.push("stagewright-setup.service");
  // It wants to see what the units start.
  for (const unit of ["app.service", "app@.service", ...own.filter((each) => each.endsWith(".service"))]) {
    const file = path.join(root, "etc/systemd/system", unit);
    writeFileSync(file, text(file).replace(/ExecStart=\/usr\/local\//, `ExecStart=${root}/usr/local/`));
  }
  const folder = path.join(root, "etc/systemd/system");
  const options = { env: { ...process.env, ...env, SYSTEMD_UNIT_PATH: `${folder}:` } };
  for (const unit of [...units, ...own]) {
    const { code, output } = await run(
      analyze,
      ["verify", "--man=no", "--recursive-errors=no", unit],
      options,
    );
    assert.equal(code, 0, output);
    assert.ok(!output.includes("Unknown"), output);
  }
  const wrong = path.join(folder, "app@.service");
  writeFileSync(wrong, `${text(wrong)}\n[Service]\nNoNewPrivilege=yes\n`);
  const { output } = await run(
    analyze,
    ["verify", "--man=no", "--recursive-errors=no", "app@7-web.service"],
    options,
  );
  assert.match(output, /Unknown key/);
});

test("sudo takes the rules: one command without arguments", async () => {
  const root = written();
  const file = path.join(root, "etc/sudoers.d/stagewright");
  const { path: visudo, env } = await program("visudo");
  const options = { env: { ...process.env, ...env } };
  const { code, output } = await run(visudo, ["--check", "--strict", `--file=${file}`], options);
  assert.equal(code, 0, output);
  assert.match(text(file), /^deploy ALL=\(root\) NOPASSWD: \/usr\/local\/sbin\/stagewright-deploy ""$/m);
});

test("the metadata service is root's, and the agent's where it watches", () => {
  const rule = (monitoring: boolean) =>
    text(path.join(written({ ...SETTINGS, monitoring }), "etc/nftables.conf"));
  assert.match(rule(false), /ip daddr 169\.254\.169\.254 meta skuid != \{ root \} reject/);
  assert.match(rule(true), /meta skuid != \{ root, do-agent \} reject/);
});
