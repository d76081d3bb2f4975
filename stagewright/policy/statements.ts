import { isTree, type Tree } from "../environment/merge";
import { listOf, textAt } from "./resource";

/**
 * A statement of an AWS policy,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export interface Statement {
  /** Its Sid, else its number from 1. */
  name: string;
  allows: boolean;
  /** Whether it is about everybody, without an account. */
  everybody: boolean;
  actions: string[];
  resources: string[];
  condition: Tree;
}

/**
 * The statements of a policy document, given as JSON or as a map; none where it is not known yet.
 */
export function statementsOf(document: unknown): Statement[] {
  const tree = typeof document === "string" ? parsed(document) : document;
  if (!isTree(tree)) return [];
  return listOf(tree.Statement)
    .filter(isTree)
    .map((statement, index) => ({
      name: textAt(statement, "Sid") ?? `${index + 1}`,
      allows: statement.Effect === "Allow",
      everybody: isEverybody(statement.Principal) || statement.NotPrincipal !== undefined,
      // Everything but some is everything, for those who ask for `*`.
      actions: texts(statement.Action, statement.NotAction),
      resources: texts(statement.Resource, statement.NotResource),
      condition: isTree(statement.Condition) ? statement.Condition : {},
    }));
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
function isEverybody(principal: unknown): boolean {
  return principal === "*" || (isTree(principal) && listOf(principal.AWS).includes("*"));
}

function texts(value: unknown, not: unknown): string[] {
  return not === undefined ? listOf(value).map(String) : ["*"];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
