import { z } from "zod";
import { dynoSizes, dynoTier, herokuAppName, herokuRegions, herokuStacks } from "../../vendors/heroku";
import { secretName } from "../common";
import { common, processTypes, pythonVersion, quantity } from "./common";

const process = z
  .strictObject({
    size: z
      .enum(dynoSizes)
      .default("standard-1x")
      .describe("Dyno size. https://devcenter.heroku.com/articles/dyno-sizes"),
    quantity: quantity.describe("How many dynos run this process type."),
  })
  .refine(
    ({ size, quantity }) => quantity <= 1 || dynoTier(size) === "professional",
    // https://devcenter.heroku.com/articles/dynos
    "eco and basic dynos do not scale: a quantity of 0 or 1",
  )
  .describe("One process type of the Procfile.");

/** The API application on Heroku. */
export const heroku = z
  .strictObject({
    via: z.literal("heroku").describe("On Heroku: dynos, add-ons and a router."),
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
      .default(["heroku/python"])
      .describe("Buildpacks in the order in which they run."),
    python: pythonVersion
      .optional()
      .describe(
        "Python of the app, for example 3.12; a commit whose .python-version says something else is not deployed. Default: what each commit's .python-version says.",
      ),
    processes: processTypes(process)
      .refine(
        (types) => new Set(Object.values(types).map(({ size }) => dynoTier(size))).size <= 1,
        "sizes of one tier: eco, basic and the professional ones do not mix in an app",
      )
      .describe("Process types that run, by the name that the Procfile gives them."),
    logDrain: secretName
      .optional()
      .describe("Name of the secret that holds the URL of a log drain (such URLs carry credentials)."),
    ...common,
  })
  .describe("The API application on Heroku.");

export type HerokuApiSpec = z.infer<typeof heroku>;
