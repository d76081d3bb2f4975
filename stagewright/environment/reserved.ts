import { isTree } from "./merge";

/** The end of a sentence that says what to use instead of a reserved name. */
export const NOT_RESERVED = "another name: every JavaScript object has something under this one";

/**
 * Whether a name is a property of every JavaScript object, such as `constructor` and `__proto__`. A
 * look-up of such a name returns a value that nobody put there, and libraries silently skip such a
 * key.
 */
export function isReserved(name: string): boolean {
  return name === "prototype" || name in Object.prototype;
}

/** Returns the paths of all keys in a tree, at any depth, that have reserved names. */
export function reservedKeys(tree: unknown, path: PropertyKey[] = []): PropertyKey[][] {
  if (Array.isArray(tree)) return tree.flatMap((value, index) => reservedKeys(value, [...path, index]));
  if (!isTree(tree)) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = [...path, key];
    return isReserved(key) ? [here] : reservedKeys(value, here);
  });
}
