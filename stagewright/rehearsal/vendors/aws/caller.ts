import { type Properties, ProviderError, UNKNOWN } from "../../../../providers/protocol/provider";
import type { Caller } from "../../vendor";

/** The account of a caller that does not choose one. */
const DEFAULT_ACCOUNT = "000000000000";

/**
 * Returns the caller for a provider configuration: the account of the last role assumed, else the
 * first one allowed, as if the credentials belonged to it.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs#provider-configuration
 */
export function caller(config: Properties): Caller {
  const region = setting(config, "region");
  if (typeof region !== "string" || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new ProviderError(
      region === undefined
        ? "invalid provider configuration: missing region, state aws:region or the provider's 'region'"
        : `invalid AWS Region: ${String(region)}`,
    );
  }
  const roles = listOf<{ roleArn?: string }>(setting(config, "assumeRoles"));
  const allowed = listOf<string>(setting(config, "allowedAccountIds"));
  const forbidden = listOf<string>(setting(config, "forbiddenAccountIds"));
  const account = /^arn:aws[\w-]*:iam::(\d{12}):role\//.exec(roles.at(-1)?.roleArn ?? "")?.[1];
  if (roles.length > 0 && account === undefined) {
    throw new ProviderError(`cannot assume IAM Role: '${roles.at(-1)?.roleArn ?? ""}' is no ARN of a role`);
  }
  const used = account ?? allowed[0] ?? DEFAULT_ACCOUNT;
  if ((allowed.length > 0 && !allowed.includes(used)) || forbidden.includes(used)) {
    throw new ProviderError(`AWS account ID not allowed: ${used}`);
  }
  return { account: used, config: { region, defaultTags: defaultTags(setting(config, "defaultTags")) } };
}

/** The region of an operation: the resource's own if it sets one, else the provider's. */
export function regionOf({ inputs, caller }: { inputs: Properties; caller: Caller }): string {
  return String(inputs.region ?? caller.config.region);
}

/** Output `tagsAll`: the provider's default tags, overridden by the resource's own. */
export function tagsAll({ inputs, caller }: { inputs: Properties; caller: Caller }): Properties {
  return { tagsAll: { ...(caller.config.defaultTags as Properties), ...(inputs.tags as Properties) } };
}

function defaultTags(stated: unknown): Properties {
  return ((stated as { tags?: Properties } | undefined)?.tags ?? {}) as Properties;
}

// The engine passes every value of a provider's configuration but strings as JSON.
function setting(config: Properties, name: string): unknown {
  const value = config[name];
  if (value === UNKNOWN || value === "") return undefined;
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  return JSON.parse(value);
}

function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? value : [];
}
