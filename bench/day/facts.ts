import { vendors } from "../../stagewright/rehearsal/vendors";
import type { ResourceType } from "../../stagewright/resources/types";

/** How many calls somebody answers in a time. */
export interface Limit {
  name: string;
  /** Whose calls count: those that change something alone, or all. */
  counts: "calls" | "changes";
  vendor: Vendor;
  /** Seconds. */
  every: number;
  most: number;
  source: string;
}

export type Vendor = "GitHub" | "Heroku" | "Netlify";

/**
 * What the vendors publish. A fixed window stands for those that refill little by little: it finds
 * the same hour full.
 */
export const LIMITS: readonly Limit[] = [
  {
    name: "GitHub, token of the runs, a repository",
    counts: "calls",
    vendor: "GitHub",
    every: 3600,
    most: 1000,
    source:
      "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#primary-rate-limit-for-github_token-in-github-actions",
  },
  {
    name: "GitHub, the same in Enterprise Cloud",
    counts: "calls",
    vendor: "GitHub",
    every: 3600,
    most: 15_000,
    source:
      "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#primary-rate-limit-for-github_token-in-github-actions",
  },
  {
    name: "GitHub, changes that make content",
    counts: "changes",
    vendor: "GitHub",
    every: 3600,
    most: 500,
    source:
      "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits",
  },
  {
    name: "GitHub, changes that make content",
    counts: "changes",
    vendor: "GitHub",
    every: 60,
    most: 80,
    source:
      "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits",
  },
  {
    name: "Heroku, an account",
    counts: "calls",
    vendor: "Heroku",
    every: 3600,
    most: 4500,
    source: "https://devcenter.heroku.com/articles/platform-api-reference#rate-limits",
  },
  {
    name: "Netlify, an account",
    counts: "calls",
    vendor: "Netlify",
    every: 60,
    most: 500,
    source: "https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/#rate-limiting",
  },
];

/**
 * Jobs that GitHub's standard runners do at once, by plan:
 * https://docs.github.com/en/actions/reference/limits
 */
export const PLANS = { Free: 20, Pro: 40, Team: 60, Enterprise: 500 } as const;

/**
 * Apps that a verified account of Heroku may have:
 * https://devcenter.heroku.com/articles/limits#apps
 */
export const HEROKU_APPS = 100;

/**
 * What an environment is made of: types in the order in which one waits for the other; those of a
 * stage go together.
 */
export type Shape = readonly (readonly ResourceType[])[];

/** A preview of upendo: an app on the database of staging. */
export const SMALL: Shape = [
  ["heroku:app/app:App"],
  ["heroku:addon/attachment:Attachment", "heroku:app/configAssociation:ConfigAssociation"],
  ["heroku:slug/slug:Slug"],
  ["heroku:app/release:Release"],
  ["heroku:formation/formation:Formation"],
];

/** The same with a database of its own. */
export const WITH_DATABASE: Shape = [...SMALL.slice(0, 1), ["heroku:addon/addon:Addon"], ...SMALL.slice(1)];

/** As stagewright/rehearsal/conditions.ts has it, for what states no time of its own. */
const USUAL = 0.6;

/**
 * Seconds that a vendor takes for all of a shape, by the times with which the rehearsal cloud plays
 * it. Throws for a type that it does not play.
 */
export function secondsOf(shape: Shape, operation: "create" | "delete"): number {
  return shape.reduce((sum, stage) => sum + Math.max(...stage.map((type) => latencyOf(type, operation))), 0);
}

function latencyOf(type: ResourceType, operation: "create" | "delete"): number {
  const kind = vendors.map(({ kinds }) => kinds[type]).find((found) => found !== undefined);
  if (!kind) throw new Error(`the rehearsal cloud does not play ${type}`);
  return kind.latency?.[operation] ?? USUAL;
}
