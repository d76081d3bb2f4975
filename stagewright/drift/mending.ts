import { refusalOf } from "../rehearsal/refusals";
import type { Refusal } from "../rehearsal/vendor";
import type { Change } from "../review/change/change";
import { because, holding, holds } from "../review/summary/risks/data";
import { listed } from "../text/words";

/**
 * Describes what the next `pulumi up`, which refreshes first, does about changes made by hand: one
 * sentence for each kind.
 *
 * @param changes before is what was deployed, after is what the vendors have
 * @param environment its name, for a person
 */
export function mendingOf(changes: readonly Change[], environment: string): string[] {
  const deleted = changes.filter(({ operation }) => operation === "delete");
  const lost = deleted.filter((change) => holds(change) !== undefined);
  const parts = deleted.filter((change) => holds(change) === undefined);
  const updated = changes.filter(({ operation }) => operation === "update");
  const refused = updated.filter(refusal);
  const replaced = updated.filter((change) => !refusal(change) && forces(change));
  const back = updated.filter((change) => !refusal(change) && !forces(change));
  return [
    ...named(back, (names) => `pulumi up puts ${names} back as declared.`),
    ...named(parts, (names) => `pulumi up makes ${names} anew.`),
    ...lost.map(
      (change) =>
        `pulumi up makes the ${holding(change, { environment })} anew, and empty: what it held comes back from a backup alone.`,
    ),
    ...replaced.map((change) => {
      const what = holds(change) ? `the ${holding(change, { environment })} by an empty one` : change.name;
      return change.before?.protect
        ? `pulumi up fails: it would replace ${what}${because(change)}, and that is protected.`
        : `pulumi up replaces ${what}${because(change)}.`;
    }),
    ...refused.map((change) => {
      const { says, instead } = refusal(change) ?? { says: "", instead: "" };
      return `pulumi up fails at ${change.name}: ${says} ${instead}`;
    }),
    ...(changes.length > 0 ? ["State what is to stay in the spec before the next pulumi up."] : []),
  ];
}

function named(changes: readonly Change[], says: (names: string) => string): string[] {
  return changes.length === 0 ? [] : [says(listed(changes.map(({ name }) => name)))];
}

// An `up` would have to change the state that the vendor has.
function refusal({ type, before, after }: Change): Refusal | undefined {
  return before && after && refusalOf(type, after.inputs, before.inputs);
}

function forces({ values }: Change): boolean {
  return values.some((value) => value.forces);
}
