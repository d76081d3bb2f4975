import { plain } from "../document";
import { line } from "../rules";
import { checkout } from "../steps/checkout";
import type { Gate } from "./gate";

/** The stated code is not in the commit. */
export const absent: Gate = ({ target: { rules }, commit }) =>
  Object.keys(rules.gates.absent).length === 0
    ? []
    : [
        checkout(commit),
        {
          name: "Is the code absent that may not be there?",
          states: line(rules, ["gates", "absent"], rules.gates.absent),
          env: { COMMIT: commit, ABSENT: plain(JSON.stringify(rules.gates.absent)) },
          script: "gates/absent.sh",
        },
      ];
