import type { Properties } from "../../providers/protocol/provider";
import { UNKNOWN } from "../../providers/protocol/provider";
import type { CloudStore } from "./store";
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

/** The id of what the rehearsal cloud holds under the physical name of a declared resource; `undefined`: nothing. */
export function findDeclared(
  store: CloudStore,
  { type, urn, inputs, providerConfig }: Declared,
): string | undefined {
  if (type.startsWith("netlify:")) return findInNetlify(store, type, inputs);
  const vendor = vendors.find(({ kinds }) => type in kinds);
  const kind = vendor?.kinds[type];
  if (!vendor || !kind) return undefined;
  const caller = vendor.caller(providerConfig);
  const { name, scope = caller.account } = kind.identity({ things: store, caller, inputs, urn });
  if (`${scope} ${name}`.includes(UNKNOWN)) return undefined; // depends on something that is not made yet
  return store.named(type, scope, name)?.id;
}
