import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "../../engine/cache";
import { withLock } from "../../engine/lock";
import { run } from "../../engine/run";
import { withScratch } from "../../engine/scratch";

const PINS = path.join(__dirname, "../tools");
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint";

/**
 * The folder of the executables `actionlint`, `zizmor` and `shellcheck`. They are installed once into the cache outside of the
 * checkout, as `test/tools/` pins them: by Go's and Python's package managers, whatever number of test files asks at once.
 */
export async function linters(): Promise<string> {
  const key = createHash("sha256");
  for (const file of ["actionlint/go.mod", "actionlint/go.sum", "requirements.txt"])
    key.update(readFileSync(path.join(PINS, file)));
  const folder = path.join(cacheDirectory(), "linters", key.digest("hex").slice(0, 16));
  if (!existsSync(folder)) {
    await withLock(
      `${folder}.lock`,
      () => {},
      async () => {
        if (!existsSync(folder)) await withScratch(`${folder}.new`, () => install(`${folder}.new`, folder));
      },
    );
  }
  return path.join(folder, "bin");
}

async function install(scratch: string, folder: string): Promise<void> {
  const made = path.join(scratch, "made");
  mkdirSync(made);
  const requirements = path.join(PINS, "requirements.txt");
  const exactly = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", requirements];
  await must("python3", ["-m", "pip", "install", "--quiet", "--target", made, ...exactly]);
  const sources = path.join(PINS, "actionlint");
  await must("go", [
    "build",
    "-C",
    sources,
    "-mod=readonly",
    "-o",
    path.join(made, "bin/actionlint"),
    ACTIONLINT,
  ]);
  renameSync(made, folder);
}

async function must(command: string, args: string[]): Promise<void> {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Error(`the tests' linters cannot be installed: ${command} failed:\n${output}`);
}
