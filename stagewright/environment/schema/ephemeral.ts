import { z } from "zod";
import { quotas } from "./quotas";

/** A time to live in hours or days. */
const lifetime = z.string().regex(/^[1-9]\d{0,3}[hd]$/, "hours or days, for example 72h or 14d");

/** Limits for ephemeral environments modelled on this one. */
export const ephemeral = z
  .strictObject({
    max: z
      .int()
      .min(0)
      .max(1000)
      .default(20)
      .describe("How many ephemeral environments the system may have at once. Default: 20."),
    monthly: z
      .number()
      .positive()
      .optional()
      .describe("What all of them may cost together, in USD a month. Default: there is no cap."),
    quotas: quotas.prefault({}),
    ttl: lifetime.default("72h").describe("Time to live, from the last update. Default: 72h."),
    maxTtl: lifetime.default("14d").describe("The longest time to live that may be asked for. Default: 14d."),
    sandboxes: z
      .boolean()
      .default(true)
      .describe("Whether a person may have one without a time to live (`--ttl none`). Default: they may."),
    database: z
      .enum(["shared", "empty", "copy"])
      .default("empty")
      .describe(
        "Where its data is, unless --database says otherwise. shared: this environment's database, attached. empty: its own, of the smallest plan. copy: its own, forked from this one's.",
      ),
    credential: z
      .string()
      .regex(/^[a-z][a-z0-9_-]{0,49}$/, "the name of a credential of Heroku Postgres: a-z, 0-9, _ and -")
      .optional()
      .describe(
        "The credential of this environment's database that a shared one is attached with, so that it may do no more than that credential (https://devcenter.heroku.com/articles/heroku-postgresql-credentials). Default: all that the app may.",
      ),
  })
  .describe("Limits and defaults of ephemeral environments made like this one.");

export type EphemeralSpec = z.infer<typeof ephemeral>;
