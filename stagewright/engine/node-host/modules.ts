import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Returns the path of a module that runs a program: from the program's own `@pulumi/pulumi`, so
 * that both use the same copy, or else from this project's.
 */
export function runner(module: "run" | "run-plugin" | "run-policy-pack", directory: string): string {
  const name = `@pulumi/pulumi/cmd/${module}`;
  try {
    return createRequire(join(directory, "package.json")).resolve(name);
  } catch {
    return require.resolve(name);
  }
}
