/**
 * The policy pack of `pulumi preview --policy-pack stagewright/policy`: the rules of `rules/` for
 * the engine. A rule about one resource is asked before that resource is made, one about all of
 * them when they are known. What a rule must know of the environment, its exceptions among it,
 * comes with the component `Environment`.
 */
import { type Policies, PolicyPack, type PolicyResource } from "@pulumi/policy";
import type { ResourceState } from "../resources/graph";
import { dependenciesOf, providerState, resourceState } from "./engine-resource";
import { EXCEPTIONS } from "./exceptions";
import { contextOf, type Finding, finding, findings } from "./findings";
import { providerOf } from "./resource";
import type { Policy, Rule } from "./rule";
import { rules } from "./rules";
import { todayOf } from "./stack";

/** Every resource of the run as the engine first tells of it. */
const told = new Map<string, ResourceState>();

const today = todayOf();

const listener: Policies[number] = {
  name: "inputs",
  description: "Tells the other policies which inputs are secret; it changes nothing",
  enforcementLevel: "remediate",
  remediateResource(args) {
    if (args.provider) told.set(args.provider.urn, providerState(args.provider));
    told.set(args.urn, resourceState(args));
  },
};

function policyOf(rule: Rule): Policies[number] {
  if ("all" in rule) {
    return {
      ...described(rule),
      validateStack: ({ resources }, report) => {
        const all = known(resources);
        const context = contextOf(all, { today });
        if (!context) return;
        for (const violation of rule.all(all, context)) tell(finding(rule, violation, context), report);
      },
    };
  }
  return {
    ...described(rule),
    validateResource: ({ urn }, report) => {
      const resource = heardOf(urn);
      const all = [...told.values()];
      const context = contextOf(all, { today });
      if (!context) return;
      for (const says of rule.each(resource, context, providerOf(resource, all)))
        tell(finding(rule, { resource, says }, context), report);
    },
  };
}

const exceptionsPolicy: Policies[number] = {
  ...described(EXCEPTIONS),
  validateStack: ({ resources }, report) => {
    for (const one of findings(known(resources), { today }))
      if (one.name === EXCEPTIONS.name) tell(one, report);
  },
};

function described({ name, title, severity, because, fix, source }: Policy) {
  return {
    name,
    description: title,
    enforcementLevel: severity === "error" ? ("mandatory" as const) : ("advisory" as const),
    severity: severity === "error" ? ("high" as const) : ("low" as const),
    remediationSteps: `${fix} (${because})`,
    url: source,
  };
}

function tell(
  { says, because, fix, source, excepted, resource }: Finding,
  report: (message: string, urn?: string) => void,
): void {
  if (excepted) return;
  const subject = resource ? `${resource.name} ` : "";
  report(`${subject}${says}\nwhy: ${because}\nfix: ${fix}\n${source}`, resource?.urn);
}

function known(resources: readonly PolicyResource[]): ResourceState[] {
  // A provider that nobody states is told of only as that of another resource.
  const others = [...told.values()].filter(({ urn }) => !resources.some((resource) => resource.urn === urn));
  return [
    ...others.filter(({ type }) => type.startsWith("pulumi:providers:")),
    ...resources.map((resource) => ({
      ...heardOf(resource.urn),
      propertyDependencies: dependenciesOf(resource),
    })),
  ];
}

function heardOf(urn: string): ResourceState {
  const resource = told.get(urn);
  if (resource) return resource;
  throw new Error(
    `the enforcement level of the policy '${listener.name}' must stay 'remediate': without it, no rule knows what is secret`,
  );
}

new PolicyPack("stagewright", { policies: [listener, ...rules.map(policyOf), exceptionsPolicy] });
