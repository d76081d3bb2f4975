import { z } from "zod";
import { logicalName } from "../../providers/protocol/names";
import type { Tree } from "../environment/merge";
import type { DeployedResource } from "../resources/deployment";

/**
 * Names of the records that travel in a stack's state: `pulumi:index:Stash` resources, which hold a
 * value and nothing else.
 */
export const RECORDS = {
  claim: "ephemeral-claim",
  description: "ephemeral",
  ready: "ephemeral-ready",
} as const;

const STASH = "pulumi:index:Stash";
const moment = z.iso.datetime();
const tree = z.record(z.string(), z.unknown());

/** Who made an environment, and when. Written once: a later writer sees the first one's. */
const claim = z.object({ id: z.string(), owner: z.string(), created: moment });

export type Claim = z.infer<typeof claim>;

// What a later version may add is passed over, so that it can still be destroyed by this one.
const description = z.object({
  name: z.string(),
  /** The stack that it is like. */
  like: z.string(),
  branch: z.string().optional(),
  /** When it was last created or updated. */
  updated: moment,
  /** Hours to live from then; null: until somebody destroys it. */
  ttl: z.number().nullable(),
  /** When its time is over. */
  expires: moment.nullable(),
  /** The environment that it is like, as it was then, whole. */
  environment: tree,
  /** How it differs from that. */
  differs: tree,
  /** Names of the secrets that came from the other stack's config. */
  secrets: z.array(z.string()),
  /** What it uses of other environments, in words. */
  shared: z.array(z.string()),
  /** What whoever deploys to it must know: the app, the site, the bucket. */
  places: z.record(z.string(), z.string()),
});

/**
 * Everything that is known of an ephemeral environment; enough to show, update and destroy it with
 * nothing else at hand.
 */
export type Description = z.infer<typeof description>;

/** What the records in a stack's state say. */
export interface Recorded {
  claim?: Claim;
  description?: Description;
  /** `updated` of the last run that ended well. */
  ready?: string;
}

/**
 * Reads the records from a stack's resources. What is not there, or of a form that is not known, is
 * left out.
 */
export function recordsOf(resources: readonly DeployedResource[]): Recorded {
  const stashes = new Map(
    resources.filter(({ type }) => type === STASH).map((resource) => [logicalName(resource.urn), resource]),
  );
  // A claim is what was written first; of the others the last one holds.
  const first = stashes.get(RECORDS.claim)?.outputs?.output;
  const latest = (name: string) => stashes.get(name)?.inputs?.input;
  return {
    claim: claim.safeParse(first).data,
    description: description.safeParse(latest(RECORDS.description)).data,
    ready: z.string().safeParse(latest(RECORDS.ready)).data,
  };
}

/** The outputs that a stack's program has returned. */
export function outputsOf(resources: readonly DeployedResource[]): Tree {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}
