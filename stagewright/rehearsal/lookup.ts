import { type Properties, ProviderError, UNKNOWN } from "../../providers/protocol/provider";
import { resourceType } from "../resources/types";
import { identityOf } from "./existing/identities";
import type { CloudStore, Thing } from "./store";
import type { Kind, Occasion } from "./vendor";
import { vendors } from "./vendors";
import { findInNetlify } from "./vendors/netlify/lookup";

/** A resource that a program declares, as a preview shows it. */
export interface Declared {
  type: string;
  urn: string;
  inputs: Properties;
  /** The configuration of the provider that would make it. */
  providerConfig: Properties;
}

/** What the rehearsal cloud holds in the place of a declared resource. */
export interface Found {
  /** The id under which the engine knows it. */
  id: string;
  account: string;
  /** The vendor takes it over when it is asked to create it, as with a PUT. */
  takenOver: boolean;
  /** Absent for Netlify, whose objects have a form of their own. */
  thing?: Thing;
}

/**
 * What the rehearsal cloud holds in the place of a declared resource, by the identity rule of its
 * type; `undefined`: nothing.
 *
 * @param owners what has been found already, by id. What a program declares beside it may be a part
 *   of it, and a preview does not know the id of what it would make
 */
export function lookUp(
  store: CloudStore,
  declared: Declared,
  owners: ReadonlyMap<string, Found>,
): Found | undefined {
  const { type, inputs } = declared;
  if (type.startsWith("netlify:")) return lookUpInNetlify(store, type, inputs, owners);
  const kind = kindOf(type);
  const identity = identityOf(type);
  const caller = callerOf(type, declared.providerConfig);
  if (!kind || !caller || !identity || identity.unique === "nowhere") return undefined;
  const occasion: Occasion = { things: store, caller, inputs, urn: declared.urn, again: [] };
  const thing =
    identity.owner === undefined
      ? named(store, type, kind, occasion, owners)
      : store
          .list(type)
          .find(
            ({ account, properties }) =>
              account === caller.account && properties[identity.owner ?? ""] === inputs[identity.owner ?? ""],
          );
  const takenOver = () => kind.overwrites?.(occasion) ?? false;
  return thing && { id: thing.id, account: thing.account, takenOver: takenOver(), thing };
}

/** The account that a provider works in; `undefined` where the vendor would not let it in. */
export function accountOf(type: string, providerConfig: Properties): string | undefined {
  return type.startsWith("netlify:") ? "netlify" : callerOf(type, providerConfig)?.account;
}

/**
 * How a resource type of a played vendor behaves; `undefined` for Netlify's, whose provider is our
 * own.
 */
export function kindOf(type: string): Kind | undefined {
  return vendors.find(({ kinds }) => type in kinds)?.kinds[resourceType(type)];
}

function callerOf(type: string, config: Properties) {
  return orNothing(() => vendors.find(({ kinds }) => type in kinds)?.caller(config));
}

// What a rule cannot say because something is not made yet is not there either.
function orNothing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}

function named(
  store: CloudStore,
  type: string,
  kind: Kind,
  occasion: Occasion,
  owners: ReadonlyMap<string, Found>,
): Thing | undefined {
  const identity = orNothing(() => kind.identity(occasion));
  if (!identity) return undefined;
  const { name, scope = occasion.caller.account } = identity;
  if (!`${scope} ${name}`.includes(UNKNOWN)) return store.named(type, scope, name);
  if (owners.size === 0) return undefined;
  // Whatever stands for what is not known must come of something that was found.
  const [scopes, names] = [pattern(scope), pattern(name)];
  const known = new Set([...owners].flatMap(([id, { thing }]) => [id, ...textsOf(thing)]));
  // The program may have put something around it, such as the dot after a host name.
  const comesOf = (part: string) =>
    known.has(part) || [...known].some((text) => text.length >= SHORTEST && part.includes(text));
  return store.list(type).find((thing) => {
    const parts = [scopes.exec(thing.scope), names.exec(thing.name)];
    return parts.every((match) => match?.slice(1).every(comesOf));
  });
}

/** `1.2.3.4`: what is shorter is found in anything. */
const SHORTEST = 7;

function pattern(text: string): RegExp {
  const literal = text.split(UNKNOWN).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join("(.+?)")}$`, "s");
}

function textsOf(thing: Thing | undefined): string[] {
  return Object.values(thing?.properties ?? {}).filter((value) => typeof value === "string");
}

function lookUpInNetlify(
  store: CloudStore,
  type: string,
  inputs: Properties,
  owners: ReadonlyMap<string, Found>,
): Found | undefined {
  if (type === "netlify:index/deployKey:DeployKey") return undefined; // any could be meant
  const sites = inputs.siteId === UNKNOWN ? [...owners.keys()] : [inputs.siteId];
  const [id] = sites.flatMap((siteId) => findInNetlify(store, type, { ...inputs, siteId }));
  return id === undefined ? undefined : { id, account: "netlify", takenOver: false };
}
