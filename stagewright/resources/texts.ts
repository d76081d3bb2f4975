import { logicalName } from "../../providers/protocol/names";
import { isTree, type Tree } from "../environment/merge";
import { insideOf, isSecret } from "./secrets";
import type { ResourceType } from "./types";

/** One text inside a resource of a deployment. */
export interface Text {
  /** Logical name of the resource. */
  resource: string;
  type: ResourceType;
  /** `inputs.values.all`, `outputs.dsnPublic`. */
  path: string;
  value: string;
  secret: boolean;
}

/**
 * Every text in the inputs and outputs of resources, as `pulumi stack export --show-secrets` gives
 * them.
 */
export function textsOf(
  resources: readonly { urn: string; type: ResourceType; inputs?: Tree; outputs?: Tree }[],
): Text[] {
  return resources.flatMap(({ urn, type, inputs = {}, outputs = {} }) =>
    [...texts(inputs, "inputs", false), ...texts(outputs, "outputs", false)].map((text) => ({
      resource: logicalName(urn),
      type,
      ...text,
    })),
  );
}

type Found = Pick<Text, "path" | "value" | "secret">;

function texts(value: unknown, path: string, secret: boolean): Found[] {
  if (typeof value === "string") return [{ path, value, secret }];
  if (Array.isArray(value))
    return value.flatMap((inside, index) => texts(inside, `${path}[${index}]`, secret));
  if (!isTree(value)) return [];
  if (isSecret(value)) return texts(insideOf(value), path, true);
  return Object.entries(value).flatMap(([key, inside]) => texts(inside, `${path}.${key}`, secret));
}

/**
 * Whether a text contains another one as a word of its own: `dandi-api`, but not within
 * `dandi-api-staging`.
 */
export function mentions(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!WORD.test(text[at - 1] ?? " ") && !WORD.test(text[at + word.length] ?? " ")) return true;
  }
  return false;
}

const WORD = /[A-Za-z0-9_-]/;
