import type { Properties, ProviderSession, ResourceState } from "../../providers/protocol/provider";
import { Conditions } from "../../stagewright/rehearsal/conditions";
import { playVendor } from "../../stagewright/rehearsal/session";
import { CloudStore } from "../../stagewright/rehearsal/store";
import type { Vendor } from "../../stagewright/rehearsal/vendor";

/** A vendor of the rehearsal cloud as the engine drives it, without the engine. */
export interface Play {
  store: CloudStore;
  session: ProviderSession;
  /** Checks and creates a resource; refuses as the vendor does. */
  create(type: string, name: string, inputs: Properties): Promise<ResourceState>;
  update(type: string, name: string, id: string, inputs: Properties): Promise<Properties>;
  remove(type: string, name: string, id: string): Promise<void>;
  /** The paths that change, and how. */
  diff(type: string, olds: Properties, news: Properties): Promise<Record<string, string>>;
}

/**
 * Opens a session on an empty cloud, or on that of another session, with the provider's
 * configuration.
 */
export async function play(
  vendor: Vendor,
  options: { config?: Properties; store?: CloudStore; stack?: string } = {},
): Promise<Play> {
  const { config = {}, store = new CloudStore(":memory:"), stack = "test" } = options;
  const session = await playVendor(vendor, store, new Conditions()).open(config);
  const ref = (type: string, name: string) => ({
    urn: `urn:pulumi:${stack}::project::${type}::${name}`,
    type,
    name,
  });
  return {
    store,
    session,
    async create(type, name, inputs) {
      const checked = await session.check(ref(type, name), inputs, {});
      const [failure] = checked.failures;
      if (failure) throw new Error(failure.reason);
      return session.create(ref(type, name), checked.inputs, false);
    },
    update: (type, name, id, inputs) => session.update(ref(type, name), id, {}, inputs, false),
    remove: (type, name, id) => session.delete(ref(type, name), id, {}),
    diff: async (type, olds, news) => (await session.diff(ref(type, "it"), "1", olds, news, [])).changes,
  };
}
