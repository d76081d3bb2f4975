import { z } from "zod";
import { clusterVersions, databaseSizes } from "../vendors/digitalocean";
import { postgresPlans, postgresVersions } from "../vendors/heroku";
import { addonName, copiedDatabase, sharedDatabase } from "./shared";

/** Managed Postgres on the API's platform, which only the API reaches. */
export const database = z
  .strictObject({
    name: addonName
      .optional()
      .describe(
        "What it is called where it is billed, from when it is made on: no later change of it, or of api.app, renames it. Default: the name of the app at that time, and -database.",
      ),
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
    ({ shared, name, plan, followers, copy }) =>
      !shared || (name === undefined && plan === undefined && followers === 0 && !copy),
    {
      path: ["shared"],
      message: "a shared database without name, plan, followers and copy, which are its owner's to state",
    },
  )
  .describe("The Postgres database of the API.");

export type DatabaseSpec = z.infer<typeof database>;
