import { z } from "zod";

/**
 * The rules of the policy pack by name; `stagewright/policy/rules/` implements them and
 * `docs/policy.md` describes them.
 */
export const policyRules = [
  "data-protected",
  "bucket-public",
  "bucket-tls",
  "host-tls",
  "connection-tls",
  "ports-closed",
  "least-privilege",
  "github-rights",
  "secrets-marked",
  "config-secrets",
  "production-sizes",
  "budget",
  "tags",
  "versions-pinned",
  "actions-pinned",
  "deploys-limited",
  "deploys-reviewed",
] as const;

export type PolicyRule = (typeof policyRules)[number];

// Pulumi parses an unquoted date in its YAML as a time, and passes it on as `2027-06-30T00:00:00Z`
// from the project's file and as `2027-06-30 00:00:00 +0000 UTC` from a stack's.
function dayOnly(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/(T00:00:00Z| 00:00:00 \+0000 UTC)$/, "") : value;
}

const exception = z
  .strictObject({
    rule: z.enum(policyRules).describe("Which rule does not hold here."),
    resource: z
      .string()
      .min(1)
      .optional()
      .describe("Logical name of the only resource that is meant. Default: any."),
    because: z.string().trim().min(10).describe("Why this is right here, for whoever reviews it."),
    until: z
      .preprocess(dayOnly, z.iso.date("a day as YYYY-MM-DD"))
      .describe("The last day on which the exception counts; afterwards the rule speaks again."),
  })
  .describe("A rule of the policy pack that is deliberately not kept, with the reason and an end.");

/** Exceptions to the policy pack. */
export const policy = z
  .strictObject({
    exceptions: z.array(exception).default([]).describe("Justified exceptions. Default: none."),
  })
  .describe("What the policy pack lets pass, and why.");

export type PolicyException = z.infer<typeof exception>;
