import { isDeepStrictEqual } from "node:util";
import { type Properties, UNKNOWN } from "../../../providers/protocol/provider";
import { resourceType } from "../../resources/types";
import type { Declared } from "../lookup";
import type { CloudStore, Thing } from "../store";
import type { Kind } from "../vendor";
import { vendors } from "../vendors";
import { findInNetlify } from "../vendors/netlify/lookup";
import { type Clues, isText } from "./clues";

/**
 * Returns the id of the only match for a declared resource; `undefined` if there is none, or more
 * than one.
 */
export function findDeclared(store: CloudStore, declared: Declared): string | undefined {
  const ids = candidates(store, declared);
  return ids.length === 1 ? ids[0] : undefined;
}

/**
 * Returns the ids of all things in the cloud that match a declared resource: those with its
 * physical name or, if names are not unique, all similar ones of its owner.
 *
 * @param clues placeholders for the unknown inputs
 */
export function candidates(store: CloudStore, declared: Declared, clues?: Clues): string[] {
  const { type, urn, inputs, providerConfig } = declared;
  if (type.startsWith("netlify:")) return findInNetlify(store, type, inputs);
  const vendor = vendors.find(({ kinds }) => type in kinds);
  const kind = vendor?.kinds[resourceType(type)];
  if (!vendor || !kind || kind.forgotten) return [];
  const caller = vendor.caller(providerConfig);
  const same = (wanted: unknown, actual: unknown) =>
    isText(wanted) && isText(actual) && clues
      ? clues.match(String(wanted), String(actual))
      : isDeepStrictEqual(wanted, actual);
  const own = store.list(type).filter(({ account }) => account === caller.account);
  if (kind.alike) {
    const { alike } = kind;
    const found = own.filter(({ properties }) =>
      alike.every(
        (property) => inputs[property] === undefined || same(inputs[property], properties[property]),
      ),
    );
    return nearest(kind, inputs, found).map(({ id }) => id);
  }
  const { name, scope = caller.account } = kind.identity({ things: store, caller, inputs, urn, again: [] });
  if (`${scope} ${name}`.includes(UNKNOWN)) return []; // depends on something that is not created yet
  const named = store.named(type, scope, name);
  if (named) return [named.id];
  return clues
    ? store
        .list(type)
        .filter((thing) => same(scope, thing.scope) && same(name, thing.name))
        .map(({ id }) => id)
    : [];
}

// Prefers, among similar ones, those that would not have to be replaced.
function nearest({ facts }: Kind, inputs: Properties, found: Thing[]): Thing[] {
  const unchanged = found.filter(({ properties }) =>
    facts.replaces.every(
      (path) => inputs[path] === undefined || isDeepStrictEqual(inputs[path], properties[path]),
    ),
  );
  return unchanged.length > 0 ? unchanged : found;
}
