import { packageOf } from "../../../providers/protocol/names";
import {
  type Properties,
  type Provider,
  ProviderError,
  type ResourceRef,
} from "../../../providers/protocol/provider";
import { configOf } from "../../../providers/protocol/values";
import type { Tree } from "../../environment/merge";
import { Conditions } from "../../rehearsal/conditions";
import { playVendor } from "../../rehearsal/session";
import type { CloudStore } from "../../rehearsal/store";
import { vendors } from "../../rehearsal/vendors";
import { playNetlify } from "../../rehearsal/vendors/netlify";

/**
 * Makes a resource as an engine would; `provider` holds the inputs of its provider.
 */
export type Make = (
  ref: ResourceRef,
  inputs: Properties,
  provider: Tree,
) => Promise<{ id: string; state: Properties }>;

/**
 * The vendors of the rehearsal cloud, called directly: they make a program's registrations in a
 * store, without an engine.
 */
export async function makerIn(store: CloudStore): Promise<{ make: Make; stop(): void }> {
  const conditions = new Conditions();
  const netlify = await playNetlify(store, conditions);
  const providers = new Map<string, Provider>(
    [...vendors.map((vendor) => playVendor(vendor, store, conditions)), netlify.provider].map((provider) => [
      provider.name,
      provider,
    ]),
  );
  const make: Make = async (ref, inputs, config) => {
    const provider = providers.get(packageOf(ref.type));
    if (!provider) throw new ProviderError(`the rehearsal cloud does not know the resource type ${ref.type}`);
    const session = await provider.open(configOf(config));
    const checked = await session.check(ref, inputs, {});
    const [failure] = checked.failures;
    if (failure) throw new ProviderError(failure.reason);
    return session.create(ref, checked.inputs, false);
  };
  return { make, stop: () => netlify.stop() };
}
