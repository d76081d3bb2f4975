import { z } from "zod";
import { environmentName } from "./release/gates";

/**
 * https://devcenter.heroku.com/articles/platform-api-reference#add-on: the pattern of an add-on's
 * name.
 */
export const addonName = z
  .string()
  .regex(/^[a-zA-Z][A-Za-z0-9_-]{1,255}$/, "the name of a Heroku add-on, such as dandi-api-staging-database");

/**
 * An add-on of another environment. This one uses it but never creates, changes or deletes it.
 */
export const sharedAddon = z.strictObject({
  from: environmentName.describe("Environment that owns it."),
  addon: addonName.describe("Name of the add-on there."),
});

/** A database of another environment, attached with the rights of one of its credentials. */
export const sharedDatabase = sharedAddon
  .extend({
    credential: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Credential of the database that is attached; this environment can do no more than that (https://devcenter.heroku.com/articles/heroku-postgresql-credentials). Default: the owner's.",
      ),
  })
  .describe("The database of another environment is used, attached. Default: it has its own.");

/**
 * A part of another environment's bucket: the app reaches only the objects below a prefix, and
 * never owns the bucket.
 */
export const sharedBucket = z
  .strictObject({
    from: environmentName.describe("Environment that owns the bucket."),
    prefix: z
      .string()
      .regex(/^[a-z0-9][a-z0-9/_-]{0,99}\/$/, "a prefix that ends with /, such as eph-pr-12/")
      .describe(
        "What the keys of all objects that the app may reach start with; the app is told by ${bucket.prefix}.",
      ),
  })
  .describe(
    "A part of another environment's bucket is used, by an IAM user who reaches nothing else. Default: it has its own.",
  );

/** A database that starts as a copy of another environment's. */
export const copiedDatabase = z
  .strictObject({
    from: environmentName.describe("Environment whose data it starts with."),
    app: z.string().min(1).describe("Name of the Heroku app that has the database."),
  })
  .describe(
    "It starts as a fork of another environment's database (https://devcenter.heroku.com/articles/heroku-postgres-fork). Default: it starts empty.",
  );
