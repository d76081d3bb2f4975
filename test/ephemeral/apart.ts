import path from "node:path";
import { type Ended, run } from "../support/process";
import { ROOT } from "../support/projects";

/** Runs a script of this folder in a process of its own. */
export function apart(script: string, ...args: string[]): Promise<Ended> {
  const file = path.join(__dirname, `${script}.ts`);
  return run(process.execPath, ["--require", "./stagewright/typescript.js", file, ...args], { cwd: ROOT });
}
