import { z } from "zod";
import { dynoSizes, dynoTier, herokuAppName, herokuRegions, herokuStacks } from "../vendors/heroku";
import { hostname, repository, secretName, variables } from "./common";

const process = z
  .strictObject({
    size: z.enum(dynoSizes).describe("Dyno size. https://devcenter.heroku.com/articles/dyno-sizes"),
    quantity: z.int().min(0).max(100).describe("How many dynos run this process type."),
  })
  .refine(
    ({ size, quantity }) => quantity <= 1 || dynoTier(size) === "professional",
    // https://devcenter.heroku.com/articles/dynos
    "eco and basic dynos do not scale: a quantity of 0 or 1",
  )
  .describe("One process type of the Procfile.");

/** The API application, on Heroku. */
export const api = z
  .strictObject({
    app: z
      .string()
      .regex(herokuAppName.pattern, herokuAppName.accepted)
      .describe("Name of the Heroku app, unique over all of Heroku, at most 30 characters."),
    team: z
      .string()
      .min(1)
      .optional()
      .describe("Heroku team that owns and pays for the app. Default: the token's own account."),
    region: z.enum(herokuRegions).default("us").describe("Heroku region; changing it replaces the app."),
    stack: z.enum(herokuStacks).default("heroku-24").describe("Heroku stack (operating system image)."),
    buildpacks: z
      .array(z.string().min(1))
      .min(1)
      .describe("Buildpacks in the order in which they run, for example heroku/python."),
    host: hostname
      .optional()
      .describe("Public host name of the API. Default: the app's own herokuapp.com name."),
    repository: repository.describe("GitHub repository whose commits are deployed, as owner/name."),
    processes: z
      .record(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "a process type of the Procfile"), process)
      .refine((types) => "web" in types, "at least the process type 'web'")
      // Heroku runs it by itself at every release: https://devcenter.heroku.com/articles/release-phase
      .refine((types) => !("release" in types), "no process type 'release': it belongs in the Procfile alone")
      .refine(
        (types) => new Set(Object.values(types).map(({ size }) => dynoTier(size))).size <= 1,
        "sizes of one tier: eco, basic and the professional ones do not mix in an app",
      )
      .describe("Process types that run, by the name that the Procfile gives them."),
    variables: variables.describe(
      "Config vars of the app. Those that refer to a secret are set as sensitive config vars.",
    ),
    requires: z
      .array(z.string())
      .default([])
      .describe(
        "Config vars without which the app does not start. One that nothing provides is an error before anything is created.",
      ),
    logDrain: secretName
      .optional()
      .describe("Name of the secret that holds the URL of a log drain (such URLs carry credentials)."),
  })
  .describe("The API application on Heroku.");

export type ApiSpec = z.infer<typeof api>;
