import { costOfSpec } from "../cost/cost";
import { ConfigError } from "../environment/problems";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { type EphemeralSpec, ephemeral } from "../environment/schema/ephemeral";
import { hoursOf } from "./lifetime";
import { Refusal } from "./refusal";
import type { View } from "./view";

/** The limits for environments like this one: as stated, else the defaults. */
export function limitsOf({ ephemeral: stated }: Pick<EnvironmentSpec, "ephemeral">): EphemeralSpec {
  return stated ?? ephemeral.parse({});
}

/**
 * Hours to live, as asked for.
 * @param text `72h`, `14d` or `none`; default: what the limits say
 * @throws ConfigError where it is no time to live, or a longer one than is allowed
 */
export function timeToLive(text: string | undefined, limits: EphemeralSpec): number | null {
  const hours = hoursOf(text ?? limits.ttl);
  const most = hoursOf(limits.maxTtl) ?? 0;
  const accepted = `accepted: hours or days up to ${limits.maxTtl}, for example ${limits.ttl}${limits.sandboxes ? ", or none" : ""}`;
  const wrong = (says: string) => new ConfigError([{ file: "--ttl", key: "", says: `${says}; ${accepted}` }]);
  if (hours === undefined) throw wrong(`is '${text}'`);
  if (hours === null && !limits.sandboxes) throw wrong("is 'none', which ephemeral.sandboxes does not allow");
  if (hours !== null && hours > most) throw wrong(`is '${text ?? limits.ttl}', which is too long`);
  return hours;
}

/** @throws Refusal where one more environment would be one too many. */
export function refuseMany(others: number, { max }: EphemeralSpec): void {
  if (others < max) return;
  throw new Refusal(
    `there ${others === 1 ? "is 1 ephemeral environment" : `are ${others} ephemeral environments`} already, and ephemeral.max is ${max}; destroy one first`,
  );
}

/**
 * @throws Refusal where the environment would cost more together with the others than all of them
 *   may.
 */
export function refuseCost(spec: EnvironmentSpec, others: readonly View[], monthly: number): void {
  const { total, unknown } = costOfSpec(spec);
  const spent = others.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
  const unpriced = [...unknown, ...others.flatMap(({ name, cost }) => (cost === null ? [name] : []))];
  if (unpriced.length > 0)
    throw new Refusal(
      `ephemeral.monthly caps the cost at ${usd(monthly)} a month, but no price is known of ${unpriced.join(", ")}`,
    );
  if (spent + total > monthly)
    throw new Refusal(
      `it would cost ${usd(total)} a month, and with the ${usd(spent)} of the others that is more than ephemeral.monthly, ${usd(monthly)}; destroy one first`,
    );
}

function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
