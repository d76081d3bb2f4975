import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process that runs on this machine. */
export interface RunningProcess {
  /**
   * When it started, in the machine's own words: it tells the process from a later one with the
   * same id.
   */
  started: string;
  /** Its program and arguments; empty where another user may not see them. */
  command: string;
}

/**
 * The process with an id; `undefined`: there is none, or it has ended and nobody has asked how yet.
 */
export function processAt(pid: number): RunningProcess | undefined {
  if (!exists(pid)) return undefined;
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

/**
 * This machine as far as process ids mean the same: its name, its boot and its namespace of
 * processes.
 */
export function processSpace(): string {
  return [hostname(), ...["/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"].map(textOf)]
    .join(" ")
    .trim();
}

// Another user's process may not be asked to end, but it is there.
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name in parentheses may hold
// anything, so what follows it is counted.
function fromProc(pid: number): RunningProcess | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (state === "Z" || state === "X") return undefined;
  return { started: rest[18] ?? "", command: textOf(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim() };
}

function fromPs(pid: number): RunningProcess | undefined {
  const ask = (what: string) =>
    execFileSync("ps", ["-o", `${what}=`, "-p", String(pid)], { encoding: "utf8" }).trim();
  try {
    return ask("stat").startsWith("Z") ? undefined : { started: ask("lstart"), command: ask("command") };
  } catch {
    return { started: "", command: "" };
  }
}

function textOf(file: string): string {
  try {
    return file.startsWith("/proc/self/ns/") ? readlinkSync(file) : readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
