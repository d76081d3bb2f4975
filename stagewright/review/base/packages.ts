import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** A direct dependency of the project whose version differs. `undefined`: absent on that side. */
interface PackageChange {
  name: string;
  before?: string;
  after?: string;
}

/**
 * The differences between two lock files: the packages named in `package.json`, and the number of
 * others.
 */
export interface PackageChanges {
  named: PackageChange[];
  others: number;
}

interface Lock {
  packages?: Record<string, { version?: string; dependencies?: object; devDependencies?: object }>;
}

/**
 * Compares two lock files.
 *
 * @param before folder of the first lock file
 * @param after folder of the second
 */
export function packageChanges(before: string, after: string): PackageChanges {
  const [old, now] = [lockIn(before), lockIn(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => key !== "").sort();
  const roots = [old[""], now[""]].flatMap((root) =>
    Object.keys({ ...root?.dependencies, ...root?.devDependencies }),
  );
  const changed = keys.filter((key) => old[key]?.version !== now[key]?.version);
  const isNamed = (key: string) => roots.includes(key.slice("node_modules/".length));
  return {
    named: changed.filter(isNamed).map((key) => ({
      name: key.slice("node_modules/".length),
      before: old[key]?.version,
      after: now[key]?.version,
    })),
    others: changed.filter((key) => !isNamed(key)).length,
  };
}

function lockIn(dir: string): NonNullable<Lock["packages"]> {
  const file = path.join(dir, "package-lock.json");
  return existsSync(file) ? ((JSON.parse(readFileSync(file, "utf8")) as Lock).packages ?? {}) : {};
}
