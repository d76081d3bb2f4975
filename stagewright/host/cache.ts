import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where what is costly to get is kept, outside of any checkout: `STAGEWRIGHT_CACHE`, else
 * `stagewright` in the user's cache directory (XDG Base Directory Specification).
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return (
    env.STAGEWRIGHT_CACHE || join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "stagewright")
  );
}
