import * as pulumi from "@pulumi/pulumi";
import { takeHooks } from "../../stagewright/parity/render/hooks";

/** A resource as a component declares it. */
export interface Declared {
  type: string;
  name: string;
  /** Inputs; a secret one as Pulumi's marked object, `secretOf` unwraps it. */
  inputs: Record<string, unknown>;
  options: pulumi.CustomResourceOptions;
  provider: string | undefined;
}

/** What the vendor would give back: outputs by type or function, beside the inputs. */
export type Outputs = Readonly<Record<string, Record<string, unknown>>>;

/** Runs a piece of a program without an engine and tells what it declared, by logical name. */
export async function declared<T>(
  program: (opts: pulumi.ComponentResourceOptions) => T,
  outputs: Outputs = {},
): Promise<{ result: T; resources: Map<string, Declared> }> {
  const resources = new Map<string, Declared>();
  const options = new Map<string, pulumi.CustomResourceOptions>();
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs, provider }) {
      const key = `${type} ${name}`;
      resources.set(key, { type, name, inputs, provider, options: options.get(key) ?? {} });
      return { id: `${name}-id`, state: { ...inputs, ...outputs[type] } };
    },
    call: ({ token, inputs }) => ({ ...inputs, ...outputs[token] }),
  });
  takeHooks();
  const note: pulumi.ResourceTransformation = ({ type, name, opts }) => {
    options.set(`${type} ${name}`, opts);
    return undefined;
  };
  try {
    return { result: program({ transformations: [note] }), resources };
  } finally {
    await pulumi.runtime.disconnect();
  }
}

/** The value of an output. */
export function settled<T>(output: pulumi.Output<T> | undefined): Promise<T | undefined> {
  return new Promise((resolve) => {
    if (output === undefined) resolve(undefined);
    else output.apply(resolve);
  });
}

const MARK = "4dabf18193072939515e22adb298388d";

/** The value behind Pulumi's mark of a secret input; throws where the input is not marked. */
export function secretOf(input: unknown): unknown {
  if (typeof input === "object" && input !== null && MARK in input && "value" in input) return input.value;
  throw new Error(`not a secret: ${JSON.stringify(input)}`);
}
