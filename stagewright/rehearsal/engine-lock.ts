import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { z } from "zod";
import { processAt } from "../host/process";

/** The holder of a stack's lock: the running engine, or one that was killed. */
export interface LockHolder {
  /** The engine's process; `undefined` if the lock is damaged, as after a full disk. */
  pid?: number;
  /** Whether it still runs; `undefined` on another machine, which cannot be checked from here. */
  alive: boolean | undefined;
  /** The holder in words: `process 12 of anna on host-1, since 2026-11-25 17:00:00 UTC`. */
  text: string;
}

// The file that the engine writes:
// https://github.com/pulumi/pulumi/blob/v3.259.0/pkg/backend/diy/lock.go
const content = z.object({
  pid: z.int().positive(),
  username: z.string(),
  hostname: z.string(),
  timestamp: z.string(),
});

/**
 * Reads the locks of a stack. The engine creates one; two exist if it met another engine. Returns a
 * live holder rather than a dead one.
 *
 * @param dir the folder in which the backend keeps them
 */
export function engineLock(dir: string): LockHolder | undefined {
  const files = existsSync(dir) ? readdirSync(dir).filter((file) => file.endsWith(".json")) : [];
  const holders = files.flatMap((file) => holderIn(path.join(dir, file)));
  return holders.find(({ alive }) => alive !== false) ?? holders[0];
}

function holderIn(file: string): LockHolder[] {
  const text = readIfThere(file);
  if (text === undefined) return []; // removed in the meantime
  const read = content.safeParse(parsed(text));
  // The engine writes a lock atomically, so an unreadable one belongs to an engine that failed to
  // write it and has ended.
  if (!read.success) return [{ alive: false, text: `an engine that could not write its lock ${file}` }];
  const { pid, username, hostname: host, timestamp } = read.data;
  const alive = host === hostname() ? isEngine(pid) : undefined;
  const command = alive ? ` (${processAt(pid)?.command.split(" --")[0]})` : "";
  return [
    { pid, alive, text: `process ${pid}${command} of ${username} on ${host}, since ${moment(timestamp)}` },
  ];
}

function moment(timestamp: string): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime())
    ? timestamp
    : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

// Process ids are reused, so another program may have this one now. An engine of another user may
// not be inspected.
function isEngine(pid: number): boolean {
  const command = processAt(pid)?.command;
  return (
    command !== undefined &&
    (command === "" || path.basename(command.split(" ")[0] ?? "").startsWith("pulumi"))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
