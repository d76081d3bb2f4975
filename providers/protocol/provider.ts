/**
 * A resource provider as seen by the Pulumi engine, in plain values instead of protobuf. `serve` in
 * `./serve.ts` translates it to gRPC. The Netlify provider and every vendor of the rehearsal cloud
 * implement it.
 */

/**
 * A property map. Values are JSON, with `UNKNOWN` for values that a preview cannot know yet and
 * `Secret` around secrets.
 */
export type Properties = Record<string, unknown>;

/** The engine's placeholder for a value that is known only after the operation that computes it. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks a value that the engine must encrypt in state and mask in all output. */
export class Secret {
  constructor(readonly value: unknown) {}
}

/** The resource that an operation is about. */
export interface ResourceRef {
  urn: string;
  /** The type token, for example `heroku:app/app:App`. */
  type: string;
  /** The logical name, the last part of the URN. */
  name: string;
}

export interface CheckFailure {
  property: string;
  reason: string;
}

/** The change of one property path; `-replace` if it cannot be made in place. */
export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface Diff {
  /** The changes by property path (`rules[0].name`). Empty if nothing changes. */
  changes: Record<string, DiffKind>;
  /**
   * The old resource must be deleted before its replacement is created, because both cannot
   * coexist.
   */
  deleteBeforeReplace?: boolean;
}

/** The result of `create`, `update` and `read` for an existing resource. */
export interface ResourceState {
  id: string;
  /** The outputs: inputs as stored by the vendor, and the values that it computed. */
  state: Properties;
}

/** A session is one configured provider: one connection of one engine. */
export interface ProviderSession {
  /**
   * Validates inputs and fills in defaults. Called before anything is created; inputs contain
   * unknowns in a preview.
   */
  check(
    ref: ResourceRef,
    news: Properties,
    olds: Properties,
  ): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  /** Compares the old inputs with the new ones. `state`: the recorded outputs. */
  diff(
    ref: ResourceRef,
    id: string,
    olds: Properties,
    news: Properties,
    ignore: string[],
    state?: Properties,
  ): Promise<Diff>;
  /**
   * With `preview`, it must create nothing, and values that only the vendor computes are `UNKNOWN`.
   */
  create(ref: ResourceRef, inputs: Properties, preview: boolean): Promise<ResourceState>;
  /**
   * Reads the resource's current state; `undefined` if it does not exist. `inputs` is empty on
   * import. The returned inputs are those that a program would need to produce the resource, which
   * makes drift visible.
   */
  read(
    ref: ResourceRef,
    id: string,
    inputs: Properties,
    state: Properties,
  ): Promise<(ResourceState & { inputs: Properties }) | undefined>;
  update(
    ref: ResourceRef,
    id: string,
    olds: Properties,
    news: Properties,
    preview: boolean,
  ): Promise<Properties>;
  delete(ref: ResourceRef, id: string, state: Properties): Promise<void>;
  /** A function (data source) such as `aws:route53/getZone:getZone`. */
  invoke(token: string, args: Properties): Promise<Properties>;
}

export interface Provider {
  /** The package, for example `netlify`. */
  name: string;
  version: string;
  /** Validates the provider's own configuration before `open`. */
  checkConfig?(config: Properties): Promise<CheckFailure[]>;
  /** Configures one session. Values may be unknown in a preview. */
  open(config: Properties): Promise<ProviderSession>;
}

/**
 * A refusal by the vendor, in one sentence for the user. Any other thrown error is a bug in the
 * provider.
 */
export class ProviderError extends Error {
  override name = "ProviderError";
}

/**
 * The resource exists, but a later step of its creation failed. The engine records the resource
 * with this id and state, so that it is not orphaned, and repairs it on the next `up`.
 */
export class PartialFailure extends ProviderError {
  constructor(
    message: string,
    readonly id: string,
    readonly state: Properties,
    readonly inputs: Properties,
  ) {
    super(message);
  }
}
