import { readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Ended, run } from "../support/process";
import { ROOT, scratch } from "../support/projects";

/** The whole root project in a folder of its own, with some files instead of its own ones. */
export function projectWith(files: Record<string, string>): string {
  const dir = scratch();
  for (const entry of readdirSync(ROOT)) {
    if (!entry.startsWith(".") && !(entry in files))
      symlinkSync(path.join(ROOT, entry), path.join(dir, entry));
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(dir, file), text);
  return dir;
}

/** Runs `stagewright` as a person does, with its output in a file. */
export function stagewright(...args: string[]): Promise<Ended> {
  const command = [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args];
  return run(process.execPath, command, { cwd: ROOT, env: { ...process.env, NO_COLOR: "1" } });
}
