import { plain } from "../document";
import { line } from "../rules";
import { type Gate, TOKEN } from "./gate";

/**
 * Every named check is green on the very commit. Those that still run are waited for, half an hour
 * at most.
 */
export const checks: Gate = ({ target: { rules }, commit }) =>
  Object.keys(rules.gates.checks).length === 0
    ? []
    : [
        {
          name: "Are all checks green?",
          states: line(rules, ["gates", "checks"], rules.gates.checks),
          env: { ...TOKEN, COMMIT: commit, CHECKS: plain(JSON.stringify(rules.gates.checks)) },
          script: "gates/checks.sh",
          permissions: {
            checks: { access: "read", why: "to see the checks of the commit" },
            statuses: { access: "read", why: "to see its statuses" },
          },
        },
      ];
