import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { always } from "./always";
import { processAt, processSpace } from "./process";

const content = z.object({
  pid: z.int(),
  /** When the process started, in the words of its machine. */
  started: z.string().min(1),
  host: z.string(),
  /** Where process ids mean what they mean there. */
  space: z.string(),
  /** When it took the lock. */
  since: z.iso.datetime(),
  /**
   * What it does: the words of its command line, without the options, whose values are nobody's
   * business.
   */
  command: z.string(),
  token: z.string(),
});

type Holder = z.infer<typeof content>;

// A holder touches its lock every two seconds. Where its process cannot be looked at from here (a
// cache may be mounted in several containers and machines), or the lock says nothing, one that has
// not been touched for this long is nobody's any more.
const SILENCE_MS = 30_000;
const BEAT_MS = 2_000;
const POLL_MS = 250;

/**
 * Runs `work` while holding the lock file: one process at a time does. A lock whose process is dead
 * is taken over.
 *
 * @param waiting told once who holds the lock, where another process does: `process 12 (stagewright
 *   review, since 09:00:00 UTC)`
 */
export async function withLock<T>(
  file: string,
  waiting: (holder: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const own: Holder = {
    pid: process.pid,
    started: processAt(process.pid)?.started ?? "",
    host: hostname(),
    space: processSpace(),
    since: new Date().toISOString(),
    command: ownCommand(),
    token: randomUUID(),
  };
  let told = false;
  mkdirSync(dirname(file), { recursive: true });
  while (!createExclusively(file, JSON.stringify(own))) {
    const holder = read(file);
    if (isGone(file, holder)) {
      takeAway(file);
    } else if (holder && !told) {
      waiting(holderText(holder));
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
  return always(work, () => {
    process.off("exit", release);
    release();
  });
}

function ownCommand(): string {
  const [, program = "", ...args] = process.argv;
  const options = args.findIndex((word) => word.startsWith("-"));
  const words = options < 0 ? args : args.slice(0, options);
  return [basename(program, ".js"), ...words].join(" ").trim();
}

function holderText({ pid, host, since, command }: Holder): string {
  const elsewhere = host === hostname() ? "" : ` on ${host}`;
  return `process ${pid}${elsewhere} (${command}, since ${since.slice(11, 19)} UTC)`;
}

function createExclusively(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // On a full disk the file is made and stays empty: nobody could tell whose it is.
    if (code === "ENOSPC") rmSync(file, { force: true });
    throw error;
  }
}

function read(file: string): Holder | undefined {
  try {
    return content.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined; // released, or just being written
  }
}

function isGone(file: string, holder: Holder | undefined): boolean {
  if (!holder || holder.space !== processSpace()) return age(file) > SILENCE_MS;
  return processAt(holder.pid)?.started !== holder.started;
}

// Two waiters may both find the holder gone, and the slower must not remove the lock that the
// faster has made since: only one at a time may remove, and it looks again first.
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
    // taken over while this process was suspended: the work goes on, its result is put in place in
    // one step
  }
}
