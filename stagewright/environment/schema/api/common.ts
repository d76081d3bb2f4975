import { z } from "zod";
import { hostname, repository, variables } from "../common";

/** The API settings common to all platforms. */
export const common = {
  host: hostname
    .optional()
    .describe("Public host name of the API. Default: the platform's own name or address."),
  repository: repository.describe("GitHub repository whose commits are deployed, as owner/name."),
  variables: variables.describe(
    "Environment variables of the app. Those that refer to a secret are kept secret wherever they go.",
  ),
  requires: z
    .array(z.string())
    .default([])
    .describe(
      "Variables without which the app does not start. One that nothing provides is an error before anything is created.",
    ),
};

/** A Python version, with or without the patch level. */
export const pythonVersion = z
  .string()
  .regex(/^3\.\d{1,2}(\.\d{1,2})?$/, "a Python version such as 3.12 or 3.12.8, quoted");

/** The number of instances of a process type. */
export const quantity = z.int().min(0).max(100).default(1);

/**
 * Process types by name.
 * @param process the schema of each process type
 */
export function processTypes<T extends z.ZodType>(process: T) {
  return (
    z
      .record(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "a process type of the Procfile"), process)
      .refine((types) => "web" in types, "at least the process type 'web'")
      // Heroku runs it automatically at every release:
      // https://devcenter.heroku.com/articles/release-phase
      .refine((types) => !("release" in types), "no process type 'release': it belongs in the Procfile alone")
  );
}
