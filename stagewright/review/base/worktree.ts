import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { always } from "../../host/always";
import { cacheDirectory } from "../../host/cache";
import { withLock } from "../../host/lock";
import type { Progress } from "../../host/progress";
import { run } from "../../host/run";
import { EngineError } from "../../rehearsal/errors";
import { type Base, gitEnv } from "./git";

/**
 * Runs `work` with a checkout of a commit, outside the working tree. The checkout is removed
 * afterwards, even on a signal; the next run removes one that a killed process left. The folder is
 * always the same, so that compiled files are found again, and only one review of a repository uses
 * it at a time.
 */
export async function withWorktree<T>(
  { top, commit }: Pick<Base, "top" | "commit">,
  progress: Progress,
  work: (tree: string) => Promise<T>,
): Promise<T> {
  const key = createHash("sha256").update(top).digest("hex").slice(0, 16);
  const tree = path.join(cacheDirectory(), "review", key);
  const waiting = (holder: string) => progress(`waiting for another review of ${top}: ${holder}`);
  return withLock(`${tree}.lock`, waiting, async () => {
    const remove = () => {
      rmSync(tree, { recursive: true, force: true, maxRetries: 5 });
      spawnSync("git", ["worktree", "prune"], { cwd: top, env: gitEnv() });
    };
    remove();
    process.once("exit", remove);
    return always(
      async () => {
        await checkOut(top, tree, commit);
        return work(tree);
      },
      () => {
        process.off("exit", remove);
        remove();
      },
    );
  });
}

async function checkOut(top: string, tree: string, commit: string): Promise<void> {
  mkdirSync(path.dirname(tree), { recursive: true });
  // Runs no hook of the repository: a review starts only the base's own command.
  const args = ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--force", tree, commit];
  const { code, output } = await run("git", args, { cwd: top, env: gitEnv() });
  if (code !== 0) throw new EngineError(`the base ${commit} cannot be checked out: ${output.trim()}`);
}
