import type { Listening } from "../../providers/protocol/listen";
import { serve } from "../../providers/protocol/serve";
import { Conditions } from "./conditions";
import { playVendor } from "./session";
import { CloudStore } from "./store";
import { vendors } from "./vendors";
import { playNetlify } from "./vendors/netlify";

/** The rehearsal cloud while it is open: every vendor listens on the loopback. */
export interface RunningCloud {
  store: CloudStore;
  /** For the engine: `PULUMI_DEBUG_PROVIDERS`, which attaches it to the vendors. */
  attach: string;
  close(): void;
}

/** Opens the cloud in a file, made where it does not exist. Several engines and processes may use one file at once. */
export async function openCloud(file: string, conditions = new Conditions()): Promise<RunningCloud> {
  const store = new CloudStore(file);
  const netlify = await playNetlify(store, conditions);
  const providers = [...vendors.map((vendor) => playVendor(vendor, store, conditions)), netlify.provider];
  const served = await Promise.all(
    providers.map(async (provider) => [provider.name, await serve(provider)] as [string, Listening]),
  );
  return {
    store,
    attach: served.map(([name, { port }]) => `${name}:${port}`).join(","),
    close() {
      for (const [, { stop }] of served) stop();
      netlify.stop();
      store.close();
    },
  };
}
