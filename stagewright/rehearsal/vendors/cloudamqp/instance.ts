import { type Properties, ProviderError } from "../../../../providers/protocol/provider";
import {
  cloudamqpBackend,
  cloudamqpInstancePlans,
  cloudamqpRegion,
  cloudamqpSharedPlans,
  cloudamqpVersions,
} from "../../../environment/vendors/cloudamqp";
import { digits, type Kind, uuid } from "../../vendor";
import { facts } from "./facts";

const TYPE = "cloudamqp:index/instance:Instance";

/** An instance: a broker of its own, or a virtual host on a shared one. */
export const instance: Kind = {
  facts: facts[TYPE],
  // Names are labels: an account may use one twice. So the resource distinguishes two instances.
  identity: ({ inputs, urn }) => ({ name: `${nameOf(inputs, urn)} ${urn}` }),
  alike: ["name", "region"],
  id: ({ again }, name) => String(100_000 + (Number.parseInt(digits(8, name, ...again), 16) % 900_000_000)),
  rules({ inputs }) {
    // https://docs.cloudamqp.com/index.html#tag/plans
    if (!cloudamqpInstancePlans.includes(String(inputs.plan)))
      throw new ProviderError(`400 Bad Request: Invalid plan '${inputs.plan}'`);
    // https://docs.cloudamqp.com/index.html#tag/regions
    if (!cloudamqpRegion.pattern.test(String(inputs.region)))
      throw new ProviderError(
        `400 Bad Request: Invalid region '${inputs.region}', not ${cloudamqpRegion.accepted}`,
      );
  },
  // https://github.com/cloudamqp/terraform-provider-cloudamqp/blob/main/docs/resources/instance.md:
  // a server cannot move, and a virtual host on a shared server cannot become a server; only
  // LavinMQ can change from shared to dedicated.
  replaces(olds, news) {
    const [before, after] = [String(olds.plan), String(news.plan)];
    if (isShared(before) && !isShared(after) && cloudamqpBackend(before) === "lavinmq") return [];
    return ["region", "vpcId", "vpcSubnet", ...(isShared(before) === isShared(after) ? [] : ["plan"])];
  },
  defaults: ({ inputs, urn }) => ({
    name: nameOf(inputs, urn),
    noDefaultAlarms: false,
    rmqVersion: cloudamqpVersions[cloudamqpBackend(String(inputs.plan))],
    vpcId: 0,
    vpcSubnet: "",
  }),
  // https://docs.cloudamqp.com/index.html#tag/instances: the answers to a create and a read
  outputs({ inputs }, id) {
    const shared = isShared(String(inputs.plan));
    const username = digits(8, "user", id).replaceAll(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)));
    const password = digits(32, "password", id);
    const server = shared ? animal(id) : `${animal(id)}-${digits(6, "server", id)}`;
    const host = `${server}.${shared ? "rmq" : "rmq2"}.cloudamqp.com`;
    return {
      apikey: uuid("apikey", id),
      credentials: { password, username },
      host,
      hostInternal: host.replace(".", ".in."),
      ready: true,
      url: `amqps://${username}:${password}@${host}/${username}`,
      vhost: username,
    };
  },
  derived: ({ inputs }) => ({
    backend: cloudamqpBackend(String(inputs.plan)),
    dedicated: nodesOf(inputs) > 0,
    nodes: nodesOf(inputs),
  }),
  latency: { create: 120, update: 120, delete: 10 }, // a dedicated server; a shared one takes seconds
};

function nameOf(inputs: Properties, urn: string): string {
  return String(inputs.name ?? `${urn.split("::").at(-1)}-${digits(7, urn)}`);
}

// `bunny-3` has three nodes; a shared instance has none of its own.
function nodesOf({ plan }: Properties): number {
  return Number(/-(\d)$/.exec(String(plan))?.[1] ?? 0);
}

function isShared(plan: string): boolean {
  return cloudamqpSharedPlans.includes(plan);
}

function animal(id: string): string {
  const animals = ["beaver", "crow", "duck", "fish", "gull", "hawk", "moose", "rat", "shark", "toad"];
  return String(animals[Number.parseInt(digits(4, "animal", id), 16) % animals.length]);
}
