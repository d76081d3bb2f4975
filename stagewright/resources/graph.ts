import { logicalName } from "../../providers/protocol/names";
import type { Tree } from "../environment/merge";
import { withSecrets } from "./secrets";
import type { ResourceType } from "./types";

/**
 * What is left of a secret in a graph: that it is one, and its value for comparisons. Nothing
 * prints the value.
 */
export const SECRET = "(secret)";

/**
 * A resource as it can be compared between stacks: nothing in it depends on which stack it belongs
 * to.
 */
export interface GraphResource {
  /** The URN without stack and project: types from the root down, then the logical name. */
  key: string;
  type: ResourceType;
  /** The logical name. */
  name: string;
  inputs: Tree;
  /**
   * Resource options as the engine records them: `protect`, `parent`, `provider`, `dependencies`
   * and so on.
   */
  options: Tree;
  /**
   * Outputs that the program itself declares, of components and of the stack; empty for what a
   * vendor makes.
   */
  outputs: Tree;
}

/** The resources of one stack by their keys. */
export type Graph = ReadonlyMap<string, GraphResource>;

/** A resource as a deployment holds it. */
export interface ResourceState {
  urn: string;
  type: ResourceType;
  custom: boolean;
  inputs?: Tree;
  outputs?: Tree;
  [option: string]: unknown;
}

// https://pkg.go.dev/github.com/pulumi/pulumi/sdk/v3/go/common/apitype#ResourceV3: what is no
// option of the program.
const NO_OPTIONS = new Set(
  "urn type custom inputs outputs id created modified sourcePosition stackTrace propertyDependencies external initErrors".split(
    " ",
  ),
);

// A resource waits for these in no order, and the engine records them in none.
const SETS = new Set(["dependencies", "additionalSecretOutputs"]);

/**
 * The normalized graph of a stack from its resources, as `pulumi stack export --show-secrets` gives
 * them.
 */
export function graphOf(resources: readonly ResourceState[]): Graph {
  const graph = new Map<string, GraphResource>();
  for (const resource of resources) {
    const key = keyOf(resource.urn);
    const options = Object.entries(resource)
      .filter(([name, value]) => !NO_OPTIONS.has(name) && !isEmpty(value))
      .map(([name, value]) => [name, SETS.has(name) && Array.isArray(value) ? [...value].sort() : value]);
    graph.set(key, {
      key,
      type: resource.type,
      name: logicalName(key),
      inputs: normalized(resource.inputs ?? {}) as Tree,
      options: normalized(Object.fromEntries(options)) as Tree,
      outputs: resource.custom ? {} : (normalized(resource.outputs ?? {}) as Tree),
    });
  }
  return graph;
}

/**
 * `urn:pulumi:STACK::PROJECT::TYPES::NAME` without stack and project; the root is called by the
 * project's name alone.
 */
export function keyOf(urn: string): string {
  const [head = "", project = "", types = "", ...name] = urn.split("::");
  const stack = head.slice("urn:pulumi:".length);
  const logical = name.join("::");
  return `${types}::${types === "pulumi:pulumi:Stack" && logical === `${project}-${stack}` ? project : logical}`;
}

function normalized(value: unknown): unknown {
  const reference = (text: string) => (text.startsWith("urn:pulumi:") ? referred(text) : text);
  return withSecrets(value, (inside) => ({ [SECRET]: inside }), reference);
}

// A reference to a provider ends with `::` and the id of this one instance.
function referred(urn: string): string {
  const instance = /^(?<provider>.*pulumi:providers:.*::.*)::[^:]+$/.exec(
    urn.split("::").slice(2).join("::"),
  );
  return instance ? keyOf(urn.slice(0, urn.lastIndexOf("::"))) : keyOf(urn);
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === false || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
