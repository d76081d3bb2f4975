import { existsSync, statfsSync, statSync } from "node:fs";
import { EngineError } from "./errors";

const MIB = 2 ** 20;

// Measured with the 65 resources of dandi's staging, whose state takes 0.2 MiB: 1.1 MiB after one
// `up`. A run writes its log, the cloud, and the state up to three times (itself, the backend's
// backup and its history).
const BASE_MIB = 4;
const COPIES = 6;

/**
 * Refuses to start a run that could fill the disk: an engine that cannot write its state has lost
 * it.
 *
 * @param dir the folder that the run writes to
 * @param state the file of the stack's state, existing or not
 * @throws EngineError
 */
export function refuseFullDisk(dir: string, state: string): void {
  const { bavail, bsize } = statfsSync(dir);
  const free = (bavail * bsize) / MIB;
  const needed = BASE_MIB + (existsSync(state) ? (COPIES * statSync(state).size) / MIB : 0);
  if (free >= needed) return;
  throw new EngineError(
    `the disk of ${dir} has ${free.toFixed(1)} MiB free, and a run needs ${needed.toFixed(1)}; free some, nothing was changed`,
  );
}
