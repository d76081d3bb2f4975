import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * A made-up machine: an empty home, and a PATH with what a test puts there (and the shell that its
 * scripts need).
 */
export interface Machine {
  home: string;
  /** A directory on the PATH. */
  bin: string;
  env: NodeJS.ProcessEnv;
}

const made: string[] = [];
process.once("exit", () => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** A new directory, removed when the test's process ends. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "stagewright-engine-"));
  made.push(directory);
  return directory;
}

/** A machine with nothing installed. */
export function machine(settings: NodeJS.ProcessEnv = {}): Machine {
  const home = temporary();
  const bin = join(home, "bin");
  mkdirSync(bin);
  return { home, bin, env: { HOME: home, PATH: bin, STAGEWRIGHT_CACHE: join(home, "cache"), ...settings } };
}

/** Writes an executable shell script and its directory; returns its path. */
export function script(file: string, ...lines: string[]): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(file, 0o755);
  return file;
}
