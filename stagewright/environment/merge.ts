/** A configuration tree, as parsed from YAML. */
export type Tree = Record<string, unknown>;

/**
 * Merges a stack's differences into the base by RFC 7396. It changes neither argument and loses no
 * key, regardless of its name or position.
 */
export function merge(base: Tree, differs: Tree): Tree {
  const merged = new Map(Object.entries(structuredClone(base)));
  for (const [key, value] of Object.entries(structuredClone(differs))) {
    const below = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isTree(value) ? merge(isTree(below) ? below : {}, value) : value);
  }
  // Entries become own keys of the object; an assignment to `__proto__` would be lost.
  return Object.fromEntries(merged);
}

/**
 * Whether a path exists in a tree; inherited properties such as `constructor` do not count.
 */
export function has(tree: unknown, path: readonly PropertyKey[]): boolean {
  let here = tree;
  for (const step of path) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, step)) return false;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return true;
}

/** Returns the value at a path; `undefined` if the path does not exist. */
export function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return has(tree, path)
    ? path.reduce((here, step) => (here as Record<PropertyKey, unknown>)[step], tree)
    : undefined;
}

/** Returns the paths of all leaves: scalars, arrays, `null`, and empty maps. */
export function leaves(tree: Tree, path: string[] = []): string[][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = [...path, key];
    return isTree(value) && Object.keys(value).length > 0 ? leaves(value, here) : [here];
  });
}

/** Whether a value is a map. */
export function isTree(value: unknown): value is Tree {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
