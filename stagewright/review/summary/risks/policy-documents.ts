import { isTree, type Tree } from "../../../environment/merge";

/**
 * One permission or denial in a policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface Grant {
  effect: "Allow" | "Deny";
  /** `*` for anybody. Empty in a policy attached to its user. */
  who: string;
  action: string;
  resource: string;
  /** The conditions as JSON; empty if there are none. */
  condition: string;
}

/**
 * Splits a policy document into single grants. Empty if it is not a policy or not known yet.
 */
export function grantsIn(document: unknown): Grant[] {
  const policy = typeof document === "string" ? parsed(document) : document;
  if (!isTree(policy)) return [];
  return each(policy.Statement).filter(isTree).flatMap(grantsOf);
}

/** Returns the statements of one document that the other lacks. */
export function grantsOnlyIn(these: readonly Grant[], others: readonly Grant[]): Grant[] {
  const known = new Set(others.map((grant) => JSON.stringify(grant)));
  return these.filter((grant) => !known.has(JSON.stringify(grant)));
}

/** `s3:GetObject on arn:aws:s3:::b/*`, for each resource. */
export function grantsText(grants: readonly Grant[]): string {
  const byResource = new Map<string, string[]>();
  for (const { action, resource } of grants)
    byResource.set(resource, [...new Set([...(byResource.get(resource) ?? []), action])]);
  return [...byResource].map(([resource, actions]) => `${actions.join(", ")} on ${resource}`).join("; ");
}

function grantsOf(statement: Tree): Grant[] {
  const effect = statement.Effect === "Deny" ? "Deny" : "Allow";
  const condition = isTree(statement.Condition) ? JSON.stringify(statement.Condition) : "";
  const actions = [
    ...texts(statement.Action),
    ...texts(statement.NotAction).map((action) => `everything but ${action}`),
  ];
  const resources = [
    ...texts(statement.Resource),
    ...texts(statement.NotResource).map((name) => `everything but ${name}`),
  ];
  const people = whoIn(statement);
  return actions.flatMap((action) =>
    (resources.length > 0 ? resources : ["itself"]).flatMap((resource) =>
      people.map((who): Grant => ({ effect, who, action, resource, condition })),
    ),
  );
}

function whoIn({ Principal, NotPrincipal }: Tree): string[] {
  if (NotPrincipal !== undefined) return ["everybody but some"];
  if (Principal === undefined) return [""];
  if (!isTree(Principal)) return texts(Principal);
  return Object.values(Principal).flatMap(texts);
}

const each = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const texts = (value: unknown): string[] => each(value).map(String);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
