import type { Properties } from "../../../../providers/protocol/provider";
import type { Things } from "../../store";

/** One statement of a policy, with its members as lists. */
export interface Statement {
  effect: string;
  /** `*` for anybody, `Service:NAME`, `AWS:ARN`, `Federated:ARN`; empty if none is given. */
  principals: string[];
  actions: string[];
  resources: string[];
  condition: Record<string, Record<string, unknown>>;
}

/** Refuses with the message and code of the service that reads the policy. */
export type Malformed = (why: string) => never;

type Raw = Record<string, unknown>;

/**
 * Parses a policy document, JSON text or object, like IAM and S3.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(policy: unknown, malformed: Malformed): Statement[] {
  const document = isObject(policy) ? policy : parseJson(policy, malformed);
  for (const key of Object.keys(document)) {
    if (!["Version", "Id", "Statement"].includes(key)) malformed(`Unknown field ${key}`);
  }
  if (!["2012-10-17", "2008-10-17"].includes(String(document.Version ?? "2008-10-17"))) {
    malformed("The policy must contain a valid version string");
  }
  const statements = several(document.Statement);
  if (statements.length === 0) malformed("Missing required field Statement");
  const sids = statements.filter(isObject).flatMap(({ Sid }) => (Sid === undefined ? [] : [String(Sid)]));
  if (new Set(sids).size < sids.length) malformed("Statement IDs (SID) in a single policy must be unique.");
  return statements.map((raw) => parseStatement(raw, malformed));
}

function parseStatement(raw: unknown, malformed: Malformed): Statement {
  if (!isObject(raw)) return malformed("Statement is invalid");
  for (const key of Object.keys(raw)) {
    if (!FIELDS.includes(key)) malformed(`Unknown field ${key}`);
  }
  if (raw.Effect !== "Allow" && raw.Effect !== "Deny") malformed(`Invalid effect: ${String(raw.Effect)}`);
  if (raw.Sid !== undefined && !/^[A-Za-z0-9]*$/.test(String(raw.Sid))) {
    malformed(`Statement IDs (SID) must be alpha-numeric: ${String(raw.Sid)}`);
  }
  if (raw.Action === undefined && raw.NotAction === undefined) malformed("Missing required field Action");
  const actions = several(raw.Action ?? raw.NotAction).map(String);
  for (const action of actions) {
    if (action !== "*" && !/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
      malformed(`Policy has invalid action: ${action}`);
    }
  }
  return {
    effect: raw.Effect as string,
    principals: principals(raw.Principal ?? raw.NotPrincipal, malformed),
    actions,
    resources: several(raw.Resource ?? raw.NotResource).map(String),
    condition: (raw.Condition ?? {}) as Statement["condition"],
  };
}

const FIELDS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

function principals(stated: unknown, malformed: Malformed): string[] {
  if (stated === undefined) return [];
  if (stated === "*") return ["*"];
  if (!isObject(stated)) return malformed("Invalid principal in policy");
  return Object.entries(stated).flatMap(([kind, names]) => {
    if (!["AWS", "Service", "Federated", "CanonicalUser"].includes(kind))
      malformed("Invalid principal in policy");
    return several(names).map((name) => (kind === "AWS" && name === "*" ? "*" : `${kind}:${String(name)}`));
  });
}

/**
 * Refuses principals that do not exist.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function checkPrincipals(statements: Statement[], things: Things, malformed: Malformed): void {
  for (const principal of statements.flatMap(({ principals }) => principals)) {
    if (!principalExists(principal, things)) malformed(`Invalid principal in policy: ${principal}`);
  }
}

function principalExists(principal: string, things: Things): boolean {
  const [kind, ...rest] = principal.split(":");
  const name = rest.join(":");
  if (principal === "*" || kind === "CanonicalUser") return true;
  if (kind === "Service") return /^[a-z0-9.-]+\.amazonaws\.com$/.test(name);
  if (kind === "Federated") return name !== "";
  if (/^(arn:aws:iam::\d{12}:root|\d{12})$/.test(name)) return true;
  const types = ["aws:iam/user:User", "aws:iam/role:Role"];
  return types.some((type) => things.list(type).some(({ properties }) => properties.arn === name));
}

// Conditions that restrict a permission to known principals if they have a fixed value.
const CLOSING_KEYS = [
  "aws:sourceip",
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:userid",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
];

/**
 * Whether S3 calls a bucket policy public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic(statements: Statement[]): boolean {
  return statements.some(
    ({ effect, principals, condition }) =>
      effect === "Allow" && principals.includes("*") && !Object.values(condition).some(closes),
  );
}

function closes(keys: Record<string, unknown>): boolean {
  return Object.entries(keys).some(
    ([key, values]) =>
      CLOSING_KEYS.includes(key.toLowerCase()) &&
      several(values).every((value) => !/[*?]|\$\{|^(0\.0\.0\.0|::)\/0$/.test(String(value))),
  );
}

/** The length that counts towards a policy's quota: without white space between its parts. */
export function policySize(policy: unknown): number {
  return JSON.stringify(typeof policy === "string" ? JSON.parse(policy) : policy).length;
}

function parseJson(policy: unknown, malformed: Malformed): Raw {
  try {
    const document: unknown = JSON.parse(String(policy));
    if (isObject(document)) return document;
  } catch {
    // reported below
  }
  return malformed("Policies must be valid JSON and the first byte must be '{'");
}

function several(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
