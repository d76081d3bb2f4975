import type { Properties } from "../../../../../providers/protocol/provider";
import { refuse } from "../errors";
import { setting } from "./settings";

export const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

type Rule = Record<string, Properties | Properties[] | string | undefined>;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
export const lifecycle = setting(
  LIFECYCLE,
  ({ inputs }) => {
    const rules = (inputs.rules ?? []) as Rule[];
    if (rules.length < 1 || rules.length > 1000) {
      refuse(400, "MalformedXML", `1 to 1000 lifecycle rules are accepted, not ${rules.length}`);
    }
    const ids = rules.map(({ id }) => String(id));
    if (new Set(ids).size < ids.length) {
      refuse(400, "InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
    }
    for (const rule of rules) checkRule(rule);
  },
  { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
);

function checkRule(rule: Rule): void {
  const id = String(rule.id);
  if (id.length > 255) refuse(400, "InvalidArgument", "ID length should not exceed allowed limit of 255");
  if (rule.status !== "Enabled" && rule.status !== "Disabled") {
    refuse(
      400,
      "MalformedXML",
      `the status of rule ${id} is Enabled or Disabled, not ${String(rule.status)}`,
    );
  }
  if (!ACTIONS.some((action) => rule[action] !== undefined)) {
    refuse(400, "InvalidRequest", `At least one action needs to be specified in a rule (${id})`);
  }
  const upload = rule.abortIncompleteMultipartUpload as Properties | undefined;
  const expiration = rule.expiration as Properties | undefined;
  const noncurrent = rule.noncurrentVersionExpiration as Properties | undefined;
  positive("DaysAfterInitiation", "AbortIncompleteMultipartUpload", upload?.daysAfterInitiation);
  positive("Days", "Expiration", expiration?.days);
  positive("NoncurrentDays", "NoncurrentVersionExpiration", noncurrent?.noncurrentDays);
  if (expiration?.expiredObjectDeleteMarker === true && (expiration.days ?? expiration.date) !== undefined) {
    refuse(400, "MalformedXML", `ExpiredObjectDeleteMarker cannot be specified with Days or Date (${id})`);
  }
  const { tag, and } = (rule.filter ?? {}) as Properties;
  const byTag = tag !== undefined || (and as Properties | undefined)?.tags !== undefined;
  if (byTag && (upload !== undefined || expiration?.expiredObjectDeleteMarker === true)) {
    refuse(400, "InvalidRequest", `this action cannot be specified with a filter by tags (${id})`);
  }
  for (const transition of (rule.transitions ?? []) as Properties[]) checkTransition(transition, expiration);
}

const ACTIONS = [
  "abortIncompleteMultipartUpload",
  "expiration",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
  "transitions",
];

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
function checkTransition({ storageClass, days }: Properties, expiration: Properties | undefined): void {
  if (["STANDARD_IA", "ONEZONE_IA"].includes(String(storageClass)) && Number(days ?? 30) < 30) {
    refuse(
      400,
      "InvalidArgument",
      `'Days' in Transition action must be greater than or equal to 30 for storageClass '${String(storageClass)}'`,
    );
  }
  if (days !== undefined && expiration?.days !== undefined && Number(expiration.days) <= Number(days)) {
    refuse(
      400,
      "InvalidArgument",
      "'Days' in the Expiration action must be greater than 'Days' in the Transition action",
    );
  }
}

function positive(field: string, action: string, value: unknown): void {
  if (value === undefined || (Number.isInteger(value) && Number(value) > 0)) return;
  refuse(400, "InvalidArgument", `'${field}' for ${action} action must be a positive integer`);
}
