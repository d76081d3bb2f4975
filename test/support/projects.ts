import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import type { Tree } from "../../stagewright/environment/merge";
import { cleanUp } from "./cleanup";
import { ROOT } from "./root";

export { ROOT };

/**
 * A new empty folder that is gone after its test or, made outside of one, after the file.
 * @param end stops what still works in it
 */
export function scratch(end: (dir: string) => void = () => {}): string {
  const dir = mkdtempSync(path.join(tmpdir(), "stagewright-test-"));
  cleanUp(() => {
    end(dir);
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

/** A copy of dandi's configuration alone, to be changed at will. */
export function dandiCopy(): string {
  const dir = scratch();
  for (const file of ["Pulumi.yaml", "Pulumi.staging.yaml", "Pulumi.production.yaml"]) {
    cpSync(path.join(ROOT, file), path.join(dir, file));
  }
  return dir;
}

/** A copy of a system under `systems/`, to be changed at will; its program is the checkout's. */
export function systemCopy(name: string): string {
  const dir = scratch();
  const from = path.join(ROOT, "systems", name);
  for (const file of readdirSync(from)) cpSync(path.join(from, file), path.join(dir, file));
  const program = JSON.stringify(path.join(ROOT, "components/program"));
  writeFileSync(
    path.join(dir, "index.ts"),
    `import { environmentProgram } from ${program};\n\nexport = environmentProgram;\n`,
  );
  return dir;
}

/** Changes a YAML file of a project in place. */
export function edit(dir: string, file: string, change: (tree: Tree) => void): void {
  const full = path.join(dir, file);
  const tree = parse(readFileSync(full, "utf8")) as Tree;
  change(tree);
  writeFileSync(full, stringify(tree, { version: "1.1" }));
}

/** Replaces a stack's differences. */
export function setDiffers(dir: string, stack: string, differs: unknown): void {
  edit(dir, `Pulumi.${stack}.yaml`, (tree) => {
    tree.config = { ...(tree.config as Tree), "dandi:differs": differs };
  });
}

/** Applies a function to the environment of `Pulumi.yaml`. */
export function editBase(dir: string, change: (environment: Tree) => void): void {
  edit(dir, "Pulumi.yaml", (tree) => {
    const config = tree.config as Record<string, { value: Tree }>;
    const base = config["dandi:environment"];
    if (base) change(base.value);
  });
}
