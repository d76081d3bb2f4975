import type { Stated } from "../release/stated";
import type { ResourceState } from "../resources/graph";
import type { ResourceType } from "../resources/types";
import { type Excepted, settle, unused } from "./exceptions";
import { inputsOf, nameOf, providerOf } from "./resource";
import type { Circumstances, Context, Policy, Rule, Violation } from "./rule";
import { rules } from "./rules";

/**
 * A place where a rule does not hold, with all that a reader needs to act on it. No value of a
 * secret is in it.
 */
export interface Finding extends Policy {
  /** Logical name and type of the resource; not there where the environment as a whole is meant. */
  resource?: { name: string; type: ResourceType; urn: string };
  /** What is wrong, without the resource. */
  says: string;
  /** The exception that lets it pass; not there where it counts. */
  excepted?: Excepted;
}

/**
 * Everything that the policy has to say about the resources of one stack, exceptions applied: what
 * they let pass carries them, what they do not match is a finding of its own.
 */
export function findings(resources: readonly ResourceState[], circumstances: Circumstances): Finding[] {
  const context = contextOf(resources, circumstances);
  if (!context) return [];
  const found = rules.flatMap((rule) =>
    violationsOf(rule, resources, context).map((violation) => finding(rule, violation, context)),
  );
  return [...found, ...unused(found, context)];
}

/** What the rules may know of a run; `undefined` where no environment of ours is in it. */
export function contextOf(
  resources: readonly ResourceState[],
  circumstances: Circumstances,
): Context | undefined {
  const environment = resources.find(({ type }) => type === "stagewright:index:Environment");
  if (!environment) return undefined;
  const [, system = ""] = environment.urn.split("::");
  // Ours alone makes that component, and with this input.
  return { ...circumstances, system, stated: inputsOf(environment).policy as Stated };
}

/** Whether a finding stops a deploy. */
export function counts({ severity, excepted }: Finding): boolean {
  return severity === "error" && excepted === undefined;
}

/** What one rule has to say about some resources. */
function violationsOf(rule: Rule, resources: readonly ResourceState[], context: Context): Violation[] {
  if ("all" in rule) return rule.all(resources, context);
  return resources.flatMap((resource) =>
    rule.each(resource, context, providerOf(resource, resources)).map((says) => ({ resource, says })),
  );
}

/** A violation as a finding, with the exception that lets it pass or has ended. */
export function finding(rule: Rule, { resource, says }: Violation, context: Context): Finding {
  const { name, severity, title, because, fix, source } = rule;
  return settle(
    {
      name,
      severity,
      title,
      because,
      fix,
      source,
      says,
      ...(resource && { resource: { name: nameOf(resource), type: resource.type, urn: resource.urn } }),
    },
    context,
  );
}
