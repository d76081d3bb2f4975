import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The path of a module that runs something for the program in a directory: out of the program's own
 * `@pulumi/pulumi`, so that both are one and the same, else out of this project's.
 */
export function runner(module: "run" | "run-plugin" | "run-policy-pack", directory: string): string {
  const name = `@pulumi/pulumi/cmd/${module}`;
  try {
    return createRequire(join(directory, "package.json")).resolve(name);
  } catch {
    return require.resolve(name);
  }
}
