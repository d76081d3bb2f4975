import { mkdirSync, rmSync } from "node:fs";
import { always } from "./always";

/**
 * Runs `work` with a new, empty directory that is removed afterwards, also where this process is
 * told to end before.
 */
export async function withScratch<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  remove();
  mkdirSync(directory, { recursive: true });
  process.once("exit", remove);
  return always(work, () => {
    process.off("exit", remove);
    remove();
  });
}
