import type { EngineEvent } from "../rehearsal/events";
import type { ResourceState } from "../resources/graph";
import { changesIn } from "./change/events";
import { providerChangesIn } from "./change/providers";
import { risksOf } from "./summary/risks";

/**
 * The data that a preview would lose, or leave behind at a vendor, each in a sentence.
 *
 * @param environment its name
 * @param standing gives the resources as they are before; only asked where a provider changes
 */
export async function dataAtRisk(
  environment: string,
  events: readonly EngineEvent[],
  standing: () => Promise<readonly ResourceState[]>,
): Promise<string[]> {
  const providers = providerChangesIn(events);
  const found = risksOf({
    environment,
    byHand: false,
    changes: changesIn(events),
    providers,
    standing: providers.length > 0 ? await standing() : [],
    secretVariables: [],
  });
  return found.filter(({ kind, level }) => kind === "data" && level === "danger").map(({ says }) => says);
}
