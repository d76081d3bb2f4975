import { logicalName } from "../../providers/protocol/names";
import { configOf } from "../../providers/protocol/values";
import { isTree, type Tree } from "../environment/merge";
import type { ResourceState } from "../resources/graph";
import { withSecrets } from "../resources/secrets";

/**
 * What the engine puts where a value is not known before something is made: one text for each type
 * of value.
 * https://pkg.go.dev/github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin#pkg-constants
 */
const UNKNOWN = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A resource's inputs with its secrets in plain; what is not known yet is left out. */
export function inputsOf({ inputs = {} }: ResourceState): Tree {
  return plain(inputs) as Tree;
}

/** The logical name. */
export function nameOf({ urn }: ResourceState): string {
  return logicalName(urn);
}

/** The configuration of the explicit provider that a resource is made by. */
export function providerOf(
  { provider }: ResourceState,
  resources: readonly ResourceState[],
): Tree | undefined {
  if (typeof provider !== "string") return undefined;
  // A reference ends with `::` and the id of the instance.
  const urn = provider.slice(0, provider.lastIndexOf("::"));
  const found = resources.find((candidate) => candidate.urn === urn);
  return found && configOf(inputsOf(found));
}

/** A text inside a map; `undefined` where there is none or it is not known yet. */
export function textAt(tree: unknown, key: string): string | undefined {
  const value = isTree(tree) ? tree[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** A value as a list: itself, or the only member. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function plain(value: unknown): unknown {
  return withSecrets(
    value,
    (inside) => inside,
    (text) => (UNKNOWN.has(text) ? undefined : text),
  );
}
