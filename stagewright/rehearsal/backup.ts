import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { replaceFile } from "../host/files";
import { readCheckpoint } from "./checkpoint";
import type { RehearsalState } from "./state";

/** An earlier copy of a stack's state. */
export interface Backup {
  file: string;
  /** When it was written. */
  written: Date;
  /** The number of its resources. */
  resources: number;
}

const KEEP_MS = 1_000;

/**
 * The backups of one stack's state. The engine keeps the previous state beside the current one, and
 * copies in its history, but on a full disk it truncates the state and then the backup, too. So we
 * keep a copy of our own.
 */
export class Backups {
  #kept = 0;

  constructor(
    readonly state: RehearsalState,
    readonly project: string,
    readonly stack: string,
  ) {}

  /** Keeps a copy once a second while an engine runs. */
  keepNowAndThen(): void {
    if (Date.now() - this.#kept >= KEEP_MS) this.keep();
  }

  /** Copies the current state, unless it is empty or unreadable. */
  keep(): void {
    this.#kept = Date.now();
    const file = this.state.checkpoint(this.project, this.stack);
    if (!existsSync(file)) return;
    const { resources = [] } = readable(file) ?? {};
    if (resources.length === 0) return;
    try {
      replaceFile(this.#own, readFileSync(file), 0o600);
    } catch {
      // Without disk space the existing copy stays.
    }
  }

  /** Returns the newest readable backup; `undefined` without one. */
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

  /** Replaces the state with a backup. */
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

/** Describes a backup: `of 2026-11-25 17:00:00 UTC with 60 resources`. */
export function backupText({ written, resources }: Backup): string {
  return `of ${written.toISOString().slice(0, 19).replace("T", " ")} UTC with ${resources} resources`;
}

function readable(file: string) {
  const read = readCheckpoint(file);
  return read.fault === undefined ? read : undefined;
}
