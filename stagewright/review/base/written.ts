import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { isTree, merge, type Tree, valueAt } from "../../environment/merge";
import { type Project, readProject } from "../../project/project";

/** Reads the project in a folder; `undefined` if it is missing or unreadable. */
export function projectIn(dir: string): Project | undefined {
  try {
    return readProject(dir);
  } catch {
    return undefined;
  }
}

/**
 * Reads a stack's environment as written: base and differences merged, without a schema because the
 * files may be of another version. `undefined` if they cannot be read.
 */
export function environmentAsWritten({ dir, name, settings }: Project, stack: string): Tree | undefined {
  try {
    const own: unknown = parse(readFileSync(path.join(dir, `Pulumi.${stack}.yaml`), "utf8"));
    const base = valueAt(settings, ["config", `${name}:environment`, "value"]);
    const differs = valueAt(own, ["config", `${name}:differs`]);
    return isTree(base) ? merge(base, isTree(differs) ? differs : {}) : undefined;
  } catch {
    return undefined;
  }
}
