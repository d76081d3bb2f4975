import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "../../stagewright/host/cache";
import { withLock } from "../../stagewright/host/lock";
import { run } from "../../stagewright/host/run";
import { withScratch } from "../../stagewright/host/scratch";

/**
 * A folder in the cache outside of the checkout, made once for the same pins, whatever number of
 * test files asks at once.
 *
 * @param pins files that state what is in it; none where its name says it all
 * @param make fills an empty folder
 */
export async function madeOnce(
  name: string,
  pins: readonly string[],
  make: (folder: string, scratch: string) => Promise<void>,
): Promise<string> {
  const key = createHash("sha256");
  for (const file of pins) key.update(readFileSync(file));
  const version = pins.length === 0 ? [] : [key.digest("hex").slice(0, 16)];
  const folder = path.join(cacheDirectory(), name, ...version);
  const scratch = `${folder}.new`;
  if (existsSync(folder)) return folder;
  await withLock(
    `${folder}.lock`,
    () => {},
    async () => {
      if (existsSync(folder)) return;
      await withScratch(scratch, async () => {
        const made = path.join(scratch, "made");
        mkdirSync(made);
        await make(made, scratch);
        renameSync(made, folder);
      });
    },
  );
  return folder;
}

/** Runs a command that a test cannot do without. @param need why, for a sentence */
export async function must(
  need: string,
  command: string,
  args: string[],
  options: { cwd?: string } = {},
): Promise<void> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${need}: ${command} failed: ${output.trim().slice(-500)}`);
}

/** Installs Python packages into a folder, exactly as their hashes pin them. */
export async function pipInstall(need: string, requirements: string, folder: string): Promise<void> {
  const exactly = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", requirements];
  await must(need, "python3", ["-m", "pip", "install", "--quiet", "--target", folder, ...exactly]);
}
