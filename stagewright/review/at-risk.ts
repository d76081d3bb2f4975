import type { EngineEvent } from "../rehearsal/events";
import type { Existing } from "../rehearsal/existing/existing";
import type { ResourceState } from "../resources/graph";
import { changesIn } from "./change/events";
import { providerChangesIn } from "./change/providers";
import { risksOf } from "./summary/risks";

/**
 * Describes, one sentence each, the resources that a preview would create a second time, and the
 * data that it would lose or leave behind at a vendor.
 *
 * @param environment its name
 * @param existing resources that it would create although they exist
 * @param standing returns the resources before the change; called only if a provider changes or
 *   something is created
 */
export async function dataAtRisk(
  environment: string,
  events: readonly EngineEvent[],
  existing: readonly Existing[],
  standing: () => Promise<readonly ResourceState[]>,
): Promise<string[]> {
  const providers = providerChangesIn(events);
  const changes = changesIn(events);
  const asked = providers.length > 0 || changes.some(({ operation }) => operation === "create");
  const found = risksOf({
    environment,
    byHand: false,
    changes,
    providers,
    existing,
    standing: asked ? await standing() : [],
    secretVariables: [],
  });
  return found
    .filter(({ kind, level }) => kind === "second" || (kind === "data" && level === "danger"))
    .map(({ says }) => says);
}
