import type { Tree } from "../environment/merge";
import type { EnvironmentSpec } from "../environment/schema/environment";
import type { QuotasSpec } from "../environment/schema/quotas";
import { inputsOf, listOf, providerOf, textAt } from "../policy/resource";
import type { ResourceState } from "../resources/graph";
import type { ResourceType } from "../resources/types";
import { counted } from "../text/words";
import { Refusal } from "./refusal";

type Quota = keyof QuotasSpec;

/**
 * Of each limited thing, the account that holds it, in words: as often as there are such things
 * there.
 */
export type Things = Readonly<Record<Quota, readonly string[]>>;

/** A thing of which one account may have only so many. */
interface Kind {
  /** As one is called in a sentence, and several. */
  names: readonly [one: string, many: string];
  /** The type of its resource. */
  type: ResourceType;
  /** How many one environment makes at most. */
  most: number;
  /** The accounts that an environment makes it in. */
  ofSpec(spec: EnvironmentSpec): string[];
  /** The account that a resource is in, by its inputs and those of its provider. */
  ofResource(inputs: Tree, provider: Tree | undefined): string;
}

const heroku = (team: string | undefined) =>
  team === undefined ? "the Heroku account of the token" : `Heroku's team ${team}`;
const digitalOcean = () => "the DigitalOcean team of the token";
const aws = (id: unknown) => `the AWS account ${id}`;
const netlify = (team: unknown) => `Netlify's team ${team}`;
const cloudamqp = () => "the CloudAMQP account of the key";
const sentry = (organization: unknown) => `Sentry's organization ${organization}`;

// What the components make, said twice: from the spec, before it is there, and from the resources.
// The tests compare both.
const KINDS: Readonly<Record<Quota, Kind>> = {
  herokuApps: {
    names: ["app", "apps"],
    type: "heroku:app/app:App",
    most: 1,
    ofSpec: ({ api }) => (api?.via === "heroku" ? [heroku(api.team)] : []),
    ofResource: ({ organization }) => heroku(textAt(organization, "name")),
  },
  droplets: {
    names: ["droplet", "droplets"],
    type: "digitalocean:index/droplet:Droplet",
    most: 1,
    ofSpec: onDroplet,
    ofResource: digitalOcean,
  },
  reservedAddresses: {
    names: ["reserved address", "reserved addresses"],
    type: "digitalocean:index/reservedIp:ReservedIp",
    most: 1,
    ofSpec: onDroplet,
    ofResource: digitalOcean,
  },
  databaseClusters: {
    names: ["database cluster", "database clusters"],
    type: "digitalocean:index/databaseCluster:DatabaseCluster",
    most: 1,
    ofSpec: (spec) => (spec.database ? onDroplet(spec) : []),
    ofResource: digitalOcean,
  },
  buckets: {
    names: ["bucket", "buckets"],
    type: "aws:s3/bucket:Bucket",
    most: 2,
    ofSpec: ({ bucket, accounts }) => {
      if (!bucket || bucket.shared) return [];
      const account = aws(accounts[bucket.account]?.id);
      return bucket.logs ? [account, account] : [account];
    },
    ofResource: (_, provider) => aws(listOf(provider?.allowedAccountIds)[0]),
  },
  iamUsers: {
    names: ["IAM user", "IAM users"],
    type: "aws:iam/user:User",
    most: 1,
    ofSpec: ({ bucket, accounts }) => (bucket ? [aws(accounts[bucket.account]?.id)] : []),
    ofResource: (_, provider) => aws(listOf(provider?.allowedAccountIds)[0]),
  },
  netlifySites: {
    names: ["site", "sites"],
    type: "netlify:index/site:Site",
    most: 1,
    ofSpec: ({ gui }) => (gui ? [netlify(gui.account)] : []),
    ofResource: ({ accountSlug }) => netlify(accountSlug),
  },
  cloudamqpInstances: {
    names: ["instance", "instances"],
    type: "cloudamqp:index/instance:Instance",
    most: 1,
    ofSpec: ({ broker }) => (broker?.via === "cloudamqp" ? [cloudamqp()] : []),
    ofResource: cloudamqp,
  },
  sentryProjects: {
    names: ["project", "projects"],
    type: "sentry:index/sentryProject:SentryProject",
    most: 1,
    ofSpec: ({ errors }) => (errors && !errors.existing ? [sentry(errors.organization)] : []),
    ofResource: ({ organization }) => sentry(organization),
  },
};

