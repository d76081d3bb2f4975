import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { files } from "../../../components/api-app/droplet/machine/files";
import type { ServerSettings } from "../../../components/api-app/droplet/machine/settings";
import { cacheDirectory } from "../../../stagewright/host/cache";
import { run } from "../../../stagewright/host/run";
import { git } from "../../release/deploys/checkout";
import { cleanUp } from "../../support/cleanup";
import { program } from "../../support/debian";
import { scratch } from "../../support/projects";
import { uv } from "../../support/uv";

export const HOST = "api.example.org";
const ME = userInfo().username;

/** A droplet on this machine: its files below a folder, a real sshd on the loopback, a repository in GitHub's place. */
export interface Machine {
  root: string;
  /** The repository that the droplet fetches from. */
  origin: string;
  /** What the GitHub environment holds. */
  secrets: Record<string, string>;
  vars: Record<string, string>;
  /** What the steps find in their environment besides. */
  env: Record<string, string>;
  /** Asks the deploy command over SSH, as the workflow does. */
  ask(request: string, body?: unknown): Promise<Asked>;
  /** What the app answers on its socket; `undefined` where nobody does. */
  answer(): Promise<App | undefined>;
  /** All calls of systemctl so far. */
  systemctl(): string[];
}

export interface Asked {
  code: number;
  answer: Record<string, unknown> & { error?: string; warnings?: string[] };
  log: string;
}

/** What the fixture's app says of itself. */
interface App {
  version: string;
  tables: string[];
  secure: boolean;
  client: string;
  workers: string;
  collected: boolean;
}

/** A pair of keys in a folder. Gives the file of the private one. */
export function keyPair(folder: string, name: string): string {
  const file = path.join(folder, name);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]);
  return file;
}

export const text = (file: string) => readFileSync(file, "utf8");

/** The settings of a droplet with new keys. */
export function settingsIn(folder: string): ServerSettings {
  const [hostKey, deployKey, repositoryKey] = ["host", "deploy", "repository"].map((name) =>
    keyPair(folder, name),
  ) as [string, string, string];
  return {
    host: HOST,
    repository: "team/app",
    python: pythonVersion(),
    rebootAt: "01:00",
    deployKey: text(`${deployKey}.pub`).trim(),
    hostKey: { privateKey: text(hostKey), publicKey: text(`${hostKey}.pub`).trim() },
    repositoryKey: text(repositoryKey),
    administrators: [],
    packages: [],
    monitoring: true,
  };
}

/** Sets a droplet up as its user data would, with what a test cannot have (other users, systemd, GitHub) replaced. */
export async function machine(): Promise<Machine> {
  const folder = scratch((dir) => stopUnits(path.join(dir, "root")));
  const root = path.join(folder, "root");
  const origin = path.join(folder, "origin");
  const settings = settingsIn(folder);
  for (const { path: file, content, permissions } of files(settings)) {
    const full = path.join(root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content, { mode: Number.parseInt(permissions, 8) });
  }
  for (const each of ["srv/app/releases", "var/lib/stagewright", "var/lib/app", "var/cache", "run/app"])
    mkdirSync(path.join(root, each), { recursive: true });
  symlinkSync(await uv(), path.join(root, "usr/local/lib/stagewright/tools"));
  mkdirSync(path.join(cacheDirectory(), "uv/packages"), { recursive: true });
  mkdirSync(path.join(root, "var/cache/stagewright"));
  symlinkSync(path.join(cacheDirectory(), "uv/packages"), path.join(root, "var/cache/stagewright/uv"));
  const server = { ...JSON.parse(text(path.join(root, "etc/stagewright/server.json"))), repository: origin };
  writeFileSync(
    path.join(root, "etc/stagewright/server.json"),
    JSON.stringify({ ...server, users: { app: ME, build: ME } }),
  );
  writeFileSync(path.join(root, "var/lib/stagewright/ready"), "");
  firstCommit(origin);

  const port = await sshd(folder, root);
  const secrets = {
    DEPLOY_KEY: text(path.join(folder, "deploy")),
    APP_ENVIRONMENT: JSON.stringify({
      SECRET_KEY: "s3cret-of-the-app",
      HOST,
      DATABASE: path.join(folder, "database.sqlite3"),
    }),
  };
  const vars = { DROPLET_HOST: "127.0.0.1", DROPLET_HOST_KEY: settings.hostKey.publicKey };
  const ask: Machine["ask"] = async (request, body = {}) => {
    const known = path.join(folder, "known_hosts");
    writeFileSync(known, `droplet ${settings.hostKey.publicKey}\n`);
    const options = ["StrictHostKeyChecking=yes", "HostKeyAlias=droplet", `UserKnownHostsFile=${known}`];
    const { code, stdout, output } = await run(
      "ssh",
      [
        ...["-F", "/dev/null", "-i", path.join(folder, "deploy"), "-p", `${port}`, "-o", "BatchMode=yes"],
        ...options.flatMap((option) => ["-o", option]),
        ...[`${ME}@127.0.0.1`, request],
      ],
      { input: typeof body === "string" ? body : JSON.stringify(body) },
    );
    return {
      code,
      answer: stdout.startsWith("{") ? JSON.parse(stdout) : {},
      log: output.replace(stdout, ""),
    };
  };
  return {
    root,
    origin,
    secrets,
    vars,
    env: { DROPLET_PORT: `${port}`, DROPLET_USER: ME },
    ask,
    answer: async () => {
      const socket = path.join(root, "run/app/web.sock");
      const { stdout } = await run("curl", [
        ...["--silent", "--max-time", "20", "--unix-socket", socket],
        ...["--header", "X-Forwarded-Proto: https", `http://${HOST}/`],
      ]);
      return stdout.startsWith("{") ? JSON.parse(stdout) : undefined;
    },
    systemctl: () => text(path.join(root, "run/systemd/calls")).trim().split("\n"),
  };
}

