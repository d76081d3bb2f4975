import { type Properties, ProviderError } from "../../../../../providers/protocol/provider";
import type { Occasion } from "../../../vendor";
import { refuse } from "../errors";
import type { Malformed } from "../policy";

// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
export const malformed: Malformed = (why) => refuse(400, "MalformedPolicyDocument", why);

/** The explicit name of an IAM resource. A random one could not be found again after a crash. */
export function statedName(type: string, inputs: Properties): string {
  if (typeof inputs.name === "string") return inputs.name;
  throw new ProviderError(
    `the rehearsal cloud wants physical names stated, since a name drawn at random cannot be found again: state 'name' of ${type}`,
  );
}

/**
 * Names of users and roles: at most 64 characters, unique in the account without regard to case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function identityOf(type: string) {
  return ({ inputs }: Occasion) => ({ name: statedName(type, inputs).toLowerCase() });
}

export function checkName(
  kind: "User" | "Role",
  type: string,
  { things, caller, inputs, id }: Occasion,
): void {
  const name = statedName(type, inputs);
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
    refuse(400, "ValidationError", `the name '${name}' must be 1 to 64 of A-Z, a-z, 0-9 and _+=,.@-`);
  }
  const other = things.named(type, caller.account, name.toLowerCase());
  if (other && other.id !== id) {
    refuse(409, "EntityAlreadyExists", `${kind} with name ${name} already exists.`);
  }
}

/** The part of an ARN between the account and the name. */
export function pathOf({ path }: Properties): string {
  return String(path ?? "/");
}
