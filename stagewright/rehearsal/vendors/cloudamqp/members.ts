import type { Members } from "../../schema";

/**
 * The members of what is nested in the inputs of the types that are played, as the schema of the
 * package `cloudamqp` 3 says.
 */
export const members = {
  "cloudamqp:index/instance:Instance": {
    copySettings: { required: ["settings", "subscriptionId"], optional: [] },
  },
} as const satisfies Record<string, Record<string, Members>>;
