import type { Listening } from "../../providers/protocol/listen";
import type { Provider } from "../../providers/protocol/provider";
import { serve } from "../../providers/protocol/serve";
import { Conditions } from "./conditions";
import { playVendor } from "./session";
import { CloudStore } from "./store";
import { vendors } from "./vendors";
import { playNetlify } from "./vendors/netlify";

/** An open rehearsal cloud: every vendor listens on the loopback. */
export interface RunningCloud {
  store: CloudStore;
  /** For the engine: `PULUMI_DEBUG_PROVIDERS`, which attaches it to the vendors. */
  attach: string;
  close(): void;
}

/** The providers of all vendors on an open cloud. */
export interface PlayedVendors {
  providers: Provider[];
  stop(): void;
}

/** Serves every vendor on a cloud. */
export async function playVendors(store: CloudStore, conditions = new Conditions()): Promise<PlayedVendors> {
  const netlify = await playNetlify(store, conditions);
  const providers = [...vendors.map((vendor) => playVendor(vendor, store, conditions)), netlify.provider];
  return { providers, stop: netlify.stop };
}

/**
 * Opens the cloud in a file, which it creates if missing. Several engines and processes may use one
 * file at once.
 *
 * @param as how the vendors behave in this run. Default: normally
 */
export async function openCloud(
  file: string,
  conditions = new Conditions(),
  as: (provider: Provider, store: CloudStore) => Provider = (provider) => provider,
): Promise<RunningCloud> {
  const store = new CloudStore(file);
  const played = await playVendors(store, conditions);
  const served = await Promise.all(
    played.providers.map(
      async (provider) => [provider.name, await serve(as(provider, store))] as [string, Listening],
    ),
  );
  return {
    store,
    attach: served.map(([name, { port }]) => `${name}:${port}`).join(","),
    close() {
      for (const [, { stop }] of served) stop();
      played.stop();
      store.close();
    },
  };
}
