import type { Properties, Provider } from "../../../providers/protocol/provider";
import type { DeployedResource } from "../../resources/deployment";
import { playVendors } from "../cloud";
import { providerConfigs, providerOf, Recorded } from "../existing/recorded";
import { accountOf, kindOf } from "../lookup";
import type { Rehearsal } from "../run";
import { CloudStore } from "../store";
import type { Adoption } from "./adopting";
import { candidates } from "./candidates";

/** A resource at a vendor that is similar to a managed one and that no state contains. */
export interface Surplus {
  type: string;
  id: string;
  /** The similar managed resource. */
  urn: string;
}

/**
 * Finds resources that were created twice, or that are useless because their answer was lost. An
 * unused credential is deleted, since nobody received its secret, if its successor is in use or
 * still to be created; any other similar resource may belong to somebody, so it is only reported.
 */
export async function removeSurplus(
  rehearsal: Rehearsal,
  stack: string,
  { unfit }: Adoption,
): Promise<{ removed: Surplus[]; left: Surplus[] }> {
  const { state, project, options } = rehearsal;
  const recorded = new Recorded(state);
  const resources = state.resources(project.name, stack);
  const configs = providerConfigs(resources);
  const store = new CloudStore(options.cloud);
  const played = await playVendors(store);
  const result = { removed: [] as Surplus[], left: [] as Surplus[] };
  try {
    for (const resource of resources.filter(canBeTwice)) {
      const { urn, type, inputs = {} } = resource;
      const providerConfig = configs.get(providerOf(resource.provider)) ?? {};
      const others = candidates(store, { urn, type, inputs, providerConfig }).filter(
        (id) => !recorded.manager(type, id, accountOf(type, providerConfig) ?? ""),
      );
      for (const id of others) {
        const used = isUsed(store, id);
        if (used && type === DEPLOY_KEY) continue; // of another site
        if (used || !isSecret(type) || !isUsed(store, resource.id ?? "")) result.left.push({ type, id, urn });
        else {
          await remove(played.providers, { urn, type, id }, providerConfig);
          result.removed.push({ type, id, urn });
        }
      }
    }
    // The next `up` creates another one, whose answer arrives.
    for (const [urn, { type, ids, why, providerConfig }] of unfit) {
      for (const id of ids) {
        if (why !== "secret lost" || !isSecret(type) || isUsed(store, id)) continue;
        await remove(played.providers, { urn, type, id }, providerConfig);
        result.removed.push({ type, id, urn });
      }
    }
    return result;
  } finally {
    played.stop();
    store.close();
  }
}

const DEPLOY_KEY = "netlify:index/deployKey:DeployKey";
const BUILD_HOOK = "netlify:index/buildHook:BuildHook";

function canBeTwice({ type }: DeployedResource): boolean {
  return kindOf(type)?.alike !== undefined || type === DEPLOY_KEY || type === BUILD_HOOK;
}

// The private half of a public key may be in use in a place that no vendor shows.
function isSecret(type: string): boolean {
  return type === DEPLOY_KEY || kindOf(type)?.once !== undefined;
}

// Whether anything visible at a vendor uses it: a config var with the key's id, a site with its
// deploy key.
function isUsed(store: CloudStore, id: string): boolean {
  const own = id.split("/").at(-1) ?? id;
  return store
    .all()
    .some(
      (thing) =>
        thing.id !== own &&
        !thing.type.startsWith("random:") &&
        JSON.stringify(thing.properties).includes(own),
    );
}

async function remove(
  providers: readonly Provider[],
  { urn, type, id }: Surplus,
  config: Properties,
): Promise<void> {
  const provider = providers.find(({ name }) => type.startsWith(`${name}:`));
  const session = await provider?.open(config);
  await session?.delete({ urn, type, name: urn.split("::").at(-1) ?? "" }, id, {});
}
