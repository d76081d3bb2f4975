import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Ended, run } from "../../../stagewright/host/run";
import { program } from "../../support/debian";

/**
 * A Debian that runs: systemd is its first process, it has a net of its own with this machine
 * alone.
 */
export interface Booted {
  /** Its address, and that of this machine there. */
  address: string;
  gateway: string;
  /** Its root, as this machine sees it. */
  root: string;
  /** Runs a command in it as root. */
  run(command: string, ...args: string[]): Promise<Ended>;
  /** Ends every process in it at once. What they had written stays. */
  cutPower(): Promise<void>;
  /** Shuts it down as its own `poweroff` does. */
  shutDown(): Promise<void>;
}

/**
 * Boots the layers, the lowest last. What it writes goes below `folder`, and stays there for the
 * next boot.
 *
 * @param binds folders of this machine, by their place there
 */
export async function boot(
  layers: readonly string[],
  folder: string,
  binds: Record<string, string> = {},
): Promise<Booted> {
  const { path: nspawn, env } = await program("systemd-nspawn");
  for (const each of ["upper", "work", "merged"]) mkdirSync(path.join(folder, each), { recursive: true });
  // Of the net that is kept for measurements between two machines:
  // https://www.rfc-editor.org/rfc/rfc2544
  const net = randomInt(2 ** 15) * 4;
  const at = (host: number) => `198.${18 + ((net >> 16) & 1)}.${(net >> 8) & 255}.${(net & 255) + host}`;
  const name = `d${net.toString(36)}`;
  const merged = path.join(folder, "merged");
  const overlay = `lowerdir=${layers.join(":")},upperdir=${folder}/upper,workdir=${folder}/work`;
  const child = spawn(
    "setpriv",
    [
      // With this process it ends; and the mount is nobody else's.
      ...["--pdeathsig", "SIGKILL", "unshare", "--mount", "sh", "-c"],
      'mount -t overlay overlay -o "$1" "$2" && shift 2 && exec "$@"',
      ...["sh", overlay, merged, nspawn, "--quiet", "--register=no", "--keep-unit", `--machine=${name}`],
      ...["--network-veth", "--directory", merged, "--resolv-conf=off", "--timezone=off", "--boot"],
      ...Object.entries(binds).map(([there, here]) => `--bind=${here}:${there}`),
    ],
    { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let console_ = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => {
      console_ += data;
    });
  const leader = await firstProcess(child, () => console_);
  const inside = ["-t", `${leader}`, "-m", "-u", "-i", "-n", "-p", "-C"];
  const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });
  await holds(
    () => existsSync(`/sys/class/net/ve-${name}`),
    "net",
    () => console_,
  );
  ip("address", "add", `${at(1)}/30`, "dev", `ve-${name}`);
  ip("link", "set", `ve-${name}`, "up");
  const own = ["-t", `${leader}`, "-n", "ip"];
  execFileSync("nsenter", [...own, "address", "add", `${at(2)}/30`, "dev", "host0"]);
  execFileSync("nsenter", [...own, "link", "set", "host0", "up"]);
  const ended = () =>
    holds(
      () => child.exitCode !== null || child.signalCode !== null,
      "end",
      () => console_,
    );
  return {
    address: at(2),
    gateway: at(1),
    root: `/proc/${leader}/root`,
    run: (command, ...args) => run("nsenter", [...inside, command, ...args]),
    async cutPower() {
      process.kill(leader, "SIGKILL");
      await ended();
    },
    async shutDown() {
      await run("nsenter", [...inside, "systemctl", "poweroff"]);
      await ended();
    },
  };
}

/** Waits for it. @param said what to show where it does not come */
export async function holds(
  condition: () => boolean | Promise<boolean>,
  what: string,
  said: () => string = () => "",
  seconds = 120,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`there is still no ${what}: ${said().slice(-2000)}`);
    await sleep(50);
  }
}

async function firstProcess(child: ChildProcess, said: () => string): Promise<number> {
  let found: number | undefined;
  await holds(
    () => {
      if (child.exitCode !== null) throw new Error(`it does not boot: ${said()}`);
      const children = `/proc/${child.pid}/task/${child.pid}/children`;
      found = existsSync(children)
        ? readFileSync(children, "utf8").trim().split(" ").map(Number).find(isSystemd)
        : undefined;
      return found !== undefined;
    },
    "first process",
    said,
  );
  return found ?? 0;
}

function isSystemd(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "systemd";
  } catch {
    return false;
  }
}
