import { isTree } from "./merge";

/** What is accepted in place of a reserved name: the end of a sentence. */
export const NOT_RESERVED = "another name: every JavaScript object has something under this one";

/**
 * Whether every JavaScript object has something under a name, as with `constructor` and
 * `__proto__`. A table asked for such a name gives what nobody has put there, and libraries pass
 * over such a key without a word.
 */
export function isReserved(name: string): boolean {
  return name === "prototype" || name in Object.prototype;
}

/** The paths of all keys in a tree, at any depth, whose names are reserved. */
export function reservedKeys(tree: unknown, path: PropertyKey[] = []): PropertyKey[][] {
  if (Array.isArray(tree)) return tree.flatMap((value, index) => reservedKeys(value, [...path, index]));
  if (!isTree(tree)) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = [...path, key];
    return isReserved(key) ? [here] : reservedKeys(value, here);
  });
}
