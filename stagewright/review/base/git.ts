import { realpathSync } from "node:fs";
import { ConfigError } from "../../environment/problems";
import { run } from "../../host/run";

/** The commit that a change is compared with. */
export interface Base {
  /** The repository's top-level folder. */
  top: string;
  /** Full hash. */
  commit: string;
  /** Its description for people: `merge base with origin/main`, `v1.2`. */
  called: string;
}

// Git sets these for the repository of a surrounding command, which may be another one (`git
// rev-parse --local-env-vars`).
const OF_ANOTHER = new Set(
  "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_NAMESPACE".split(
    " ",
  ),
);

/** The environment of every git command here. */
export function gitEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OF_ANOTHER.has(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
}

/** Runs git in a folder; returns `undefined` if it fails. */
async function ask(cwd: string, ...args: string[]): Promise<string | undefined> {
  const { code, stdout } = await run("git", args, { cwd, env: gitEnv() });
  return code === 0 ? stdout.trim() : undefined;
}

/**
 * Finds the commit that a working tree is compared with.
 *
 * @param dir a folder of the working tree
 * @param ref a branch, tag or commit. Default: the merge base of HEAD with the main branch
 * @throws ConfigError if it does not exist
 */
export async function findBase(dir: string, ref: string | undefined): Promise<Base> {
  const top = await ask(dir, "rev-parse", "--show-toplevel");
  if (top === undefined)
    throw says(
      dir,
      "is in no git repository, so there is nothing to compare with; accepted is a folder of a repository with a commit",
    );
  const found = ref === undefined ? await mergeBase(top) : await named(top, ref);
  return { top: realpathSync(top), ...found };
}

async function named(top: string, ref: string): Promise<Omit<Base, "top">> {
  const commit = await commitOf(top, ref);
  if (commit !== undefined) return { commit, called: ref };
  throw says(
    "--base",
    `is '${ref}', which is no commit of this repository; accepted: a branch, tag or commit that has been fetched`,
  );
}

async function mergeBase(top: string): Promise<Omit<Base, "top">> {
  if ((await commitOf(top, "HEAD")) === undefined)
    throw says(top, "has no commit yet, so there is nothing to compare with; name one by --base");
  const main = await mainBranch(top);
  if (main === undefined)
    throw says(
      top,
      "has no main branch (origin/HEAD, main or master), so it is not known what to compare with; name it by --base",
    );
  const commit = await ask(top, "merge-base", "HEAD", main);
  if (commit !== undefined) return { commit, called: `merge base with ${main}` };
  const shallow = (await ask(top, "rev-parse", "--is-shallow-repository")) === "true";
  const why = shallow ? "this clone is shallow: fetch its whole history" : "they have no common history";
  throw says(top, `has no merge base of HEAD and ${main} (${why}), or name a commit by --base`);
}

// In a pull request's workflow GitHub names the target branch.
// https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
async function mainBranch(top: string): Promise<string | undefined> {
  const target = process.env.GITHUB_BASE_REF;
  const stated = await ask(top, "symbolic-ref", "--short", "refs/remotes/origin/HEAD");
  const candidates = [target && `origin/${target}`, stated, "origin/main", "origin/master", "main", "master"];
  for (const candidate of candidates) {
    if (candidate && (await commitOf(top, candidate)) !== undefined) return candidate;
  }
  return undefined;
}

function commitOf(top: string, ref: string): Promise<string | undefined> {
  return ask(top, "rev-parse", "--quiet", "--verify", "--end-of-options", `${ref}^{commit}`);
}

function says(file: string, sentence: string): ConfigError {
  return new ConfigError([{ file, key: "", says: sentence }]);
}
