import type { ByType } from "../../../resources/types";
import type { Facts } from "../../vendor";

/**
 * The inputs and outputs of the played resource types of `@pulumiverse/sentry` 0.0.9, from its
 * schema.
 */
export const facts = {
  "sentry:index/sentryIssueAlert:SentryIssueAlert": {
    required: ["actionMatch", "actions", "conditions", "filterMatch", "frequency", "organization", "project"],
    optional: ["environment", "filters", "name"],
    computed: ["internalId", "projects"],
    replaces: [],
    secrets: [],
  },
  "sentry:index/sentryKey:SentryKey": {
    required: ["organization", "project"],
    optional: ["name", "rateLimitCount", "rateLimitWindow"],
    computed: ["dsnCsp", "dsnPublic", "dsnSecret", "isActive", "projectId", "public", "secret"],
    replaces: [],
    secrets: ["dsnSecret", "secret"],
  },
  "sentry:index/sentryProject:SentryProject": {
    required: ["organization"],
    optional: [
      "digestsMaxDelay",
      "digestsMinDelay",
      "name",
      "platform",
      "resolveAge",
      "slug",
      "team",
      "teams",
    ],
    computed: ["color", "features", "internalId", "isBookmarked", "isPublic", "projectId", "status"],
    replaces: [],
    secrets: [],
  },
} as const satisfies ByType<Facts>;
