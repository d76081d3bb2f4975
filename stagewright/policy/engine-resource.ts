import {
  type PolicyProviderResource,
  type PolicyResource,
  type ResourceValidationArgs,
  Secret,
} from "@pulumi/policy";
import { SECRET, SIGNATURE } from "../../providers/protocol/values";
import { isTree, type Tree } from "../environment/merge";
import type { ResourceState } from "../resources/graph";
import { resourceType } from "../resources/types";
import { UNTOLD } from "./rules/data-protected";

/**
 * A resource of a run as the rules know it.
 *
 * @param args what the engine gives a *remediation*: that one alone is told which inputs are secret
 */
export function resourceState({
  urn,
  type,
  props,
  opts,
  provider,
}: Omit<ResourceValidationArgs, "stackTags">): ResourceState {
  return {
    urn,
    type: resourceType(type),
    custom: !type.startsWith("stagewright:") && type !== "pulumi:pulumi:Stack",
    inputs: recorded(props) as Tree,
    protect: opts.protect,
    retainOnDelete: UNTOLD,
    ...(provider && { provider: `${provider.urn}::` }),
  };
}

/** The provider of a resource, as the rules know it. */
export function providerState({ urn, type, props }: PolicyProviderResource): ResourceState {
  return { urn, type: resourceType(type), custom: true, inputs: recorded(props) as Tree };
}

/** Which resources a property of a resource comes from, as a deployment has it. */
export function dependenciesOf({ propertyDependencies }: PolicyResource): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(propertyDependencies).map(([property, resources]) => [
      property,
      resources.map(({ urn }) => urn),
    ]),
  );
}

// What the engine gives reads as plain values, secret or not, and throws at what is not known yet.
// Below that, in what the language's own reflection shows, everything is as it came.
function recorded(value: unknown): unknown {
  if (value instanceof Secret)
    return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(recorded(value.value) ?? null) };
  if (Array.isArray(value))
    return Array.from({ length: value.length }, (_, index) => recorded(own(value, `${index}`)));
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, recorded(own(value, key))]));
}

function own(holder: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}
