import { createHash } from "node:crypto";
import type { Properties } from "../../providers/protocol/provider";
import type { ByType } from "../resources/types";
import type { Schema } from "./schema";
import type { Thing, Things } from "./store";

/**
 * What a vendor's schema says of a resource type. A test compares these tables with the published
 * schemas.
 */
export interface Facts {
  /** Inputs that must be given. */
  required: readonly string[];
  /** Inputs that may be given. */
  optional: readonly string[];
  /** Outputs that are no inputs. */
  computed: readonly string[];
  /** Inputs whose change makes a new resource, nested ones as `organization.name`. */
  replaces: readonly string[];
  /** Outputs that the schema marks as secret. */
  secrets: readonly string[];
}

/** The vendor's view of whoever calls: which account, with which provider settings. */
export interface Caller {
  account: string;
  config: Properties;
}

/** What the rules of a resource type get to see. */
export interface Occasion {
  things: Things;
  caller: Caller;
  inputs: Properties;
  /** The URN of the resource, for values that must differ between stacks but not between runs. */
  urn: string;
  /** The id of what exists: in an update, and for the old inputs in a diff. */
  id?: string;
  /**
   * What tells a thing from earlier ones of the same name in this cloud: nothing for the first. It
   * goes into whatever the vendor draws at a creation, so that what was made again is seen to be
   * another one.
   */
  again: readonly string[];
}

/** A change that a vendor refuses. */
export interface Refusal {
  /** In the vendor's words. */
  says: string;
  /** What to do instead, as sentences. */
  instead: string;
}

/** What a provider may ask the vendor while it compares. */
export interface Asked {
  things: Things;
  caller: Caller;
  /** The outputs as they are recorded. */
  state: Properties;
}

/** How a resource type behaves: its identity, its rules, and what the vendor computes. */
export interface Kind {
  facts: Facts;
  /** What the provider's Check and Diff know beyond the facts. */
  schema?: Schema;
  /**
   * The physical name, and the scope in which the vendor keeps it unique (empty: everywhere;
   * default: the account).
   */
  identity(occasion: Occasion): { name: string; scope?: string };
  /**
   * Inputs whose change makes a new resource only for certain values, which the schema cannot
   * state.
   */
  replaces?(olds: Properties, news: Properties, at: Asked): readonly string[];
  /**
   * The vendor replaces what has this name already, as with a PUT, instead of refusing it. Default:
   * it refuses.
   */
  overwrites?(occasion: Occasion): boolean;
  /**
   * No vendor remembers it but the state alone, as what the package `random` draws: made again, it
   * is another one.
   */
  forgotten?: boolean;
  /**
   * Names are labels, so that a thing and the one that replaces it exist at once. Its `id` must
   * then be one that is free.
   */
  namesakes?: boolean;
  /**
   * The id as the vendor gives it. Default: a UUID that depends on type, scope, name and how often
   * such a thing was made.
   */
  id?(occasion: Occasion, name: string, scope: string): string;
  /** Optional inputs that the vendor fills in when they are not given. */
  defaults?(occasion: Occasion): Properties;
  /** What the vendor computes at creation. Must cover `facts.computed`. */
  outputs?(occasion: Occasion, id: string): Properties;
  /** Outputs that follow the inputs, computed anew at every update. */
  derived?(occasion: Occasion, id: string): Properties;
  /**
   * Refuses, by throwing a ProviderError with the vendor's words, what the vendor would refuse on
   * create or update.
   */
  rules?(occasion: Occasion, existing?: Thing): void;
  /**
   * What the vendor refuses to change in place, by the values alone, so that a preview says it,
   * too. Both sides are valid by themselves; a property that is not known yet comes as unchanged.
   */
  refuses?(before: Properties, after: Properties): Refusal | undefined;
  /** Refuses a deletion, as the vendor would. */
  mayDelete?(things: Things, thing: Thing, caller: Caller): void;
  /**
   * Inputs that the vendor takes and never gives back. The cloud does not hold them; a read keeps
   * what the engine has.
   */
  writeOnly?: readonly string[];
  /**
   * What a read gives in place of what the cloud has of the thing, as the provider looks for what
   * it `knows` of alone.
   */
  seen?(things: Things, thing: Thing, knows: Properties): Properties;
  /**
   * What somebody may change by hand without any read showing it, for a person. Default: everything
   * shows but `writeOnly`.
   */
  unseen?: string;
  /**
   * Outputs that the vendor gives with the answer to a creation and never again: the state alone
   * keeps them.
   */
  once?: readonly string[];
  /**
   * The inputs by which one finds what has no unique name, at whoever owns it: the keys of a user,
   * the droplets called so. What has them in common is alike. Default: the identity.
   */
  alike?: readonly string[];
  /**
   * Half of a key pair, or a live credential: nothing is lost with it that cannot be had anew
   * beside it.
   */
  credential?: boolean;
  /**
   * What else changes in the cloud after this exists, was changed (`existing` is how it was), or is
   * gone.
   */
  after?(things: Things, event: "create" | "update" | "delete", thing: Thing): void;
  /**
   * Seconds of a create, update and delete as they are seen at the vendor, for `--latency
   * realistic`.
   */
  latency?: { create?: number; update?: number; delete?: number };
}

/** A vendor (a Pulumi package) of the rehearsal cloud. */
export interface Vendor {
  /** The Pulumi package, for example `heroku`. */
  name: string;
  version: string;
  kinds: ByType<Kind>;
  /**
   * Who calls with this provider configuration. Throws a ProviderError where the vendor would
   * refuse it.
   */
  caller(config: Properties): Caller;
  /**
   * Inputs that the provider states itself where the program does not, from its own configuration.
   */
  fills?(facts: Facts, caller: Caller): Properties;
  functions?: Readonly<Record<string, (args: Properties, caller: Caller, things: Things) => Properties>>;
}

/**
 * A stable stand-in for what a vendor draws at random: the same parts give the same digits, in this
 * run and the next.
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

/** A stable UUID. */
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
