import { ConfigError } from "../environment/problems";
import type { ApiSpec } from "../environment/schema/api";

/** The contents of a `.python-version` file. */
export interface PythonFile {
  /** The file's path, for messages. */
  path: string;
  /** Its text; `undefined` if the file does not exist. */
  text: string | undefined;
}

/**
 * Returns the app's Python version: from its `.python-version`, because Heroku's buildpack and our
 * droplets install that one, else from `api.python`.
 * @throws ConfigError if the two disagree, or neither states a version.
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

/** Whether a file's version matches the stated one: `3.12.8` matches `3.12`. */
function isSame(file: string, stated: string): boolean {
  return file === stated || file.startsWith(`${stated}.`);
}

function wrong(file: string, says: string): ConfigError {
  return new ConfigError([{ file, key: "", says }]);
}
