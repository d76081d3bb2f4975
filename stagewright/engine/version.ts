import { coerce, satisfies as inRange } from "semver";

/**
 * The engine version that this project is tested with: it is downloaded or built, and is the oldest
 * accepted on the PATH.
 */
export const ENGINE_VERSION = "3.259.0";

/**
 * Extracts the version from the output of `pulumi version` or `go version`: `3.259.0`; `undefined`
 * without one.
 */
export function parseVersion(text: string): string | undefined {
  return coerce(text)?.version;
}

/** Whether `found` is at least `wanted` and of the same major version. */
export function satisfies(found: string, wanted: string): boolean {
  return inRange(coerce(found) ?? "", `^${coerce(wanted)}`);
}
