import { createHash } from "node:crypto";
import type { Properties } from "../../providers/protocol/provider";
import type { ByType } from "../resources/types";
import type { Schema } from "./schema";
import type { Thing, Things } from "./store";

/**
 * The facts of a resource type in a vendor's schema. A test compares these tables with the
 * published schemas.
 */
export interface Facts {
  /** Required inputs. */
  required: readonly string[];
  /** Optional inputs. */
  optional: readonly string[];
  /** Outputs that are not inputs. */
  computed: readonly string[];
  /** Inputs whose change forces a replacement, nested ones as `organization.name`. */
  replaces: readonly string[];
  /** Outputs that the schema marks as secret. */
  secrets: readonly string[];
}

/** The vendor's view of the caller: the account, and the provider's settings. */
export interface Caller {
  account: string;
  config: Properties;
}

/** The context that the rules of a resource type receive. */
export interface Occasion {
  things: Things;
  caller: Caller;
  inputs: Properties;
  /** The URN of the resource, for values that must differ between stacks but not between runs. */
  urn: string;
  /** The id of the existing resource: in an update, and for the old inputs in a diff. */
  id?: string;
  /**
   * Distinguishes a thing from earlier ones of the same name in this cloud; empty for the first.
   * All values that the vendor generates at creation depend on it, so that a recreated thing is
   * recognizably another one.
   */
  again: readonly string[];
}

/** A change that a vendor refuses. */
export interface Refusal {
  /** In the vendor's words. */
  says: string;
  /** The alternative, as sentences. */
  instead: string;
}

/** The vendor's data that a provider may read while it compares. */
export interface Asked {
  things: Things;
  caller: Caller;
  /** The recorded outputs. */
  state: Properties;
}

/**
 * The behaviour of a resource type: its identity, its rules, and the values that the vendor
 * computes.
 */
export interface Kind {
  facts: Facts;
  /** The knowledge of the provider's Check and Diff beyond the facts. */
  schema?: Schema;
  /**
   * The physical name, and the scope in which the vendor keeps it unique (empty: everywhere;
   * default: the account).
   */
  identity(occasion: Occasion): { name: string; scope?: string };
  /**
   * Inputs whose change forces a replacement only for certain values, which the schema cannot
   * express.
   */
  replaces?(olds: Properties, news: Properties, at: Asked): readonly string[];
  /**
   * The vendor overwrites an existing thing of this name, as with a PUT, instead of refusing.
   * Default: it refuses.
   */
  overwrites?(occasion: Occasion): boolean;
  /**
   * Only the state remembers it, like the values that the package `random` generates: created
   * again, it is another one.
   */
  forgotten?: boolean;
  /**
   * Names are labels, so that a thing and its replacement exist at once. Its `id` must then be a
   * free one.
   */
  namesakes?: boolean;
  /**
   * The id that the vendor assigns. Default: a UUID that depends on type, scope, name and how often
   * such a thing was created.
   */
  id?(occasion: Occasion, name: string, scope: string): string;
  /** Optional inputs that the vendor fills in if they are not set. */
  defaults?(occasion: Occasion): Properties;
  /** The values that the vendor computes at creation. Must cover `facts.computed`. */
  outputs?(occasion: Occasion, id: string): Properties;
  /** Outputs that follow the inputs, computed again at every update. */
  derived?(occasion: Occasion, id: string): Properties;
  /**
   * Refuses, by throwing a ProviderError with the vendor's message, a create or update that the
   * vendor would refuse.
   */
  rules?(occasion: Occasion, existing?: Thing): void;
  /**
   * Returns the changes in place that the vendor refuses, judged by the values alone so that a
   * preview reports them too. Each side is valid by itself; an unknown property counts as
   * unchanged.
   */
  refuses?(before: Properties, after: Properties): Refusal | undefined;
  /** Refuses a deletion, as the vendor would. */
  mayDelete?(things: Things, thing: Thing, caller: Caller): void;
  /**
   * Inputs that the vendor never returns. The cloud does not store them; a read keeps the engine's
   * values.
   */
  writeOnly?: readonly string[];
  /**
   * Returns the result of a read in place of the cloud's properties, for a provider that reads only
   * what it `knows`.
   */
  seen?(things: Things, thing: Thing, knows: Properties): Properties;
  /**
   * Manual changes that no read shows, described for a person. Default: only those of `writeOnly`.
   */
  unseen?: string;
  /** Outputs that the vendor returns only at creation: only the state keeps them. */
  once?: readonly string[];
  /**
   * The inputs that identify a thing without a unique name at its owner: the keys of a user,
   * droplets of a name. Things that agree in them are similar. Default: the identity.
   */
  alike?: readonly string[];
  /**
   * Half of a key pair, or a live credential: losing it is harmless because a new one can be
   * created beside it.
   */
  credential?: boolean;
  /**
   * Applies side effects in the cloud after this is created, changed (`existing` is its previous
   * version), or deleted.
   */
  after?(things: Things, event: "create" | "update" | "delete", thing: Thing): void;
  /** Seconds that a create, update and delete take at the vendor, for `--latency realistic`. */
  latency?: { create?: number; update?: number; delete?: number };
}

/** A vendor (a Pulumi package) of the rehearsal cloud. */
export interface Vendor {
  /** The Pulumi package, for example `heroku`. */
  name: string;
  version: string;
  kinds: ByType<Kind>;
  /**
   * Returns the caller for a provider configuration. Throws a ProviderError if the vendor would
   * refuse it.
   */
  caller(config: Properties): Caller;
  /** Inputs that the provider sets from its own configuration if the program does not. */
  fills?(facts: Facts, caller: Caller): Properties;
  functions?: Readonly<Record<string, (args: Properties, caller: Caller, things: Things) => Properties>>;
}

/**
 * Returns a stable substitute for a vendor's random value: the same parts give the same digits in
 * every run.
 */
export function digits(length: number, ...parts: string[]): string {
  let result = "";
  for (let i = 0; result.length < length; i++) {
    result += createHash("sha256")
      .update(JSON.stringify([i, ...parts]))
      .digest("hex");
  }
  return result.slice(0, length);
}

/** Returns a stable UUID. */
export function uuid(...parts: string[]): string {
  const hex = digits(32, ...parts);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
