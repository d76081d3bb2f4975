import { type Properties, ProviderError, UNKNOWN } from "../../providers/protocol/provider";
import { resourceType } from "../resources/types";
import { identityOf } from "./existing/identities";
import type { CloudStore, Thing } from "./store";
import type { Kind, Occasion } from "./vendor";
import { vendors } from "./vendors";
import { findInNetlify } from "./vendors/netlify/lookup";

/** A resource that a program declares, as shown by a preview. */
export interface Declared {
  type: string;
  urn: string;
  inputs: Properties;
  /** The configuration of the provider that would create it. */
  providerConfig: Properties;
}

/** The rehearsal cloud's counterpart of a declared resource. */
export interface Found {
  /** The id under which the engine knows it. */
  id: string;
  account: string;
  /** Whether a create takes it over, as with a PUT. */
  takenOver: boolean;
  /** Absent for Netlify, whose objects have a format of their own. */
  thing?: Thing;
}

/**
 * Looks up a declared resource in the rehearsal cloud by the identity rule of its type; `undefined`
 * if it does not exist.
 *
 * @param owners the resources found so far, by id. A declared resource may be a part of one of
 *   them, and a preview does not know the ids of resources that it would create
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

/** The account that a provider works in; `undefined` if the vendor would reject its credentials. */
export function accountOf(type: string, providerConfig: Properties): string | undefined {
  return type.startsWith("netlify:") ? "netlify" : callerOf(type, providerConfig)?.account;
}

/**
 * Returns how a played vendor's resource type behaves; `undefined` for Netlify's, whose provider is
 * our own.
 */
export function kindOf(type: string): Kind | undefined {
  return vendors.find(({ kinds }) => type in kinds)?.kinds[resourceType(type)];
}

function callerOf(type: string, config: Properties) {
  return orNothing(() => vendors.find(({ kinds }) => type in kinds)?.caller(config));
}

// A rule that fails because something is not created yet finds nothing.
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
  // Every unknown part must come from a resource that was found.
  const [scopes, names] = [pattern(scope), pattern(name)];
  const known = new Set([...owners].flatMap(([id, { thing }]) => [id, ...textsOf(thing)]));
  // The program may have added text around it, such as the dot after a host name.
  const comesOf = (part: string) =>
    known.has(part) || [...known].some((text) => text.length >= SHORTEST && part.includes(text));
  return store.list(type).find((thing) => {
    const parts = [scopes.exec(thing.scope), names.exec(thing.name)];
    return parts.every((match) => match?.slice(1).every(comesOf));
  });
}

/** The length of `1.2.3.4`: shorter texts match anything. */
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
  if (type === "netlify:index/deployKey:DeployKey") return undefined; // any of them could match
  const sites = inputs.siteId === UNKNOWN ? [...owners.keys()] : [inputs.siteId];
  const [id] = sites.flatMap((siteId) => findInNetlify(store, type, { ...inputs, siteId }));
  return id === undefined ? undefined : { id, account: "netlify", takenOver: false };
}