/** The body of a deploy of the fixture. */
export function stated(machine: Machine, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    tracked: "dev",
    variables: JSON.parse(machine.secrets.APP_ENVIRONMENT ?? ""),
    processes: { web: 2, worker: 1 },
    commands: { migrate: "python manage.py migrate", verify: "python manage.py check" },
    migrates: true,
    staticFiles: "python manage.py collectstatic --noinput",
    ...more,
  };
}

/** Commits changed files on a branch, made from `dev` where it is new. Gives the commit. */
export function change(origin: string, changes: Record<string, string | undefined>, branch = "dev"): string {
  const known = git(origin, "branch", "--list", branch).trim() !== "";
  git(origin, "checkout", "--quiet", ...(known ? [branch] : ["-b", branch, "dev"]));
  for (const [name, content] of Object.entries(changes)) {
    const file = path.join(origin, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (content === undefined) git(origin, "rm", "--quiet", name);
    else writeFileSync(file, content);
  }
  git(origin, "add", "--all");
  git(origin, "commit", "--quiet", "--allow-empty", "--message=Change");
  return git(origin, "rev-parse", "HEAD").trim();
}

/** A migration of the fixture that makes a table. */
export function migration(before: string, table: string, more = ""): string {
  return `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "${before}")]
    operations = [migrations.CreateModel("${table}", [("id", models.BigAutoField(primary_key=True))])${more}]
`;
}

/** A port that nobody uses at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Waits until something is there. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`there is still no ${what}`);
}

/** Ends with the tests of the file. */
export function background(command: string, args: string[], env: Record<string, string>): ChildProcess {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  cleanUp(() => {
    child.kill();
  });
  return child;
}

function pythonVersion(): string {
  return execFileSync("python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], {
    encoding: "utf8",
  }).trim();
}

function firstCommit(origin: string): void {
  mkdirSync(origin);
  cpSync(path.join(__dirname, "app"), origin, { recursive: true });
  git(origin, "init", "--quiet", "--initial-branch=dev");
  // GitHub gives any commit by its name. https://git-scm.com/docs/git-config#Documentation/git-config.txt-uploadpackallowAnySHA1InWant
  git(origin, "config", "uploadpack.allowAnySHA1InWant", "true");
  git(origin, "add", "--all");
  git(origin, "commit", "--quiet", "--message=First");
}

/** The droplet's own sshd configuration, for who runs the test: another user's login needs root. */
async function sshd(folder: string, root: string): Promise<number> {
  const { path: command, env } = await program("sshd");
  const [port, config] = [await freePort(), path.join(folder, "sshd_config")];
  const bin = path.join(root, "test-bin");
  mkdirSync(bin);
  cpSync(path.join(__dirname, "systemctl"), path.join(bin, "systemctl"));
  writeFileSync(path.join(bin, "journalctl"), `#!/bin/sh\ntail -n 40 ${root}/run/journal\n`, { mode: 0o755 });
  const deploy = path.join(root, "usr/local/sbin/stagewright-deploy");
  const environment = {
    STAGEWRIGHT_ROOT: root,
    UV_PYTHON_PREFERENCE: "only-system",
    // Quicker; on a droplet each release has files of its own, compiled.
    UV_LINK_MODE: "hardlink",
    UV_COMPILE_BYTECODE: "0",
    HEALTH_SECONDS: "20",
    PATH: `${bin}:${process.env.PATH}`,
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("UV_"))),
  };
  const assignments = Object.entries(environment).map(([name, value]) => `'${name}=${value}'`);
  const own = text(path.join(root, "etc/ssh/sshd_config.d/10-stagewright.conf"))
    .replace("PermitRootLogin no", "PermitRootLogin prohibit-password")
    .replace("AllowUsers deploy admin", `AllowUsers ${ME}`)
    .replace("Match User deploy", `Match User ${ME}`)
    .replace("/etc/ssh/authorized_keys/%u", path.join(root, "etc/ssh/authorized_keys/deploy"))
    .replace("/etc/ssh/ssh_host_ed25519_key", path.join(folder, "host"))
    .replace(/ForceCommand .*/, `ForceCommand env ${assignments.join(" ")} python3 ${deploy}`);
  writeFileSync(
    config,
    `Port ${port}\nListenAddress 127.0.0.1\nPidFile none\nStrictModes no\nUsePAM no\n${own}`,
  );
  if (process.geteuid?.() === 0) separated();
  const child = background(command, ["-D", "-e", "-f", config], env);
  let log = "";
  child.stderr?.on("data", (data: Buffer) => {
    log += data;
  });
  await until(() => log.includes("Server listening"), "sshd").catch((error: unknown) => {
    throw new Error(`sshd does not start: ${log}`, { cause: error });
  });
  return port;
}

// As Debian's package sets it up where root installs it: https://man.openbsd.org/sshd.8
function separated(): void {
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  if (!/^sshd:/m.test(text("/etc/passwd")))
    execFileSync("useradd", ["--system", "--home-dir", "/run/sshd", "--shell", "/usr/sbin/nologin", "sshd"]);
}

function stopUnits(root: string): void {
  const state = path.join(root, "run/systemd");
  if (!existsSync(state)) return;
  for (const file of readdirSync(state).filter((each) => each.endsWith(".pid"))) {
    try {
      process.kill(-Number(text(path.join(state, file))), "SIGKILL");
    } catch {
      // it has ended
    }
  }
}
