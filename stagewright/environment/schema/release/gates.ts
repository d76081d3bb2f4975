import { z } from "zod";
import { isReserved, NOT_RESERVED } from "../../reserved";
import { people } from "./people";

/** The name of an environment of the same system. */
export const environmentName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
    "the name of an environment: 2 to 32 of a-z, 0-9 and -, starting with a letter",
  )
  .refine((name) => !isReserved(name), NOT_RESERVED);

/** Checks by name, each with its required reporter. */
export const checks = z.record(
  z.string().min(1),
  z.string().min(1).describe("Who must report it: 'any', a GitHub App's slug, or a login."),
);

/** The people who approve a deploy. */
export const approval = z
  .strictObject({
    by: people.describe("Any one of them: 'user LOGIN' or 'team SLUG', at most 6."),
    self: z
      .enum(["excluded", "allowed"])
      .default("excluded")
      .describe("Whether whoever started the deploy may approve it. Default: excluded."),
  })
  // https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment
  .refine(({ by }) => by.length <= 6, {
    path: ["by"],
    message: "at most 6 people and teams, as GitHub allows",
  });

const absent = z
  .strictObject({
    pattern: z
      .string()
      .min(1)
      .describe("POSIX extended regular expression, as `git grep --extended-regexp` takes it."),
    paths: z
      .array(z.string().min(1))
      .default(["**"])
      .describe("Paths in the repository, as globs in which ** crosses folders. Default: all."),
  })
  .describe("Code that may not be in the commit.");

/** Conditions for the start of a deploy; all of them must hold. */
export const gates = z
  .strictObject({
    checks: checks
      .default({})
      .describe(
        "Checks by name, of any provider, that must be green on that very commit; the value is who must report it, 'any' for anybody.",
      ),
    environments: z
      .record(environmentName, z.enum(["deployed", "verified"]))
      .default({})
      .describe(
        "Environments that the same commit must have passed: 'deployed' there successfully, or 'verified': there, its `verify` succeeded too.",
      ),
    errors: z
      .record(
        environmentName,
        z
          .string()
          .regex(
            /^(since its deploy|last [1-9]\d{0,2} (hour|day)s?)$/,
            "'since its deploy' or 'last N hours' or 'last N days'",
          ),
      )
      .default({})
      .describe(
        "Environments (or 'all') in which Sentry may have seen no new error: 'since its deploy' (of this commit there), 'last N hours' or 'last N days'.",
      ),
    commands: z
      .record(z.string().min(1), z.string().min(1))
      .default({})
      .describe("Commands by a name, which must succeed in a checkout of the commit."),
    absent: z
      .record(z.string().min(1), absent)
      .default({})
      .describe("Code that may not be in the commit, by what it is."),
    pullRequest: z
      .literal("merged")
      .optional()
      .describe("The commit must have come through a merged pull request. Default: any commit may."),
    approval: approval.optional().describe("Who must approve each deploy. Default: nobody."),
    confirm: z
      .string()
      .min(1)
      .optional()
      .describe("What a person must type before each deploy, as a second confirmation. Default: nothing."),
  })
  .describe("What must hold before a deploy starts: all of it, not any.");

export type ApprovalSpec = z.infer<typeof approval>;
