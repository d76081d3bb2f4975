import { logicalName } from "../../providers/protocol/names";
import type { Tree } from "../environment/merge";
import type { ResourceState } from "../resources/graph";
import type { ByType, ResourceType } from "../resources/types";
import type { Product } from "./catalog";
import { FREE } from "./free";
import type { Purchase } from "./purchase";

/** Returns the purchases of a deployment's resources, and the resources whose cost is unknown. */
export function purchasesOfResources(resources: readonly ResourceState[]): {
  purchases: Purchase[];
  strangers: { name: string; type: ResourceType }[];
} {
  const purchases: Purchase[] = [];
  const strangers: { name: string; type: ResourceType }[] = [];
  for (const { urn, type, custom, external, inputs = {} } of resources) {
    // A component is only the sum of its parts, and a resource that was merely read belongs to
    // someone else.
    if (!custom || external || type.startsWith("pulumi:") || FREE.has(type)) continue;
    const name = logicalName(urn);
    const bought = BOUGHT[type]?.(inputs);
    if (bought) purchases.push(...bought.map((purchase) => ({ name, ...purchase })));
    else strangers.push({ name, type });
  }
  return { purchases, strangers };
}

/** Whether the cost of a resource type is known, including known to be free. */
export function isKnown(type: ResourceType): boolean {
  return FREE.has(type) || type in BOUGHT;
}

type Bought = Omit<Purchase, "name">;

// Purchases by resource type: which input is the plan, and which is the quantity.
const BOUGHT: ByType<(inputs: Tree) => Bought[] | undefined> = {
  "heroku:formation/formation:Formation": ({ size, quantity }) => [
    bought("Heroku dyno", String(size), Number(quantity)),
  ],
  "heroku:addon/addon:Addon": ({ plan }) => {
    const [service = "", name = ""] = String(plan).split(":");
    const product = ADDONS[service];
    return product && [bought(product, name)];
  },
  "cloudamqp:index/instance:Instance": ({ plan }) => [bought("CloudAMQP instance", String(plan))],
  "digitalocean:index/droplet:Droplet": ({ size, backups }) => [
    bought("DigitalOcean droplet", String(size)),
    ...(backups === true ? [bought("DigitalOcean droplet backups", String(size))] : []),
  ],
  "digitalocean:index/databaseCluster:DatabaseCluster": ({ size, nodeCount }) => [
    bought("DigitalOcean Postgres node", String(size), Number(nodeCount)),
  ],
  "digitalocean:index/databaseReplica:DatabaseReplica": ({ size }) => [
    bought("DigitalOcean Postgres node", String(size)),
  ],
  "digitalocean:index/volume:Volume": ({ size }) => [bought("DigitalOcean volume", "GiB", Number(size))],
  "digitalocean:index/reservedIp:ReservedIp": () => [bought("DigitalOcean reserved address", "assigned")],
  "digitalocean:index/uptimeCheck:UptimeCheck": () => [bought("DigitalOcean uptime check", "check")],
  "digitalocean:index/spacesBucket:SpacesBucket": () => [bought("DigitalOcean Spaces", "spaces")],
  "netlify:index/site:Site": () => [bought("Netlify site", "the account's plan")],
  "sentry:index/sentryProject:SentryProject": () => [bought("Sentry project", "the account's plan")],
  "github:index/repositoryFile:RepositoryFile": () => [bought("GitHub repository", "the account's plan")],
  "aws:s3/bucket:Bucket": () => [bought("AWS", "bucket")],
  "aws:kms/key:Key": () => [bought("AWS KMS key", "key")],
  "aws:route53/record:Record": () => [bought("AWS", "records")],
};

const ADDONS: Readonly<Record<string, Product>> = {
  "heroku-postgresql": "Heroku Postgres",
  cloudamqp: "CloudAMQP add-on",
};

function bought(product: Product, plan: string, quantity = 1): Bought {
  return { product, plan, quantity };
}
