import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { cacheDirectory } from "../../host/cache";
import { withLock } from "../../host/lock";
import type { Progress } from "../../host/progress";
import { run } from "../../host/run";
import { withScratch } from "../../host/scratch";
import { EngineError } from "../../rehearsal/errors";

const LOCK = "package-lock.json";

/**
 * Gives a checkout the packages that its own lock file pins: ours if the two lock files are equal,
 * otherwise those that npm installs, once for each lock file and without running the packages'
 * scripts.
 *
 * @param tree the checkout
 * @param own the folder of our own working tree, with its `node_modules`
 * @returns whether they are ours
 * @throws EngineError if they differ and npm cannot reach its registry
 */
export async function provideModules(tree: string, own: string, progress: Progress): Promise<boolean> {
  const lock = textOf(path.join(tree, LOCK));
  if (lock === undefined)
    throw new EngineError(
      "the base has no package-lock.json, so its packages are not known; name a later one by --base",
    );
  const ours = path.join(own, "node_modules");
  const same = lock === textOf(path.join(own, LOCK)) && existsSync(ours);
  rmSync(path.join(tree, "node_modules"), { recursive: true, force: true }); // in case it is committed by mistake
  linkAll(same ? ours : await installed(tree, lock, progress), path.join(tree, "node_modules"));
  return same;
}

/** The folder that caches the packages of a lock file. */
export function modulesOf(lock: string): string {
  const key = createHash("sha256").update(lock).digest("hex").slice(0, 16);
  return path.join(cacheDirectory(), "review", "modules", key, "node_modules");
}

async function installed(tree: string, lock: string, progress: Progress): Promise<string> {
  const modules = modulesOf(lock);
  const folder = path.dirname(modules);
  if (existsSync(modules)) return modules;
  const waiting = (holder: string) => progress(`waiting for npm: ${holder}`);
  await withLock(`${folder}.lock`, waiting, async () => {
    if (existsSync(modules)) return;
    progress("installing the base's packages, which differ from yours");
    await withScratch(`${folder}.new`, async () => {
      await install(tree, `${folder}.new/made`, lock);
      renameSync(`${folder}.new/made`, folder);
    });
  });
  return modules;
}

async function install(tree: string, folder: string, lock: string): Promise<void> {
  mkdirSync(folder);
  for (const name of ["package.json", LOCK, ".npmrc", ...localPackages(lock)]) {
    const source = path.join(tree, name);
    if (existsSync(source)) cpSync(source, path.join(folder, name), { recursive: true });
  }
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output } = await run("npm", args, { cwd: folder });
  if (code === 0) return;
  const [reason = "no reason given"] = output
    .split("\n")
    .filter((line) => /^npm (error|ERR!) \S+ \S/.test(line));
  throw new EngineError(
    `the base has other packages than the working tree, and npm cannot install them (${reason}); run this once where npm reaches its registry, after which they are kept`,
  );
}

/** Folders of the repository that are packages themselves (`file:` dependencies). */
function localPackages(lock: string): string[] {
  const { packages = {} } = JSON.parse(lock) as {
    packages?: Record<string, { link?: boolean; resolved?: string }>;
  };
  return Object.values(packages).flatMap(({ link, resolved }) => (link && resolved ? [resolved] : []));
}

// Creates one link per package. Packages that are links themselves point into the repository and
// are copied unchanged, so that they resolve to the base's own folders.
function linkAll(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (name.startsWith("@")) linkAll(source, target);
    else symlinkSync(realpathSync(source), target);
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
