import { availableParallelism } from "node:os";

// What the review of a stack takes at its height: a command with its program, and an engine.
const BYTES_EACH = 512 * 2 ** 20;

/** How many stacks this machine reviews at once: no more than it has processors, nor than its free memory holds. */
export function mostAtOnce(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(process.availableMemory() / BYTES_EACH)));
}

/**
 * Does the work for each item, several at once, and gives what came of it in the items' order. Where one fails, no other is begun, and
 * the failure comes once all that had begun have ended.
 */
export async function atOnce<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = [...items.entries()];
  const inTurn = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, item] = next;
      results[index] = await work(item);
    }
  };
  const turns = Array.from({ length: most }, () =>
    inTurn().catch((error: unknown) => {
      left.length = 0;
      throw error;
    }),
  );
  for (const turn of await Promise.allSettled(turns)) if (turn.status === "rejected") throw turn.reason;
  return results;
}
