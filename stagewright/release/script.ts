import { readFileSync } from "node:fs";
import path from "node:path";

/** Where the scripts of the workflows' steps are, each in the folder of its subject. */
const FOLDER = __dirname;
const SOURCED = /^source "\$\{BASH_SOURCE%\/\*\}\/(.+)"\n/gm;

/** A script, apart from the functions that it sources. */
export interface Script {
  /** The files that it sources, directly or not, each after those that it needs itself. */
  sources: string[];
  /** Its own text. */
  body: string;
}

/**
 * Reads a script.
 * @param name its path from `stagewright/release/`, for example `gates/window.sh`
 */
export function read(name: string): Script {
  const text = readFileSync(path.join(FOLDER, name), "utf8")
    .replace(/^#!.*\n/, "")
    .replace(/^ *# shellcheck source=.*\n/gm, "")
    .replace(/^# shellcheck shell=.*\n/gm, "");
  const direct = [...text.matchAll(SOURCED)].map(([, sourced = ""]) =>
    path.posix.join(path.posix.dirname(name), sourced),
  );
  const sources = direct.flatMap((source) => [...read(source).sources, source]);
  return { sources: [...new Set(sources)], body: text.replace(SOURCED, "") };
}
