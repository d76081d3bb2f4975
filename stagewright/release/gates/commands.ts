import { plain } from "../document";
import { line } from "../rules";
import { checkout } from "../steps/checkout";
import type { Gate } from "./gate";

/**
 * The stated commands succeed in a checkout of the commit. They are the repository's own code:
 * their job has no secret.
 */
export const commands: Gate = ({ target: { rules }, commit }) => {
  const stated = Object.entries(rules.gates.commands);
  if (stated.length === 0) return [];
  return [
    checkout(commit),
    ...stated.map(([name, command]) => ({
      states: line(rules, ["gates", "commands", name], command),
      step: {
        name: plain(`Run ${name}`),
        env: { COMMAND: plain(command) },
        shell: "bash",
        run: 'bash -euo pipefail -c "$COMMAND"\n',
      },
    })),
  ];
};
