import { ProviderError } from "../../../../providers/protocol/provider";
import { withSchemas } from "../../schema";
import type { Vendor } from "../../vendor";
import { DEPLOY_KEY, deployKey } from "./deploy-keys";
import { ENVIRONMENT, environment, POLICY, policy, SECRET, secret, VARIABLE, variable } from "./environments";
import { FILE, file } from "./files";
import { lookups } from "./lookups";
import { members } from "./members";
import { RULESET, ruleset } from "./rulesets";
import { schemas } from "./schema";

export { seedRepository } from "./repositories";

/**
 * GitHub: environments, their secrets, variables and branch policies, files, rulesets and deploy
 * keys of repositories that exist.
 */
export const github: Vendor = {
  name: "github",
  version: "6.15.0",
  kinds: withSchemas(
    {
      [DEPLOY_KEY]: deployKey,
      [ENVIRONMENT]: environment,
      [FILE]: file,
      [POLICY]: policy,
      [RULESET]: ruleset,
      [SECRET]: secret,
      [VARIABLE]: variable,
    },
    schemas,
    members,
  ),
  functions: lookups,
  // https://www.pulumi.com/registry/packages/github/installation-configuration/
  caller(config) {
    const { owner } = config;
    if (typeof owner !== "string" || owner === "")
      throw new ProviderError("github: the provider has no 'owner' whose repositories it manages");
    return { account: owner, config };
  },
};
