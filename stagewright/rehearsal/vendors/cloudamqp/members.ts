import type { Members } from "../../schema";

/** The members of the played types' nested inputs, from the schema of the package `cloudamqp` 3. */
export const members = {
  "cloudamqp:index/instance:Instance": {
    copySettings: { required: ["settings", "subscriptionId"], optional: [] },
  },
} as const satisfies Record<string, Record<string, Members>>;
