import { z } from "zod";
import { secretName } from "./common";
import { environmentName } from "./release/gates";
import { login } from "./release/people";

/** How data is restored here: who may do so, and how each source is read. */
export const restore = z
  .strictObject({
    by: login.describe("The one person who may."),
    sources: z
      .record(environmentName, secretName)
      .refine((sources) => Object.keys(sources).length > 0, "at least one environment of data.restoredFrom")
      .describe(
        "Environments of data.restoredFrom, each with the name of the secret that holds the URL of its database, postgres://…, with a credential that may only read where its plan has such (https://devcenter.heroku.com/articles/heroku-postgresql-credentials).",
      ),
  })
  .describe(
    "A workflow by which one person puts the data of another environment in place of this one's, confirmed by typing and by approving. Default: there is none.",
  );
