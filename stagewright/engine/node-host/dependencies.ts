import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The `pulumi` entry in the `package.json` of a provider's npm package. */
export interface PulumiField {
  resource?: boolean;
  name?: string;
  version?: string;
  server?: string;
  parameterization?: { name: string; version: string; value: string };
}

/** An installed npm package that a program depends on. */
export interface Dependency {
  name: string;
  version: string;
  /** Whether the program itself depends on it directly. */
  direct: boolean;
  pulumi?: PulumiField;
}

interface Manifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  pulumi?: PulumiField;
}

/**
 * Returns every installed package that the program in a directory depends on, directly or
 * transitively.
 */
export function dependenciesOf(directory: string): Dependency[] {
  const root = nearest(directory, "package.json");
  if (!root) return [];
  const found = new Map<string, Dependency>();
  const visit = (file: string, direct: boolean) => {
    for (const name of Object.keys(manifest(file).dependencies ?? {})) {
      const installed = nearest(dirname(file), join("node_modules", name, "package.json"));
      if (!installed || found.has(installed)) continue;
      const { version = "", pulumi } = manifest(installed);
      found.set(installed, { name, version, direct, pulumi });
      visit(installed, false);
    }
  };
  visit(root, true);
  return [...found.values()];
}

/** Finds a file in the directory or in its closest parent that has it. */
function nearest(directory: string, name: string): string | undefined {
  const file = join(directory, name);
  if (existsSync(file)) return file;
  const parent = dirname(directory);
  return parent === directory ? undefined : nearest(parent, name);
}

function manifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}
