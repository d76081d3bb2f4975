/**
 * A resource provider as the Pulumi engine sees one, in plain values: the protocol without its
 * protobuf. `serve` in `./serve.ts` puts it on the wire. The Netlify provider and every vendor of
 * the rehearsal cloud are written against it.
 */

/**
 * A property map. Values are JSON, with `UNKNOWN` for what a preview cannot know yet and `Secret`
 * around what must stay secret.
 */
export type Properties = Record<string, unknown>;

/** What the engine sends for a value that is only known after the operation that computes it. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks a value that the engine must encrypt in state and hide in every output. */
export class Secret {
  constructor(readonly value: unknown) {}
}

/** Which resource an operation is about. */
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

/** How one property path changes; `-replace` where the change cannot be made in place. */
export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface Diff {
  /** Property path (`rules[0].name`) to how it changes. Empty: no change. */
  changes: Record<string, DiffKind>;
  /**
   * The replacement must be deleted before the new one is created, because both cannot exist at
   * once.
   */
  deleteBeforeReplace?: boolean;
}

/** What `create`, `update` and `read` give back about a resource that exists. */
export interface ResourceState {
  id: string;
  /** The outputs: inputs as the vendor holds them, and what it computed. */
  state: Properties;
}

/** A session is one configured provider: one connection of one engine. */
export interface ProviderSession {
  /**
   * Validates inputs and fills defaults. Called before anything is created, with unknowns in a
   * preview.
   */
  check(
    ref: ResourceRef,
    news: Properties,
    olds: Properties,
  ): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  /** Compares the old inputs with the new ones. `state`: the outputs as they are recorded. */
  diff(
    ref: ResourceRef,
    id: string,
    olds: Properties,
    news: Properties,
    ignore: string[],
    state?: Properties,
  ): Promise<Diff>;
  /** With `preview`, nothing may be created: what only the vendor can compute is `UNKNOWN`. */
  create(ref: ResourceRef, inputs: Properties, preview: boolean): Promise<ResourceState>;
  /**
   * Reads the resource as it is now; `undefined` where it does not exist. `inputs` is empty on
   * import. The returned inputs are what the program would have to say to get the resource as it
   * is, so that drift shows.
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
  /** Says what is wrong with the provider's own configuration, before `open`. */
  checkConfig?(config: Properties): Promise<CheckFailure[]>;
  /** Configures one session. Unknown values are possible in a preview. */
  open(config: Properties): Promise<ProviderSession>;
}

/**
 * The vendor said no, in one sentence for the person who deploys. Anything else that is thrown is a
 * defect of the provider.
 */
export class ProviderError extends Error {
  override name = "ProviderError";
}

/**
 * The resource exists, but what followed its creation failed. The engine records the resource with
 * this id and state, so that nothing is orphaned, and mends it on the next `up`.
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
