import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { files } from "../../../components/api-app/droplet/machine/files";
import type { ServerSettings } from "../../../components/api-app/droplet/machine/settings";
import { userData } from "../../../components/api-app/droplet/machine/user-data";
import { type Ended, run } from "../../../stagewright/host/run";
import { git } from "../../release/deploys/checkout";
import { madeOnce } from "../../support/cached";
import { cleanUp } from "../../support/cleanup";
import { ROOT, scratch } from "../../support/projects";
import { type Booted, boot, holds } from "./boot";
import { image } from "./image";

export const HOST = "api.example.org";

/**
 * A droplet that its user data has set up: real users, systemd, sshd, nginx and uv. A repository is
 * in GitHub's place.
 */
export interface Machine {
  /** Its root, as this machine sees it. */
  root: string;
  address: string;
  /** This machine's address there: whoever asks from here. */
  gateway: string;
  /** The repository that the droplet fetches from. */
  origin: string;
  /** What the GitHub environment holds. */
  secrets: Record<string, string>;
  vars: Record<string, string>;
  /** Asks the deploy command over SSH, as the workflow does. */
  ask(request: string, body?: unknown): Promise<Asked>;
  /** Asks over the net, with curl's further arguments. */
  get(url: string, ...more: string[]): Promise<Got>;
  /** What the app answers; `undefined` where nobody does. */
  answer(): Promise<App | undefined>;
  /** Runs a command there, as root. */
  run(command: string, ...args: string[]): Promise<Ended>;
  /** Ends all processes at once, and boots again. */
  losePower(): Promise<void>;
}

export interface Asked {
  code: number;
  answer: Record<string, unknown> & { error?: string; warnings?: string[] };
  log: string;
}

interface Got {
  status: string;
  headers: string;
  body: string;
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
  const names = ["host", "deploy", "repository"] as const;
  const [hostKey, deployKey, repositoryKey] = names.map((name) => keyPair(folder, name)) as [
    string,
    string,
    string,
  ];
  return {
    host: HOST,
    repository: "team/app",
    python: "3.11",
    rebootAt: "01:00",
    deployKey: text(`${deployKey}.pub`).trim(),
    hostKey: { privateKey: text(hostKey), publicKey: text(`${hostKey}.pub`).trim() },
    repositoryKey: text(repositoryKey),
    administrators: [],
    packages: [],
    monitoring: true,
  };
}

/** A droplet from its first boot on. @param binds folders of this machine, by their place there */
export async function firstBoot(
  folder: string,
  settings: ServerSettings,
  binds: Record<string, string> = {},
): Promise<Booted> {
  const seed = path.join(folder, "upper/var/lib/cloud/seed/nocloud");
  mkdirSync(seed, { recursive: true });
  writeFileSync(path.join(seed, "meta-data"), "instance-id: droplet\n");
  writeFileSync(path.join(seed, "user-data"), userData(settings), { mode: 0o600 });
  return boot([path.join(await image(), "root")], folder, binds);
}

const MACHINE = path.join(ROOT, "components/api-app/droplet/machine");
const SETTING_UP = [
  ...["user-data.ts", "packages.ts", "root/etc/systemd/system/stagewright-setup.service"],
  ...["attempt.py", "steps.py"].map((name) => `root/usr/local/lib/stagewright/setting_up/${name}`),
].map((file) => path.join(MACHINE, file));

/**
 * The layer of a droplet that has been set up, with its settings: made once for the same set-up.
 */
function setUp(): Promise<string> {
  return madeOnce("droplet/set-up", [...SETTING_UP, path.join(__dirname, "image.ts")], async (made, work) => {
    const settings = settingsIn(made);
    writeFileSync(path.join(made, "settings.json"), JSON.stringify(settings));
    const booted = await firstBoot(work, settings);
    await ready(booted);
    await booted.shutDown();
    renameSync(path.join(work, "upper"), path.join(made, "layer"));
  });
}

/** Writes the droplet's files as they are now: its set-up may be older. */
function write(settings: ServerSettings, root: string): void {
  for (const { path: file, content, permissions } of files(settings)) {
    const full = path.join(root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content);
    chmodSync(full, Number.parseInt(permissions, 8));
  }
}

/** Waits until the droplet says that it is ready. */
export async function ready({ root, run }: Booted): Promise<void> {
  const file = path.join(root, "var/lib/stagewright/ready");
  await holds(() => existsSync(file), "ready droplet", undefined, 600).catch(async (error: unknown) => {
    const { output } = await run("journalctl", "--no-pager", "--lines=60");
    throw new Error(`${error}\n${output}`);
  });
}

