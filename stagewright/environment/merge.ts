/** A tree of configuration, as YAML gives it. */
export type Tree = Record<string, unknown>;

/**
 * RFC 7396: the base with a stack's differences merged in. Neither is changed, and no key is lost,
 * whatever it is called and wherever it stands among the others.
 */
export function merge(base: Tree, differs: Tree): Tree {
  const merged = new Map(Object.entries(structuredClone(base)));
  for (const [key, value] of Object.entries(structuredClone(differs))) {
    const below = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isTree(value) ? merge(isTree(below) ? below : {}, value) : value);
  }
  // Entries become keys of the object's own; an assignment to `__proto__` would be lost.
  return Object.fromEntries(merged);
}

/**
 * Whether a path stands in a tree; what every object has besides, such as `constructor`, does not
 * count.
 */
export function has(tree: unknown, path: readonly PropertyKey[]): boolean {
  let here = tree;
  for (const step of path) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, step)) return false;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return true;
}

/** The value at a path; `undefined` where there is none. */
export function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return has(tree, path)
    ? path.reduce((here, step) => (here as Record<PropertyKey, unknown>)[step], tree)
    : undefined;
}

/** The paths of all leaves: scalars, arrays, `null`, and maps that are empty. */
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
