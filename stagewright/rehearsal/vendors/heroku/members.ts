import type { Members } from "../../schema";

/**
 * The members of what is nested in the inputs of the types that are played, as the schema of the
 * package `heroku` 1.0.4 says.
 */
export const members = {
  "heroku:app/app:App": {
    organization: { required: ["name"], optional: ["locked", "personal"] },
  },
  "heroku:pipeline/pipeline:Pipeline": {
    owner: { required: ["id", "type"], optional: [] },
  },
} as const satisfies Record<string, Record<string, Members>>;