/** Boots a droplet that has been set up and took no deploy yet. */
export async function machine(): Promise<Machine> {
  const made = await setUp();
  const layers = [path.join(made, "layer"), path.join(await image(), "root")];
  let booted: Booted | undefined;
  const folder = scratch();
  cleanUp(() => booted?.cutPower());
  const origin = path.join(folder, "origin");
  firstCommit(origin);
  const settings = JSON.parse(text(path.join(made, "settings.json"))) as ServerSettings;
  write(settings, path.join(folder, "droplet/upper"));
  const start = async (): Promise<Booted> => {
    booted = await boot(layers, path.join(folder, "droplet"), { "/origin": origin });
    await holds(() => answersSsh(booted?.address ?? ""), "sshd");
    return booted;
  };
  let now = await start();
  inGitHubsPlace(now.root);
  const secrets = {
    DEPLOY_KEY: text(path.join(made, "deploy")),
    APP_ENVIRONMENT: JSON.stringify({
      SECRET_KEY: "s3cret-of-the-app",
      HOST,
      DATABASE: "/var/lib/app/database.sqlite3",
    }),
  };
  const hostKey = text(path.join(made, "host.pub")).trim();
  const get: Machine["get"] = async (url, ...more) => {
    const { stdout } = await run("curl", [
      ...[
        "--silent",
        "--include",
        "--max-time",
        "30",
        "--cacert",
        `${now.root}/etc/stagewright/tls/fullchain.pem`,
      ],
      ...["--connect-to", `${HOST}::${now.address}:`, ...more, url],
    ]);
    const [headers = "", ...body] = stdout.split("\n\n");
    return { status: headers.split(" ")[1] ?? "", headers, body: body.join("\n\n") };
  };
  return {
    get root() {
      return now.root;
    },
    get address() {
      return now.address;
    },
    get gateway() {
      return now.gateway;
    },
    origin,
    secrets,
    get vars() {
      return { DROPLET_HOST: now.address, DROPLET_HOST_KEY: hostKey };
    },
    async ask(request, body = {}) {
      const known = path.join(folder, "known_hosts");
      writeFileSync(known, `droplet ${hostKey}\n`);
      const options = ["StrictHostKeyChecking=yes", "HostKeyAlias=droplet", `UserKnownHostsFile=${known}`];
      const { code, stdout, output } = await run(
        "ssh",
        [
          ...["-F", "/dev/null", "-i", path.join(made, "deploy"), "-o", "BatchMode=yes"],
          ...options.flatMap((option) => ["-o", option]),
          ...[`deploy@${now.address}`, request],
        ],
        { input: typeof body === "string" ? body : JSON.stringify(body) },
      );
      const answer = stdout.startsWith("{") ? JSON.parse(stdout) : {};
      return { code, answer, log: output.replace(stdout, "") };
    },
    get,
    async answer() {
      const { body } = await get(`https://${HOST}/`);
      return body.startsWith("{") ? JSON.parse(body) : undefined;
    },
    run: (command, ...args) => now.run(command, ...args),
    async losePower() {
      await now.cutPower();
      now = await start();
    },
  };
}

async function answersSsh(address: string): Promise<boolean> {
  const { stdout } = await run("ssh-keyscan", ["-T", "1", "-t", "ed25519", address]);
  return stdout.includes("ssh-ed25519");
}

/** Has the droplet fetch from the folder, and uv find Python and packages in it. */
function inGitHubsPlace(root: string): void {
  const file = path.join(root, "etc/stagewright/server.json");
  const uv = {
    UV_PYTHON_DOWNLOADS_JSON_URL: "/opt/pythons.json",
    UV_OFFLINE: "1",
    UV_FIND_LINKS: "/opt/wheels",
    UV_PYTHON_PREFERENCE: "only-managed",
  };
  writeFileSync(file, JSON.stringify({ ...JSON.parse(text(file)), repository: "/origin", uv }));
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

function firstCommit(origin: string): void {
  mkdirSync(origin);
  cpSync(path.join(__dirname, "app"), origin, { recursive: true });
  git(origin, "init", "--quiet", "--initial-branch=dev");
  // GitHub gives any commit by its name.
  // https://git-scm.com/docs/git-config#Documentation/git-config.txt-uploadpackallowAnySHA1InWant
  git(origin, "config", "uploadpack.allowAnySHA1InWant", "true");
  git(origin, "add", "--all");
  git(origin, "commit", "--quiet", "--message=First");
}
