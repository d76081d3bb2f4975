import { line } from "../rules";
import type { Gate } from "./gate";

/** Only the owner starts a deploy; the clock may, too. */
export const owner: Gate = ({ target: { rules } }) =>
  rules.owner === undefined
    ? []
    : [
        {
          name: "Is it the owner?",
          states: line(rules, ["owner"], rules.owner),
          id: "owner",
          if: "github.event_name != 'schedule' && github.event_name != 'workflow_run'",
          env: { OWNER: rules.owner },
          script: "gates/owner.sh",
          quiet: true,
        },
      ];
