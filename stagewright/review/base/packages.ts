import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * A package that the project names itself, and that is of another version on the other side;
 * `undefined`: not there.
 */
interface PackageChange {
  name: string;
  before?: string;
  after?: string;
}

/**
 * What differs between two lock files: the packages that are named in `package.json`, and how many
 * others.
 */
export interface PackageChanges {
  named: PackageChange[];
  others: number;
}

interface Lock {
  packages?: Record<string, { version?: string; dependencies?: object; devDependencies?: object }>;
}

/** @param before folder of the one lock file @param after folder of the other */
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
