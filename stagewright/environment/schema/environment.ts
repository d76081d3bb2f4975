import { z } from "zod";
import { awsRegions } from "../vendors/aws";
import { api } from "./api";
import { broker } from "./broker";
import { bucket } from "./bucket";
import { budget } from "./budget";
import { hostname } from "./common";
import { database } from "./database";
import { ephemeral } from "./ephemeral";
import { errorTracking } from "./errors";
import { gui } from "./gui";
import { policy } from "./policy";
import { release } from "./release";
import { environmentName } from "./release/gates";
import { restore } from "./restore";

const account = z
  .strictObject({
    id: z
      .string()
      .regex(/^\d{12}$/, "an AWS account id: 12 digits, quoted")
      .describe("AWS account id; a call in any other account is refused."),
    region: z.enum(awsRegions).describe("AWS region of what is made in this account."),
    role: z
      .string()
      .regex(/^arn:aws:iam::\d{12}:role\/.+$/, "the ARN of an IAM role")
      .optional()
      .describe("Role to assume there. Default: the credentials' own account is used."),
  })
  .describe("An AWS account.");

/**
 * A whole environment: the project's base with the stack's differences merged in.
 */
export const environment = z
  .strictObject({
    name: environmentName.describe("Name of the environment: at GitHub, at Sentry and in tags."),
    data: z
      .strictObject({
        protected: z
          .boolean()
          .describe(
            "Database, broker and bucket are protected against deletion and kept when the stack goes.",
          ),
        restoredFrom: z
          .array(environmentName)
          .default([])
          .describe(
            "Environments whose data may be put here; data flows in no other direction. Default: none.",
          ),
        restore: restore.optional(),
        erasedBy: z
          .enum(["nothing", "verify"])
          .default("nothing")
          .describe(
            "verify: the data is worth nothing once release.*.verify ran. Default: nothing erases it.",
          ),
      })
      .describe("What the data of this environment is worth."),
    accounts: z
      .record(z.string().regex(/^[a-z][a-z0-9-]*$/, "a short name"), account)
      .default({})
      .describe("AWS accounts by a short name."),
    dns: z
      .strictObject({
        via: z
          .enum(["route53", "digitalocean"])
          .default("route53")
          .describe(
            "Who serves the zone: Route 53 in one of `accounts`, or DigitalOcean in the token's team.",
          ),
        zone: hostname.describe("Zone that holds the host names; it exists, and is looked up by this name."),
        account: z
          .string()
          .default("project")
          .describe("Which of `accounts` holds a zone of Route 53. At DigitalOcean it means nothing."),
        ttl: z.int().min(30).max(86400).default(300).describe("Seconds that resolvers may keep a record."),
      })
      .optional()
      .describe("Where the host names live. Needed as soon as a component has a `host`."),
    api: api.optional(),
    database: database.optional(),
    broker: broker.optional(),
    bucket: bucket.optional(),
    gui: gui.optional(),
    errors: errorTracking.optional(),
    release: release.prefault({}),
    ephemeral: ephemeral.optional(),
    policy: policy.optional(),
    budget: budget.optional(),
    common: z
      .array(z.string().regex(/^[a-z][\w.-]*$/i, "a path into the environment such as dns.zone"))
      .default([])
      .describe(
        "Paths into the environment whose values are deliberately common to several environments; everything else must be apart.",
      ),
  })
  .describe("One environment of the system.");

export type EnvironmentSpec = z.infer<typeof environment>;
