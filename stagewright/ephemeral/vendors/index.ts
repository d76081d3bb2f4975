import type { EnvironmentSpec } from "../../environment/schema/environment";
import type { Found } from "../stacks";
import { markedAtAws } from "./aws";
import { markedAt } from "./http";
import { VENDORS } from "./listings";

/**
 * What carries the mark of an ephemeral environment at the vendors, as far as they can be asked
 * with the credentials of this process. Nothing that a vendor answers is an error here: it is a
 * reason in `unasked`.
 *
 * @param likes the system's environments, which name the AWS accounts, repositories, organizations
 *   and zones to ask for
 */
export async function markedAtVendors(likes: readonly EnvironmentSpec[]): Promise<Found> {
  const all = await Promise.all([...VENDORS.map((vendor) => markedAt(vendor, likes)), markedAtAws(likes)]);
  return { found: all.flatMap(({ found }) => found), unasked: all.flatMap(({ unasked }) => unasked) };
}
