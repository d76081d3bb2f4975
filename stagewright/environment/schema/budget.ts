import { z } from "zod";

/** The limit on an environment's cost. */
export const budget = z
  .strictObject({
    monthly: z
      .number()
      .min(0)
      .max(1_000_000)
      .describe(
        "USD a month, without taxes and without what is charged by use. An environment whose plans cost more, or of a plan whose price is not known, is refused before anything is created.",
      ),
  })
  .describe("What the environment may cost by the price lists in cost/prices. Default: any amount.");
