import { availableParallelism } from "node:os";
import pMap, { pMapSkip } from "p-map";

// What the review of a stack takes at its height: a command with its program, and an engine.
const BYTES_EACH = 512 * 2 ** 20;

/**
 * How many stacks this machine reviews at once: no more than it has processors, nor than its free
 * memory holds.
 */
export function mostAtOnce(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(process.availableMemory() / BYTES_EACH)));
}

/**
 * Does the work for each item, several at once, and gives what came of it in the items' order.
 * Where one fails, no other is begun, and the failure comes once all that had begun have ended.
 */
export async function atOnce<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const failures: unknown[] = [];
  const attempt = async (item: T) => {
    if (failures.length > 0) return pMapSkip;
    try {
      return await work(item);
    } catch (error) {
      failures.push(error);
      return pMapSkip;
    }
  };
  const results = await pMap(items, attempt, { concurrency: most });
  if (failures.length > 0) throw failures[0];
  return results;
}
