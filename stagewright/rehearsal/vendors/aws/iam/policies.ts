import type { Thing } from "../../../store";
import type { Kind, Occasion } from "../../../vendor";
import { refuse } from "../errors";
import { facts } from "../facts";
import { parsePolicy, policySize } from "../policy";
import { malformed, statedName } from "./names";

/**
 * An inline policy of a user or a role; a write overwrites an existing policy of that name.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html
 *
 * @param quota the maximum total length of all inline policies of one owner, in characters
 */
export function inlinePolicy(
  type: "aws:iam/userPolicy:UserPolicy" | "aws:iam/rolePolicy:RolePolicy",
  owner: "user" | "role",
  quota: number,
  find: (occasion: Occasion, name: string) => Thing,
): Kind {
  const ownerOf = ({ inputs }: Pick<Occasion, "inputs">) => String(inputs[owner]);
  return {
    facts: facts[type],
    identity: (occasion) => ({
      name: statedName(type, occasion.inputs),
      scope: `${occasion.caller.account}/${ownerOf(occasion).toLowerCase()}`,
    }),
    overwrites: () => true,
    // Two accounts may each have such a user, with such a policy.
    id: (occasion, name) => `${ownerOf(occasion)}:${name}`,
    rules(occasion) {
      const { inputs, things, caller } = occasion;
      find(occasion, ownerOf(occasion));
      for (const { principals, actions, resources } of parsePolicy(inputs.policy, malformed)) {
        if (principals.length > 0) malformed("Policy document should not specify a principal.");
        if (resources.length === 0) malformed("Policy statement must contain resources.");
        if (actions.some((action) => !action.includes(":") && action !== "*")) {
          malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        const bad = resources.find((resource) => resource !== "*" && !resource.startsWith("arn:"));
        if (bad !== undefined) malformed(`Resource ${bad} must be in ARN format or "*".`);
      }
      const others = things
        .list(type)
        .filter(
          (thing) =>
            thing.scope === `${caller.account}/${ownerOf(occasion).toLowerCase()}` &&
            thing.name !== inputs.name,
        );
      const size = [...others.map(({ properties }) => properties.policy), inputs.policy]
        .map(policySize)
        .reduce((sum, part) => sum + part, 0);
      if (size > quota) {
        refuse(
          409,
          "LimitExceeded",
          `Maximum policy size of ${quota} bytes exceeded for ${owner} ${ownerOf(occasion)}`,
        );
      }
    },
    latency: { create: 1, update: 1, delete: 1 },
  };
}
