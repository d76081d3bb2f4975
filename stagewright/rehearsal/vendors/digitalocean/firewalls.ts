import type { Properties } from "../../../../providers/protocol/provider";
import type { Things } from "../../store";
import type { Kind } from "../../vendor";
import {
  findDroplet,
  isAddressOrBlock,
  list,
  moment,
  nameOf,
  objects,
  refuse,
  TYPES,
  tagExists,
  texts,
} from "./api";
import { facts } from "./facts";

/** https://docs.digitalocean.com/products/networking/firewalls/details/limits/ */
const MOST = { droplets: 10, tags: 5, rules: 50 };

/** https://docs.digitalocean.com/reference/api/reference/firewalls/#firewalls_create */
export const firewall: Kind = {
  facts: facts[TYPES.firewall],
  identity: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  rules({ things, inputs, caller, urn, id }) {
    const name = nameOf(inputs, urn);
    if (!/^[a-zA-Z0-9][a-zA-Z0-9.-]{0,254}$/.test(name))
      refuse(
        422,
        `invalid name '${name}': it must start with a letter or digit and have only these, . and -.`,
      );
    const taken = things.named(TYPES.firewall, caller.account, name);
    if (taken && taken.id !== id) refuse(409, `duplicate name: a firewall '${name}' exists`);
    const [inbound, outbound] = [objects(inputs, "inboundRules"), objects(inputs, "outboundRules")];
    if (inbound.length + outbound.length === 0) refuse(422, "At least one rule must be specified");
    if (inbound.length + outbound.length > MOST.rules)
      refuse(422, `a firewall has up to ${MOST.rules} inbound and outbound rules`);
    for (const rule of inbound) checkRule(things, rule, "inbound", "source");
    for (const rule of outbound) checkRule(things, rule, "outbound", "destination");
    checkMembers(things, inputs);
  },
  derived: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  // The state once the rules have reached the droplets.
  outputs: (_, id) => ({ createdAt: moment(id), pendingChanges: [], status: "succeeded" }),
  latency: { create: 3, update: 3, delete: 2 },
};

function checkMembers(things: Things, inputs: Properties): void {
  const droplets = list(inputs, "dropletIds");
  if (droplets.length > MOST.droplets)
    refuse(422, `a firewall has up to ${MOST.droplets} droplets of their own; use a tag for more`);
  for (const droplet of droplets) findDroplet(things, droplet);
  const tags = texts(inputs, "tags");
  if (tags.length > MOST.tags) refuse(422, `a firewall has up to ${MOST.tags} tags`);
  checkTagsExist(things, tags);
}

function checkRule(
  things: Things,
  rule: Properties,
  direction: string,
  side: "source" | "destination",
): void {
  const { protocol, portRange } = rule;
  const where = `${direction} rule (${protocol} ${portRange ?? ""})`;
  if (!["tcp", "udp", "icmp"].includes(String(protocol)))
    refuse(422, `invalid ${where}: the protocol is not one of tcp, udp, icmp`);
  if (protocol !== "icmp") {
    if (portRange === undefined || portRange === "")
      refuse(422, `\`port_range\` of ${direction} rules is required if protocol is \`tcp\` or \`udp\``);
    if (!isPortRange(String(portRange)))
      refuse(422, `invalid ${where}: ports are one such as 22, a range such as 8000-9000, or all`);
  }
  const addresses = texts(rule, `${side}Addresses`);
  const bad = addresses.find((address) => !isAddressOrBlock(address));
  if (bad !== undefined) refuse(422, `invalid ${where}: '${bad}' is not an IP address or CIDR`);
  for (const droplet of list(rule, `${side}DropletIds`)) findDroplet(things, droplet);
  checkTagsExist(things, texts(rule, `${side}Tags`));
  // The rehearsal plays neither load balancers nor Kubernetes clusters, so a reference to one
  // cannot be valid.
  for (const property of [`${side}LoadBalancerUids`, `${side}KubernetesIds`])
    for (const other of texts(rule, property)) refuse(422, `invalid ${where}: '${other}' could not be found`);
  const named = ["Addresses", "DropletIds", "Tags"].some((part) => list(rule, side + part).length > 0);
  if (!named) refuse(422, `invalid ${where}: it must have at least one ${side}`);
}

function checkTagsExist(things: Things, tags: readonly string[]): void {
  const missing = tags.find((tag) => !tagExists(things, tag));
  if (missing !== undefined) refuse(422, `the tag '${missing}' does not exist`);
}

function isPortRange(text: string): boolean {
  if (text === "all") return true;
  const [, low, high] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  return (
    low !== undefined &&
    Number(low) >= 1 &&
    Number(low) <= Number(high ?? low) &&
    Number(high ?? low) <= 65535
  );
}
