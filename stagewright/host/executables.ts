import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const SUFFIX = process.platform === "win32" ? ".exe" : "";

/** Where a program lies in a directory of programs, there or not. */
export function programIn(directory: string, program: string): string {
  return join(directory, program + SUFFIX);
}

/** Whether a file is there, is not empty and may be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    const stat = statSync(file);
    return stat.isFile() && stat.size > 0;
  } catch {
    return false;
  }
}

/** Every executable of that name on the PATH, in order, as absolute paths. */
export function onPath(program: string, env: NodeJS.ProcessEnv): string[] {
  return (env.PATH ?? "")
    .split(delimiter)
    .filter((directory) => directory !== "")
    .map((directory) => programIn(resolve(directory), program))
    .filter(isExecutable);
}

/** The environment's PATH with directories put first. */
export function pathWith(directories: string[], env: NodeJS.ProcessEnv): string {
  return [...directories, env.PATH ?? ""].filter((part) => part !== "").join(delimiter);
}
