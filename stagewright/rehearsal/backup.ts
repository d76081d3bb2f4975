import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { replaceFile } from "../host/files";
import { readCheckpoint } from "./checkpoint";
import type { RehearsalState } from "./state";

/** A copy of a stack's state from some time ago. */
export interface Backup {
  file: string;
  /** When it was written. */
  written: Date;
  /** How many resources it holds. */
  resources: number;
}

const KEEP_MS = 1_000;

/**
 * The backups of one stack's state. The engine keeps the state before its last change beside the
 * state, and copies of it in its history; but on a full disk it puts half a file in the state's
 * place, and then a copy of that half in the backup's. So one is kept here as well.
 */
export class Backups {
  #kept = 0;

  constructor(
    readonly state: RehearsalState,
    readonly project: string,
    readonly stack: string,
  ) {}

  /** While an engine works: keeps a copy once a second. */
  keepNowAndThen(): void {
    if (Date.now() - this.#kept >= KEEP_MS) this.keep();
  }

  /**
   * Keeps a copy of the state as it is now, but not of one that holds nothing or cannot be read.
   */
  keep(): void {
    this.#kept = Date.now();
    const file = this.state.checkpoint(this.project, this.stack);
    if (!existsSync(file)) return;
    const { resources = [] } = readable(file) ?? {};
    if (resources.length === 0) return;
    try {
      replaceFile(this.#own, readFileSync(file), 0o600);
    } catch {
      // There is no room: the one that is there stays.
    }
  }

  /** The newest one that can be read; `undefined`: there is none. */
  newest(): Backup | undefined {
    return [this.#own, `${this.state.checkpoint(this.project, this.stack)}.bak`, ...this.#history]
      .filter((file) => existsSync(file))
      .map((file) => ({ file, written: statSync(file).mtime }))
      .sort((a, b) => b.written.getTime() - a.written.getTime())
      .flatMap((backup): Backup[] => {
        const found = readable(backup.file);
        return found ? [{ ...backup, resources: found.resources.length }] : [];
      })[0];
  }

  /** Puts a backup in the place of the state. */
  restore({ file }: Backup): void {
    replaceFile(this.state.checkpoint(this.project, this.stack), readFileSync(file), 0o600);
  }

  get #own(): string {
    return path.join(this.state.workspace(this.project, this.stack), "state.backup.json");
  }

  get #history(): string[] {
    const dir = path.join(this.state.dir, "backend", ".pulumi", "history", this.project, this.stack);
    const files = existsSync(dir) ? readdirSync(dir) : [];
    return files.filter((file) => file.endsWith(".checkpoint.json")).map((file) => path.join(dir, file));
  }
}

/** A backup in words: `of 2026-11-25 17:00:00 UTC with 60 resources`. */
export function backupText({ written, resources }: Backup): string {
  return `of ${written.toISOString().slice(0, 19).replace("T", " ")} UTC with ${resources} resources`;
}

function readable(file: string) {
  const read = readCheckpoint(file);
  return read.fault === undefined ? read : undefined;
}
