import { Temporal } from "temporal-polyfill";
import { z } from "zod";

const moment = z.string().refine((text) => {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}, "a moment such as 2026-01-03T09:00Z");

const start = z.strictObject({
  /**
   * What started the deploy; `environment`: that the commit passed another one. Default: what the
   * rules expect at that time.
   */
  how: z
    .enum(["push", "merge", "release", "tag", "schedule", "environment", "request", "own branch"])
    .optional(),
  /** GitHub login of who pushed, merged, released or asked. */
  by: z.string().min(1).optional(),
  /** Why this is a hotfix; where it is none, it is not given. */
  hotfix: z.string().optional(),
});

/**
 * What is known of a commit and of the world when its deploy is decided. What is not given is not
 * known, and what is not known forbids.
 */
export const facts = z.strictObject({
  start: start.default({}),
  /** Branches that contain the commit. */
  branches: z.array(z.string()).optional(),
  /** Tags on the commit. */
  tags: z.array(z.string()).optional(),
  /** Tags of the full releases on the commit. */
  releases: z.array(z.string()).optional(),
  /** Tags of the published pre-releases on the commit. */
  prereleases: z.array(z.string()).optional(),
  /** What became of the pull request that the commit comes from. */
  pullRequest: z.enum(["merged", "open", "none"]).optional(),
  /** Checks and statuses on that very commit: the newest of each name and reporter. */
  checks: z
    .array(
      z.strictObject({
        name: z.string(),
        /** Slug of the GitHub App or login that reported it. */
        by: z.string().optional(),
        state: z.enum(["success", "failure", "pending"]),
      }),
    )
    .optional(),
  /** When this commit was successfully deployed, verified and migrated, by environment. */
  environments: z
    .record(
      z.string(),
      z.strictObject({
        deployed: moment.optional(),
        verified: moment.optional(),
        migrated: moment.optional(),
      }),
    )
    .optional(),
  /** When each unresolved error was first seen, by environment. */
  errors: z.record(z.string(), z.array(moment)).optional(),
  /** How the commands of the gates ended, by their names. */
  commands: z.record(z.string(), z.enum(["succeeded", "failed"])).optional(),
  /**
   * Where code was found that must be absent, by the names of the gates; an empty list: nowhere.
   */
  found: z.record(z.string(), z.array(z.string())).optional(),
  /** Logins of the members of teams, by slug. */
  teams: z.record(z.string(), z.array(z.string())).default({}),
  /** Logins of who approved this deploy. */
  approvals: z.array(z.string()).optional(),
  /** What was typed as a confirmation. */
  confirmed: z.string().optional(),
  /** What runs now, by the name of its lock. */
  running: z.record(z.string(), z.string()).default({}),
  /**
   * Paths in which the tracked branch holds what the branch that is promoted into it never held; an
   * empty list: nowhere.
   */
  diverged: z.array(z.string()).optional(),
  /** Migrations on a branch of one's own which the tracked branch does not have. */
  ownMigrations: z.array(z.string()).optional(),
});

export type Facts = z.infer<typeof facts>;
export type StartedBy = NonNullable<Facts["start"]["how"]>;
