import { line } from "../rules";
import type { Gate } from "./gate";

/**
 * Only the owner starts a deploy by hand; what the tracked branch gets and the clock start one,
 * whoever merged it.
 */
export const owner: Gate = ({ target: { rules }, way }) =>
  rules.owner === undefined || !way.hand
    ? []
    : [
        {
          name: "Is it the owner?",
          states: line(rules, ["owner"], rules.owner),
          if: "github.event_name == 'workflow_dispatch'",
          env: { OWNER: rules.owner },
          script: "gates/owner.sh",
        },
      ];
