import { coerce, satisfies as inRange } from "semver";

/**
 * The engine that this project is proven with: downloaded or built, and the oldest used from the
 * PATH.
 */
export const ENGINE_VERSION = "3.259.0";

/**
 * The version in what `pulumi version` or `go version` prints: `3.259.0`; `undefined` if there is
 * none.
 */
export function parseVersion(text: string): string | undefined {
  return coerce(text)?.version;
}

/** Whether `found` is at least `wanted` and of the same major version. */
export function satisfies(found: string, wanted: string): boolean {
  return inRange(coerce(found) ?? "", `^${coerce(wanted)}`);
}
