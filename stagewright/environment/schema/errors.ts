import { z } from "zod";
import { secretName } from "./common";

/** Error tracking in Sentry. */
export const errorTracking = z
  .strictObject({
    organization: z.string().min(1).describe("Slug of the Sentry organization."),
    team: z.string().min(1).describe("Slug of the Sentry team that owns the project."),
    project: z
      .string()
      .regex(
        /^(?![0-9]+$)[a-z0-9_-]{1,50}$/,
        "a Sentry project slug: at most 50 of a-z, 0-9, _ and -, not digits alone",
      )
      .describe("Slug of the Sentry project."),
    existing: z
      .boolean()
      .default(false)
      .describe("The project exists already and is used as it is: only a key and an alert are added."),
    platform: z.string().default("python-django").describe("Sentry platform of the project."),
    environment: z
      .string()
      .regex(/^[^/\s]{1,64}$/, "at most 64 characters without / or spaces")
      .describe("Sentry environment that events are tagged with."),
    readToken: secretName
      .optional()
      .describe(
        "Name of the secret that holds a Sentry token which may only read issues (scope event:read). Needed where release.*.gates.errors or logWatch asks Sentry.",
      ),
    alert: z
      .strictObject({
        everyMinutes: z
          .int()
          .min(5)
          .max(43200)
          .default(30)
          .describe("At most one mail in so many minutes for the same issue."),
      })
      .optional()
      .describe("Mail to the team when a new issue is seen in this environment. Default: none."),
  })
  .describe("Error tracking in Sentry.");

export type ErrorTrackingSpec = z.infer<typeof errorTracking>;
