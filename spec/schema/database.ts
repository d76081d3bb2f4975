import { z } from "zod";
import { postgresPlans, postgresVersions } from "../vendors/heroku";

/** Heroku Postgres, reached by the API alone. */
export const database = z
  .strictObject({
    plan: z
      .enum(postgresPlans)
      .describe("Heroku Postgres plan. https://devcenter.heroku.com/articles/heroku-postgres-plans"),
    version: z
      .enum(postgresVersions)
      .describe(
        "PostgreSQL major version of a new database, as a string. One that exists is upgraded with 'heroku pg:upgrade'.",
      ),
    followers: z.int().min(0).max(3).default(0).describe("Read-only followers. Essential plans have none."),
  })
  .refine(({ plan, followers }) => followers === 0 || !plan.startsWith("essential-"), {
    message: "followers only with a standard or premium plan",
    path: ["followers"],
  })
  .describe("The Postgres database of the API.");

export type DatabaseSpec = z.infer<typeof database>;
