import { SECRET, SIGNATURE } from "../../providers/protocol/values";
import { isTree, type Tree } from "../environment/merge";

/** Whether a value of a state, or on the wire, is a secret. */
export function isSecret(value: unknown): value is Tree {
  return isTree(value) && value[SIGNATURE] === SECRET;
}

/** A value as a secret on the wire. */
export function secret(value: unknown): Tree {
  return { [SIGNATURE]: SECRET, value };
}

/**
 * What a secret holds: on the wire the value itself, and JSON in a text as `pulumi stack export
 * --show-secrets` gives it.
 */
export function insideOf(secret: Tree): unknown {
  return typeof secret.plaintext === "string" ? JSON.parse(secret.plaintext) : secret.value;
}

/**
 * A value with something else in the place of each secret in it.
 * @param replaced what stands for a secret, by what it holds, whose own secrets are replaced
 *   already; `undefined` leaves it out
 * @param text what stands for a text, in secrets too
 */
export function withSecrets(
  value: unknown,
  replaced: (inside: unknown) => unknown,
  text: (text: string) => unknown = (same) => same,
): unknown {
  const inner = (one: unknown): unknown => withSecrets(one, replaced, text);
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map(inner);
  if (!isTree(value)) return value;
  if (isSecret(value)) return replaced(inner(insideOf(value)));
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, inner(inside)]));
}
