import { expression, plain } from "../document";
import { line } from "../rules";
import type { Gate } from "./gate";

/** Whoever starts a deploy types the stated text. */
export const confirm: Gate = ({ target: { rules } }) =>
  rules.gates.confirm === undefined
    ? []
    : [
        {
          name: "Is it confirmed?",
          states: line(rules, ["gates", "confirm"], rules.gates.confirm),
          env: { EXPECTED: plain(rules.gates.confirm), TYPED: expression("inputs.confirm") },
          script: "gates/confirm.sh",
        },
      ];
