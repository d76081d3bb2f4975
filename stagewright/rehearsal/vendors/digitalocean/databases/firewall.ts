import { isIPv6 } from "node:net";
import type { Properties } from "../../../../../providers/protocol/provider";
import type { Things } from "../../../store";
import { digits, type Kind } from "../../../vendor";
import { findDroplet, isAddressOrBlock, objects, refuse, tagExists } from "../api";
import { facts } from "../facts";
import { findCluster } from "./cluster";

const TYPE = "digitalocean:index/databaseFirewall:DatabaseFirewall";

/** https://docs.digitalocean.com/products/databases/postgresql/details/limits/ */
const MOST_ADDRESSES = 100;

/**
 * The allowed sources of a cluster:
 * https://docs.digitalocean.com/reference/api/reference/databases/#databases_update_firewall_rules
 */
export const databaseFirewall: Kind = {
  facts: facts[TYPE],
  // A cluster has one set of rules, and every write replaces all of it.
  identity: ({ inputs }) => ({ name: "rules", scope: String(inputs.clusterId) }),
  id: (_, __, clusterId) => `${clusterId}-${digits(26, TYPE, clusterId)}`,
  overwrites: () => true,
  rules({ things, inputs }) {
    findCluster(things, inputs.clusterId);
    const rules = objects(inputs, "rules");
    for (const rule of rules) checkRule(things, rule);
    // A droplet counts twice, for its public and its private address.
    const addresses = rules.reduce((sum, { type }) => sum + (type === "droplet" ? 2 : 1), 0);
    if (addresses > MOST_ADDRESSES)
      refuse(422, `a database cluster has up to ${MOST_ADDRESSES} trusted sources.`);
  },
  latency: { create: 2, update: 2, delete: 2 },
};

function checkRule(things: Things, { type, value }: Properties): void {
  const text = String(value);
  switch (type) {
    case "droplet":
      findDroplet(things, text);
      return;
    case "tag":
      if (!tagExists(things, text)) refuse(422, `the tag '${text}' does not exist.`);
      return;
    case "ip_addr":
      if (isIPv6(text.split("/")[0] ?? ""))
        refuse(422, `'${text}': trusted sources cannot be IPv6 addresses.`);
      if (!isAddressOrBlock(text)) refuse(422, `'${text}' is not an IP address or CIDR.`);
      return;
    case "app":
    case "k8s":
      // The rehearsal plays neither, so a reference to one cannot be valid.
      refuse(422, `the ${type} '${text}' could not be found.`);
      break;
    default:
      refuse(
        422,
        `invalid type '${type}' of a trusted source: it is not one of ip_addr, droplet, k8s, tag, app.`,
      );
  }
}
