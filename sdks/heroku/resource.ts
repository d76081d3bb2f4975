import * as pulumi from "@pulumi/pulumi";
import { resourceOptsDefaults } from "./utilities";

type Kind = "required" | "optional" | "computed";
type MaybeSecret<K extends Kind> = K | `${K} secret`;

/**
 * The role of each property of a resource. `required` and `optional` are inputs, which are also
 * outputs; `computed` is only an output, set by Heroku; `secret` is encrypted in state and masked
 * in Pulumi's output. The type requires the table to list every property of `State` and to mark
 * exactly those of `Args` as inputs.
 */
export type Properties<Args, State> = {
  readonly [Name in keyof State]-?: Name extends keyof Args
    ? undefined extends Args[Name]
      ? MaybeSecret<"optional">
      : MaybeSecret<"required">
    : MaybeSecret<"computed">;
};

/** The output fields of a class with this state. */
export type Outputs<State> = { readonly [Name in keyof State]-?: pulumi.Output<unknown> };

type PropertyTable = Readonly<Record<string, MaybeSecret<Kind>>>;

/**
 * The base class of all resources of the package, which handles their arguments. Subclasses
 * `declare` their fields, which would otherwise be reset.
 */
export abstract class HerokuResource extends pulumi.CustomResource {
  /**
   * @param type The type token, for example `heroku:app/app:App`.
   * @param properties The role of each property.
   * @param name The unique name of the resource in its stack.
   * @param argsOrState The arguments, or, with `opts.id`, the known state of an existing resource.
   * @throws {Error} `Missing required property 'NAME'` if an argument that the provider requires is
   *   missing.
   */
  protected constructor(
    type: string,
    properties: PropertyTable,
    name: string,
    argsOrState: object | undefined,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    const values: Readonly<Record<string, unknown>> = { ...argsOrState };
    super(
      type,
      name,
      opts.id ? stateOf(properties, values) : inputsOf(properties, values, opts.urn !== undefined),
      pulumi.mergeOptions(pulumi.mergeOptions(resourceOptsDefaults(), opts), {
        additionalSecretOutputs: namesOf(properties, (kind) => kind.endsWith("secret")),
      }),
    );
  }
}

/** Whether a value is a resource of that type, even from another copy of the Pulumi SDK. */
export function isOfType(value: unknown, type: string): boolean {
  return (
    typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === type
  );
}

function stateOf(properties: PropertyTable, state: Readonly<Record<string, unknown>>): pulumi.Inputs {
  return Object.fromEntries(Object.keys(properties).map((name) => [name, state[name]]));
}

/**
 * Computed properties are included as `undefined`: Pulumi creates an output field for each name
 * here.
 */
function inputsOf(
  properties: PropertyTable,
  args: Readonly<Record<string, unknown>>,
  isReference: boolean,
): pulumi.Inputs {
  const missing = namesOf(properties, (kind) => kind.startsWith("required")).find(
    (name) => args[name] === undefined,
  );
  if (missing !== undefined && !isReference) throw new Error(`Missing required property '${missing}'`);
  return Object.fromEntries(
    Object.entries(properties).map(([name, kind]) => {
      const value = kind.startsWith("computed") ? undefined : args[name];
      return [name, value !== undefined && kind.endsWith("secret") ? pulumi.secret(value) : value];
    }),
  );
}

function namesOf(properties: PropertyTable, matches: (kind: string) => boolean): string[] {
  return Object.keys(properties).filter((name) => matches(properties[name] ?? ""));
}
