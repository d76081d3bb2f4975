import type { EnvironmentSpec } from "../environment/schema/environment";
import { type Change, isReal } from "./change/change";
import { changesIn } from "./change/events";
import { emptyStateText, isEmptyState } from "./empty-state";
import { runLive } from "./run-live";
import type { LiveComparison } from "./summary/model";

/**
 * Runs `pulumi preview` with the caller's credentials and state, and reports where it differs from
 * the rehearsal: manual changes, resources never deployed, and anything the rehearsal cloud does
 * not know.
 *
 * @param dir the project's folder
 * @param rehearsed the changes that the rehearsal found
 * @param spec the stack's environment
 */
export async function compareWithLive(
  dir: string,
  stack: string,
  rehearsed: readonly Change[],
  spec: EnvironmentSpec | undefined,
): Promise<LiveComparison> {
  const { events, errors } = await runLive(dir, stack, ["preview"]);
  if (errors.length > 0) return { agreed: 0, differences: [], errors };
  if (isEmptyState(events))
    return { agreed: 0, differences: [emptyStateText(stack, spec)], errors: [], empty: true };
  return { ...compared(rehearsed, changesIn(events)), errors: [] };
}

/** Compares two previews of the same program, resource by resource. */
function compared(
  rehearsed: readonly Change[],
  live: readonly Change[],
): Pick<LiveComparison, "agreed" | "differences"> {
  const wanted = new Map(rehearsed.map((change) => [change.urn, change]));
  const found = new Map(live.filter(isReal).map((change) => [change.urn, change]));
  const urns = [...new Set([...wanted.keys(), ...found.keys()])];
  const differences = urns.flatMap((urn) => {
    const [mine, theirs] = [wanted.get(urn), found.get(urn)];
    const [told, said] = [words(mine), words(theirs)];
    const name = (mine ?? theirs)?.name ?? urn;
    return told === said ? [] : [`${name}: the live preview would ${said}, the rehearsal ${told}.`];
  });
  return { agreed: new Set([...live.map(({ urn }) => urn), ...urns]).size - differences.length, differences };
}

function words(change: Change | undefined): string {
  if (!change) return "leave it as it is";
  if (change.operation === "same") return "change its protection";
  const paths = change.values.map(({ path }) => path).sort();
  return `${change.operation} it${paths.length > 0 ? ` (${paths.join(", ")})` : ""}`;
}
