import { netlifyProvider } from "../../../../providers/netlify/provider";
import type { Provider } from "../../../../providers/protocol/provider";
import type { Conditions } from "../../conditions";
import type { CloudStore } from "../../store";
import { NetlifyInCloud } from "./cloud-store";
import { serveNetlifyApi } from "./server";

/**
 * Our own Netlify provider, the same one that the real Netlify uses, in front of an API that the
 * rehearsal cloud plays.
 */
export async function playNetlify(
  store: CloudStore,
  conditions: Conditions,
): Promise<{ provider: Provider; stop(): void }> {
  const api = await serveNetlifyApi(new NetlifyInCloud(store));
  const real = netlifyProvider();
  const provider: Provider = {
    ...real,
    async open(config) {
      const session = await real.open({ ...config, baseUrl: api.url, token: "rehearsal" });
      return {
        check: session.check,
        diff: session.diff,
        invoke: session.invoke,
        create: (ref, inputs, preview) =>
          preview
            ? session.create(ref, inputs, preview)
            : conditions.during({ type: ref.type, operation: "create" }, () =>
                session.create(ref, inputs, preview),
              ),
        read: (ref, ...rest) =>
          conditions.during({ type: ref.type, operation: "read" }, () => session.read(ref, ...rest)),
        update: (ref, id, olds, news, preview) =>
          preview
            ? session.update(ref, id, olds, news, preview)
            : conditions.during({ type: ref.type, operation: "update" }, () =>
                session.update(ref, id, olds, news, preview),
              ),
        delete: (ref, ...rest) =>
          conditions.during({ type: ref.type, operation: "delete" }, () => session.delete(ref, ...rest)),
      };
    },
  };
  return { provider, stop: () => api.stop() };
}
