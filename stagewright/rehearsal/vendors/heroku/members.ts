import type { Members } from "../../schema";

/**
 * The members of the played types' nested inputs, from the schema of the package `heroku` 1.0.4.
 */
export const members = {
  "heroku:app/app:App": {
    organization: { required: ["name"], optional: ["locked", "personal"] },
  },
  "heroku:pipeline/pipeline:Pipeline": {
    owner: { required: ["id", "type"], optional: [] },
  },
} as const satisfies Record<string, Record<string, Members>>;