const QUOTAS = Object.keys(KINDS) as Quota[];

/** Stacks that a refusal names before it only counts the others. */
const NAMED = 8;

/** The limited things that an environment will make, from its declaration alone. */
export function thingsOfSpec(spec: EnvironmentSpec): Things {
  return each((quota) => KINDS[quota].ofSpec(spec));
}

/** The limited things among the resources of a stack. */
export function thingsOfResources(resources: readonly ResourceState[]): Things {
  return each((quota) => {
    const { type, ofResource } = KINDS[quota];
    return resources
      .filter((resource) => resource.type === type && !resource.external)
      .map((resource) => ofResource(inputsOf(resource), providerOf(resource, resources)));
  });
}

/** Of each thing the more: what an unfinished stack has and what it is about to make. */
export function more(one: Things, other: Things): Things {
  return each((quota) => (one[quota].length >= other[quota].length ? one[quota] : other[quota]));
}

/**
 * Whether an environment and so many other stacks could be too many for a quota, whatever is in
 * them.
 */
export function couldExceed(needed: Things, others: number, quotas: QuotasSpec): boolean {
  return QUOTAS.some(
    (quota) =>
      needed[quota].length > 0 &&
      needed[quota].length + others * KINDS[quota].most > (quotas[quota] ?? Number.POSITIVE_INFINITY),
  );
}

/**
 * Compares what an environment needs with what its accounts have left.
 * @param stack its own, which may be among those that there are
 * @param all what each stack of the system has
 * @throws Refusal where it would make more of something than a quota leaves
 */
export function refuseQuotas(
  stack: string,
  needed: Things,
  all: ReadonlyMap<string, Things>,
  quotas: QuotasSpec,
): void {
  for (const quota of QUOTAS) {
    const limit = quotas[quota];
    if (limit === undefined) continue;
    for (const account of new Set(needed[quota])) {
      const count = (things: Things | undefined) =>
        things?.[quota].filter((place) => place === account).length ?? 0;
      const lacking = count(needed) - count(all.get(stack));
      const users = [...all]
        .map(([name, things]) => ({ name, has: count(things) }))
        .filter(({ has }) => has > 0);
      const used = users.reduce((sum, { has }) => sum + has, 0);
      if (lacking <= 0 || used + lacking <= limit) continue;
      const [one, many] = KINDS[quota].names;
      throw new Refusal(
        `it needs ${lacking} more ${lacking === 1 ? one : many} in ${account}, and ${used} of the ${limit} that ephemeral.quotas.${quota} allows ${used === 1 ? "is" : "are"} in use${by(users)}; destroy an ephemeral environment first, or have the vendor grant more and state that number`,
      );
    }
  }
}

function by(users: readonly { name: string; has: number }[]): string {
  if (users.length === 0) return "";
  const named = users.slice(0, NAMED).map(({ name, has }) => (has === 1 ? name : `${name} ${has}`));
  const rest = users.length - named.length;
  return ` by ${named.join(", ")}${rest === 0 ? "" : ` and ${counted(rest, "other stack")}`}`;
}

// A droplet, its address and its database come together; its team is the token's.
function onDroplet({ api }: EnvironmentSpec): string[] {
  return api?.via === "digitalocean" ? [digitalOcean()] : [];
}

function each(accounts: (quota: Quota) => readonly string[]): Things {
  return Object.fromEntries(QUOTAS.map((quota) => [quota, accounts(quota)])) as Things;
}
