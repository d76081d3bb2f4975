import { vendors } from "../../stagewright/rehearsal/vendors";
import type { ResourceType } from "../../stagewright/resources/types";

/** The number of calls that a vendor answers in a period. */
export interface Limit {
  name: string;
  /** The calls that count: only those that change something, or all. */
  counts: "calls" | "changes";
  vendor: Vendor;
  /** Seconds. */
  every: number;
  most: number;
  source: string;
}

export type Vendor = "GitHub" | "Heroku" | "Netlify";

/**
 * The vendors' published limits. A fixed window models limits that refill gradually, too: the same
 * hour is the fullest.
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
 * The number of jobs that GitHub's standard runners run at once, by plan:
 * https://docs.github.com/en/actions/reference/limits
 */
export const PLANS = { Free: 20, Pro: 40, Team: 60, Enterprise: 500 } as const;

/**
 * The number of apps of a verified Heroku account:
 * https://devcenter.heroku.com/articles/limits#apps
 */
export const HEROKU_APPS = 100;

/**
 * The resource types of an environment in stages: each stage waits for the one before it, and the
 * types of a stage are created together.
 */
export type Shape = readonly (readonly ResourceType[])[];

/** A preview of upendo: an app on staging's database. */
export const SMALL: Shape = [
  ["heroku:app/app:App"],
  ["heroku:addon/attachment:Attachment", "heroku:app/configAssociation:ConfigAssociation"],
  ["heroku:slug/slug:Slug"],
  ["heroku:app/release:Release"],
  ["heroku:formation/formation:Formation"],
];

/** The same with a database of its own. */
export const WITH_DATABASE: Shape = [...SMALL.slice(0, 1), ["heroku:addon/addon:Addon"], ...SMALL.slice(1)];

/**
 * Equals the default in stagewright/rehearsal/conditions.ts for types without a time of their own.
 */
const USUAL = 0.6;

/**
 * Returns the seconds that a vendor takes for all of a shape, by the rehearsal cloud's times.
 * Throws for a type that the cloud does not play.
 */
export function secondsOf(shape: Shape, operation: "create" | "delete"): number {
  return shape.reduce((sum, stage) => sum + Math.max(...stage.map((type) => latencyOf(type, operation))), 0);
}

function latencyOf(type: ResourceType, operation: "create" | "delete"): number {
  const kind = vendors.map(({ kinds }) => kinds[type]).find((found) => found !== undefined);
  if (!kind) throw new Error(`the rehearsal cloud does not play ${type}`);
  return kind.latency?.[operation] ?? USUAL;
}
