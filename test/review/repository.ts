import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Ended, run } from "../support/process";
import { ROOT, scratch } from "../support/projects";

/** A git repository of its own with the whole project in it, at one commit of the branch main. */
export class Repository {
  readonly dir = scratch();
  /**
   * Keeps nothing of other runs: the caches that a review uses are in here, but for the engine's.
   */
  readonly env: NodeJS.ProcessEnv;

  constructor() {
    for (const entry of readdirSync(ROOT)) {
      if (!entry.startsWith(".") && entry !== "node_modules")
        cpSync(path.join(ROOT, entry), path.join(this.dir, entry), { recursive: true });
    }
    symlinkSync(path.join(ROOT, "node_modules"), path.join(this.dir, "node_modules"));
    writeFileSync(path.join(this.dir, ".gitignore"), "node_modules\n");
    this.env = { ...process.env, NO_COLOR: "1" };
    this.git("init", "--quiet", "--initial-branch=main");
    this.commit();
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.dir, file), text);
  }

  commit(): void {
    this.git("add", "--all");
    this.git(
      "-c",
      "user.name=Test",
      "-c",
      "user.email=test@example.org",
      "commit",
      "--quiet",
      "--message=Test",
    );
  }

  git(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: this.dir, encoding: "utf8" });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  /** Runs the repository's own command. */
  review(args: string[], env: NodeJS.ProcessEnv = this.env): Promise<Ended> {
    return run(process.execPath, [path.join(this.dir, "stagewright/cli/stagewright.js"), "review", ...args], {
      cwd: this.dir,
      env,
    });
  }
}
