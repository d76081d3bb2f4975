import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RehearsalState } from "../../rehearsal/state";

/**
 * Moves a stack's state to another project name, as `pulumi stack rename` does: otherwise Pulumi
 * would treat the renamed project as a new one and create its stack again beside the old one.
 */
export function renameProject(state: RehearsalState, stack: string, from: string, to: string): void {
  const text = readFileSync(state.checkpoint(from, stack), "utf8")
    .replaceAll(`urn:pulumi:${stack}::${from}::`, `urn:pulumi:${stack}::${to}::`)
    .replaceAll(`::pulumi:pulumi:Stack::${from}-${stack}"`, `::pulumi:pulumi:Stack::${to}-${stack}"`)
    .replace(`"organization/${from}/${stack}"`, `"organization/${to}/${stack}"`);
  const target = state.checkpoint(to, stack);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  // Keeps the salt of its secrets.
  const work = state.workspace(to, stack);
  for (const file of [`Pulumi.${stack}.yaml`]) {
    const own = path.join(state.workspace(from, stack), file);
    if (existsSync(own)) renameSync(own, path.join(work, file));
  }
}
