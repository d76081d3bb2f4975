/** The engine that this project is proven with: what is downloaded or built, and the oldest that is taken from the PATH. */
export const ENGINE_VERSION = "3.259.0";

/** Reads the `major.minor.patch` out of what `pulumi version` or `go version` prints; `undefined` where there is none. */
export function parseVersion(text: string): string | undefined {
  return /(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
}

/** Whether `found` is at least `wanted` and of the same major version. */
export function satisfies(found: string, wanted: string): boolean {
  const [have, need] = [found, wanted].map((version) => version.split(".").map(Number)) as [
    number[],
    number[],
  ];
  if (have[0] !== need[0]) return false;
  for (const i of [1, 2]) {
    const difference = (have[i] ?? 0) - (need[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
