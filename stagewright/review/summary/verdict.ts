import { counts } from "../../policy/findings";
import { counted, listed } from "../../text/words";
import type { Change } from "../change/change";
import type { Relation, StackReview, Verdict } from "./model";

type Found = Omit<StackReview, "verdict">;

/** The answer in one line: the gravest finding first. */
export function verdictOf(found: Found): Verdict {
  const { errors, baseErrors, stands, byHand, environment, changes, rules, risks } = found;
  const [error] = errors;
  if (error !== undefined) return { level: "refused", says: `Cannot be applied: ${firstSentence(error)}` };
  if (baseErrors.length > 0)
    return {
      level: "attention",
      says: `What would change cannot be told: the base of ${environment} does not come up. ${firstSentence(baseErrors[0] ?? "")}`,
    };
  const dangers = dangersOf(found);
  const [gravest] = dangers;
  if (byHand) return drift(found, gravest);
  if (stands === "added") {
    if (gravest) return { level: "danger", says: gravest };
    return {
      level: "fine",
      says: `Adds the environment ${environment}: ${counted(changes.length, "resource")} to create.`,
    };
  }
  if (stands === "removed") {
    const grave = gravest ? ` ${gravest}` : "";
    return {
      level: gravest ? "danger" : "attention",
      says: `Takes the environment ${environment} away: a destroy would delete ${counted(changes.length, "resource")}.${grave}`,
    };
  }
  if (gravest)
    return {
      level: "danger",
      says: `${gravest}${dangers.length > 1 ? ` And ${counted(dangers.length - 1, "more danger")}.` : ""}`,
    };
  if (changes.length === 0 && rules.length === 0) {
    const [warning] = risks.filter(({ level }) => level === "warning");
    return warning ? { level: "attention", says: warning.says } : nothing(found);
  }
  const what = [
    ...(changes.length > 0 ? [operations(changes)] : []),
    ...(rules.length > 0
      ? [
          `${counted(rules.length, "release rule")} of ${environment} ${rules.length === 1 ? "changes" : "change"}`,
        ]
      : []),
  ];
  const attention = rules.length > 0 || warns(found);
  return { level: attention ? "attention" : "fine", says: `${capital(listed(what))}.` };
}

/** Everything in a review that is grave by itself, the gravest first. */
function dangersOf({ risks, relations, policy, cost }: Found): string[] {
  const over = cost?.budget !== undefined && cost.after > cost.budget;
  return [
    ...risks.filter(({ level }) => level === "danger").map(({ says }) => says),
    ...relations.flatMap(broken),
    ...(policy?.added ?? [])
      .filter(counts)
      .map(({ resource, says }) => `Against the policy: ${resource ? `${resource.name} ` : ""}${says}.`),
    ...(over ? ["It costs more than its budget."] : []),
  ];
}

function warns({ risks, policy, live }: Found): boolean {
  return (
    risks.some(({ level }) => level === "warning") ||
    (policy?.added.length ?? 0) > 0 ||
    (live ? live.differences.length + live.errors.length > 0 : false)
  );
}

function drift({ environment, changes }: Found, gravest: string | undefined): Verdict {
  const of = (operation: Change["operation"]) => changes.filter((change) => change.operation === operation);
  const [changed, deleted] = [of("update").length, of("delete").length];
  if (changed + deleted === 0)
    return gravest
      ? { level: "danger", says: gravest }
      : { level: "nothing", says: `${environment} is as it was deployed.` };
  const what = [
    ...(changed > 0 ? [`changed ${counted(changed, "resource")}`] : []),
    ...(deleted > 0 ? [`deleted ${counted(deleted, "resource")}`] : []),
  ];
  const says = `By hand, somebody ${listed(what)} of ${environment}.`;
  return gravest ? { level: "danger", says: `${says} ${gravest}` } : { level: "attention", says };
}

function nothing({ alike, providers }: Found): Verdict {
  if (alike > 0)
    return {
      level: "nothing",
      says: `Nothing changes in meaning: ${counted(alike, "resource")} would be written again, in another order or spacing.`,
    };
  if (providers.length > 0)
    return {
      level: "nothing",
      says: `No resource changes; ${providers.length === 1 ? "a provider is" : "providers are"} of another version.`,
    };
  return { level: "nothing", says: "Nothing changes." };
}

// The relations that no longer hold.
function broken({ kind, with: other, before, after }: Relation): string[] {
  const fresh = (after ?? []).filter((one) => !before?.includes(one));
  return fresh.map(
    (says) => `No longer ${kind === "parity" ? "parallel to" : "apart from"} ${other}: ${says}.`,
  );
}

const VERBS = {
  create: "creates",
  update: "updates",
  replace: "replaces",
  delete: "deletes",
  import: "imports",
  same: "changes the protection of",
} as const;

function operations(changes: readonly Change[]): string {
  const parts = (Object.keys(VERBS) as (keyof typeof VERBS)[]).flatMap((operation) => {
    const count = changes.filter((change) => change.operation === operation).length;
    return count === 0 ? [] : [`${VERBS[operation]} ${counted(count, "resource")}`];
  });
  return listed(parts);
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return /^.*?\.(?= )/.exec(line)?.[0] ?? line;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
