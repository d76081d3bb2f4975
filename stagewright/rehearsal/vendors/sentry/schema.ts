import { type Schema, words } from "../../schema";
import type { facts } from "./facts";

/**
 * From the provider's code, in the version that the package bridges:
 * https://github.com/jianyuan/terraform-provider-sentry/tree/v0.11.2/sentry, resource_sentry_*.go
 */
export const schemas: Record<keyof typeof facts, Schema> = {
  "sentry:index/sentryIssueAlert:SentryIssueAlert": {
    keeps: ["environment"],
    accepts: { actionMatch: words("all", "any"), filterMatch: words("all", "any", "none") },
  },
  "sentry:index/sentryKey:SentryKey": { keeps: ["rateLimitCount", "rateLimitWindow"] },
  "sentry:index/sentryProject:SentryProject": {
    keeps: ["digestsMaxDelay", "digestsMinDelay", "platform", "resolveAge", "slug"],
    sets: ["teams"],
    conflicts: [["team", "teams"]],
  },
};
