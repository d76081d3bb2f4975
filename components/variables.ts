import * as pulumi from "@pulumi/pulumi";
import {
  interpolate,
  type Reference,
  references,
  refersToSecret,
} from "../stagewright/environment/references";

type Attributes = Record<string, pulumi.Input<string>>;

/** What the parts of an environment provide to variables, as far as it is known. */
export interface Values {
  environment: Attributes;
  /** Random values by name. */
  generated: Attributes;
  /** A secret of the stack's config by its name. */
  secret: (name: string) => pulumi.Output<string>;
  api?: Attributes;
  gui?: Attributes;
  bucket?: Attributes;
  errors?: Attributes;
}

/** Puts values in place of references, and keeps apart what must stay secret. */
export function resolveVariables(
  variables: Readonly<Record<string, string>>,
  values: Values,
): { plain: Attributes; sensitive: Attributes } {
  const plain: Attributes = {};
  const sensitive: Attributes = {};
  for (const [name, text] of Object.entries(variables)) {
    (refersToSecret(text) ? sensitive : plain)[name] = resolve(text, values);
  }
  return { plain, sensitive };
}

function resolve(text: string, values: Values): pulumi.Input<string> {
  const found = references(text);
  if (found.length === 0) return text;
  return pulumi.all(found.map((reference) => provided(reference, values))).apply((resolved) => {
    let index = 0;
    return interpolate(text, () => resolved[index++] ?? "");
  });
}

function provided({ text, component, attribute }: Reference, values: Values): pulumi.Input<string> {
  if (component === "secret") return values.secret(attribute);
  const value = values[component as Exclude<keyof Values, "secret">]?.[attribute];
  // The spec's checks let nothing through that this environment does not provide, but an order may
  // be wrong here.
  if (value === undefined) throw new Error(`${text} is used before its component is made`);
  return value;
}
