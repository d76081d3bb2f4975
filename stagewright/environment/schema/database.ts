import { z } from "zod";
import { clusterVersions, databaseSizes } from "../vendors/digitalocean";
import { postgresPlans, postgresVersions } from "../vendors/heroku";
import { copiedDatabase, sharedDatabase } from "./shared";

/** Managed Postgres on the platform of the API, reached by the API alone. */
export const database = z
  .strictObject({
    plan: z
      .enum([...postgresPlans, ...databaseSizes])
      .optional()
      .describe(
        "Heroku Postgres plan (https://devcenter.heroku.com/articles/heroku-postgres-plans), or size of a node at DigitalOcean (https://slugs.do-api.dev). Default: essential-0, db-s-1vcpu-1gb.",
      ),
    version: z
      .enum([...new Set([...postgresVersions, ...clusterVersions])])
      .default("17")
      .describe(
        "PostgreSQL major version of a new database, as a string. On Heroku one that exists is upgraded with 'heroku pg:upgrade'.",
      ),
    followers: z
      .int()
      .min(0)
      .max(3)
      .default(0)
      .describe("Read-only followers, on Heroku alone. Essential plans have none."),
    shared: sharedDatabase.optional(),
    copy: copiedDatabase.optional(),
  })
  .refine(
    ({ shared, plan, followers, copy }) => !shared || (plan === undefined && followers === 0 && !copy),
    {
      path: ["shared"],
      message: "a shared database without plan, followers and copy, which are its owner's to state",
    },
  )
  .describe("The Postgres database of the API.");

export type DatabaseSpec = z.infer<typeof database>;
