import { expression } from "../document";
import { line } from "../rules";
import { type Gate, hotfixOf } from "./gate";

/** A hotfix has a reason and leaves a trace. */
export const hotfix: Gate = ({ target, way }) => {
  const { rules } = target;
  if (!way.hand || !rules.hotfix) return [];
  const anything = rules.onRequest || rules.ownBranch || rules.gates.confirm !== undefined;
  return [
    {
      name: "If it is a hotfix, why?",
      states: line(rules, ["hotfix"], rules.hotfix),
      env: {
        ...hotfixOf({ target, way }),
        HOTFIX_REASON: expression("inputs.reason"),
        ONLY_HOTFIXES: `${!anything}`,
      },
      script: "gates/hotfix.sh",
    },
  ];
};
