import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

interface Holder {
  pid: number;
  host: string;
  token: string;
}

// A holder touches its lock every two seconds; one that has not for this long is gone, whatever its process id says now
// (ids are used again, and a cache may be mounted in several containers).
const SILENCE_MS = 30_000;
const BEAT_MS = 2_000;
const POLL_MS = 250;

/**
 * Runs `work` while holding the lock file: one process at a time does. A lock whose process is dead is taken over.
 *
 * @param waiting told once, with the process id of the holder, where another process holds the lock
 */
export async function withLock<T>(
  file: string,
  waiting: (pid: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  const own: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  let told = false;
  mkdirSync(dirname(file), { recursive: true });
  while (!createExclusively(file, JSON.stringify(own))) {
    const holder = read(file);
    if (isGone(file, holder)) {
      takeAway(file);
    } else if (holder && !told) {
      waiting(holder.pid);
      told = true;
    }
    await sleep(POLL_MS);
  }
  const beat = setInterval(() => touch(file), BEAT_MS);
  const release = () => {
    clearInterval(beat);
    if (read(file)?.token === own.token) rmSync(file, { force: true });
  };
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

function createExclusively(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined; // released, or just being written
  }
}

function isGone(file: string, holder: Holder | undefined): boolean {
  if (age(file) > SILENCE_MS) return true;
  if (holder?.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

// Two waiters may both find the holder gone, and the slower must not remove the lock that the faster has made since:
// only one at a time may remove, and it looks again first.
function takeAway(file: string): void {
  const guard = `${file}.takeover`;
  if (!createExclusively(guard, "")) {
    if (age(guard) > SILENCE_MS) rmSync(guard, { force: true });
    return;
  }
  if (isGone(file, read(file))) rmSync(file, { force: true });
  rmSync(guard, { force: true });
}

function age(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? Date.now() - stat.mtimeMs : 0;
}

function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // taken over while this process was suspended: the work goes on, its result is put in place in one step
  }
}
