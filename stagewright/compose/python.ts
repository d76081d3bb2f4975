import { ConfigError } from "../environment/problems";
import type { ApiSpec } from "../environment/schema/api";

/** The version that a `.python-version` file states. */
export interface PythonFile {
  /** The file's path, for a sentence. */
  path: string;
  /** Its text; `undefined` where there is no such file. */
  text: string | undefined;
}

/**
 * The Python of the app: what its `.python-version` says, because that is what Heroku's buildpack
 * and our droplets install, else `api.python`.
 * @throws ConfigError where both say something else, or neither anything.
 */
export function pythonOf({ via, python }: ApiSpec, { path, text }: PythonFile): string {
  const stated = text
    ?.split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "" && !line.startsWith("#"));
  if (stated === undefined) {
    if (python !== undefined) return python;
    throw wrong(path, "does not exist, and the environment states no api.python; accepted: one of the two");
  }
  if (!/^3\.\d{1,2}(\.\d{1,3})?$/.test(stated)) {
    throw wrong(path, `is '${stated.slice(0, 40)}'; accepted: a version such as 3.12 or 3.12.8`);
  }
  if (via === "heroku" && python !== undefined && !isSame(stated, python)) {
    throw wrong(path, `is ${stated}, but the environment's api.python is ${python}; accepted: the same`);
  }
  return stated;
}

/** Whether a file's version is the stated one: `3.12.8` is a `3.12`. */
function isSame(file: string, stated: string): boolean {
  return file === stated || file.startsWith(`${stated}.`);
}

function wrong(file: string, says: string): ConfigError {
  return new ConfigError([{ file, key: "", says }]);
}
