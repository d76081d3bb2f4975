import { logicalName } from "../../../providers/protocol/names";
import type { Recovered } from "../../rehearsal/recover/recover";
import { shortType } from "./names";

/** The results of a recovery, one per line. */
export function recoveredLines({ adopted, drawn, unfit, removed, left }: Recovered): string[] {
  const said = ({ urn, type, id }: { urn: string; type: string; id: string }) =>
    `${logicalName(urn)} (${shortType(type)} ${id})`;
  return [
    ...adopted.map((one) => `adopted ${said(one)}`),
    ...drawn.map(
      (urn) =>
        `drew ${logicalName(urn)} anew: its value was in the lost state alone, and the next up puts it where it is used`,
    ),
    ...unfit.map(({ urn, type, ids, why }) =>
      why === "unclear"
        ? `did not adopt ${logicalName(urn)} (${shortType(type)}): ${ids.join(" and ")} are alike, so nobody knows which is meant; delete or rename all but one at the vendor and run recover again`
        : `did not adopt ${said({ urn, type, id: ids.join() })}: its secret half was in the lost state alone; the next up makes another, and this one can be deleted at the vendor once it is not used`,
    ),
    ...removed.map(
      (one) =>
        `deleted ${said(one)}: nothing uses it, and nobody has its secret, since the answer that gave it was lost`,
    ),
    ...left.map(
      (one) =>
        `left ${said(one)}: no state knows it, and it may be in use; delete it at the vendor once it is not`,
    ),
    adopted.length === 0 ? "nothing was left unrecorded" : `${adopted.length} adopted`,
  ];
}
