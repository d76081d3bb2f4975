import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";

/** Files of a commit, by path. */
export type Files = Record<string, string>;

interface Entry {
  path: string;
  mode: string;
  type: string;
  sha: string | null;
}

/** A real bare Git repository, with what GitHub's Git endpoints do to one. */
export class GitRepository {
  readonly #folder: string;
  #commits = 0;

  constructor(parent: string) {
    this.#folder = mkdtempSync(path.join(parent, "repository-"));
    mkdirSync(path.join(this.#folder, "git"));
    this.#git(["init", "--quiet", "--bare", "."]);
  }

  /** Commits exactly these files on top of a branch, or as its first commit. Gives the commit. */
  commit(branch: string, files: Files, message = "Work", parents = this.#heads(branch)): string {
    const tree = this.tree(
      undefined,
      Object.entries(files).map(([name, content]) => ({
        path: name,
        mode: "100644",
        type: "blob",
        sha: this.#git(["hash-object", "-w", "--stdin"], content),
      })),
    );
    const sha = this.commitTree(tree, message, parents);
    this.#git(["update-ref", `refs/heads/${branch}`, sha]);
    return sha;
  }

  /** Makes a branch point at a commit, as a push by force does. */
  reset(branch: string, sha: string): void {
    this.#git(["update-ref", `refs/heads/${branch}`, sha]);
  }

  head(branch: string): string | undefined {
    return this.#heads(branch)[0];
  }

  /** The files of a commit, with their contents. */
  files(commit: string): Files {
    const names = this.#lines(["ls-tree", "-r", "--name-only", commit]);
    return Object.fromEntries(
      names.map((name) => [name, this.#git(["cat-file", "blob", `${commit}:${name}`])]),
    );
  }

  info(commit: string): { sha: string; tree: string; parents: string[]; message: string } | undefined {
    if (!this.#exists(`${commit}^{commit}`)) return undefined;
    const [sha = "", tree = "", parents = "", ...message] = this.#git([
      "log",
      "-1",
      "--format=%H%n%T%n%P%n%B",
      commit,
    ]).split("\n");
    return { sha, tree, parents: parents.split(" ").filter(Boolean), message: message.join("\n").trim() };
  }

  entries(tree: string): Entry[] {
    return this.#lines(["ls-tree", "-r", "-t", tree]).map((line) => {
      const [mode = "", type = "", sha = "", name = ""] = line.split(/[ \t]/);
      return { path: name, mode, type, sha };
    });
  }

  /** A tree of a base and what differs; a path without sha is deleted. */
  tree(base: string | undefined, entries: Entry[]): string {
    const index = path.join(this.#folder, `index-${this.#commits++}`);
    const env = { GIT_INDEX_FILE: index };
    this.#git(["read-tree", ...(base === undefined ? ["--empty"] : [base])], undefined, env);
    const lines = entries.map(({ path: name, mode, sha }) =>
      sha === null ? `0 ${"0".repeat(40)}\t${name}\n` : `${mode} ${sha}\t${name}\n`,
    );
    this.#git(["update-index", "--index-info"], lines.join(""), env);
    const tree = this.#git(["write-tree"], undefined, env);
    rmSync(index, { force: true });
    return tree;
  }

  commitTree(tree: string, message: string, parents: string[]): string {
    const from = parents.flatMap((parent) => ["-p", parent]);
    // A moment of its own, so that equal commits differ.
    const date = `${1_700_000_000 + this.#commits++} +0000`;
    return this.#git(["commit-tree", tree, ...from, "-m", message], undefined, {
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    });
  }

  /** Moves a branch forwards; false where the commit does not come after it. */
  advance(branch: string, sha: string): boolean {
    const head = this.head(branch);
    if (head === undefined || !this.#succeeds(["merge-base", "--is-ancestor", head, sha])) return false;
    this.#git(["update-ref", `refs/heads/${branch}`, sha, head]);
    return true;
  }

  /** The commits that `head` has and `base` has not, the oldest first. */
  ahead(base: string, head: string): string[] {
    return this.#lines(["rev-list", "--reverse", `${base}..${head}`]);
  }

  mergeBase(base: string, head: string): string {
    return this.#git(["merge-base", base, head]);
  }

  #heads(branch: string): string[] {
    const ref = `refs/heads/${branch}`;
    return this.#exists(ref) ? [this.#git(["rev-parse", ref])] : [];
  }

  #exists(name: string): boolean {
    return this.#succeeds(["rev-parse", "--quiet", "--verify", name]);
  }

  #succeeds(args: string[]): boolean {
    try {
      this.#git(args);
      return true;
    } catch {
      return false;
    }
  }

  #lines(args: string[]): string[] {
    return this.#git(args).split("\n").filter(Boolean);
  }

  #git(args: string[], input?: string, env: Record<string, string> = {}): string {
    const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...who, ...args], {
      cwd: path.join(this.#folder, "git"),
      encoding: "utf8",
      input,
      stdio: ["pipe", "pipe", "ignore"],
      env: { PATH: process.env.PATH, HOME: this.#folder, ...env },
    }).trim();
  }
}
