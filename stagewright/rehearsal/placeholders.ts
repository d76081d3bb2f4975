import { isTree, type Tree } from "../environment/merge";
import { digits } from "./vendor";

/**
 * A stack's config for the rehearsal. Secrets are encrypted for the real accounts and must not be
 * needed here, so each one gets its own placeholder, the same in every run.
 */
export function rehearsalConfig(
  project: string,
  stack: string,
  settings: Tree,
  secrets: readonly string[],
): { plain: Tree; secret: Record<string, string> } {
  const stated = isTree(settings.config) ? settings.config : {};
  const encrypted = Object.keys(stated).filter((key) => isEncrypted(stated[key]));
  const keys = new Set([...encrypted, ...secrets.map((name) => `${project}:${name}`)]);
  return {
    plain: Object.fromEntries(Object.entries(stated).filter(([key]) => !keys.has(key))),
    secret: Object.fromEntries([...keys].map((key) => [key, placeholder(project, stack, key)])),
  };
}

/** The placeholder of one secret: recognizable, and different in every stack. */
function placeholder(project: string, stack: string, key: string): string {
  return `rehearsal-${digits(24, project, stack, key)}`;
}

function isEncrypted(value: unknown): boolean {
  return isTree(value) && typeof value.secure === "string";
}
