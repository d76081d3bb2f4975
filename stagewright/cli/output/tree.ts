import pc from "picocolors";
import { logicalName } from "../../../providers/protocol/names";
import type { DeployedResource } from "../../resources/deployment";
import { shortType } from "./names";

// The properties by which a person recognizes a resource, the most telling first.
const NAMES = [
  "hostname",
  "file",
  "secretName",
  "variableName",
  "title",
  "key",
  "bucket",
  "name",
  "type",
  "environment",
];

/** Prints a stack's resources as a tree with components as branches, without providers. */
export function resourceTree(resources: readonly DeployedResource[]): string[] {
  const children = new Map<string, DeployedResource[]>();
  for (const resource of resources) {
    if (resource.type.startsWith("pulumi:providers:") || !resource.parent) continue;
    children.set(resource.parent, [...(children.get(resource.parent) ?? []), resource]);
  }
  const below = (urn: string, indent: string): string[] => {
    const own = (children.get(urn) ?? []).sort(inReadingOrder);
    return own.flatMap((resource, index) => {
      const last = index === own.length - 1;
      return [
        `${indent}${pc.dim(last ? "└─" : "├─")} ${label(resource)}`,
        ...below(resource.urn, `${indent}${pc.dim(last ? "  " : "│ ")} `),
      ];
    });
  };
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return root ? [pc.bold(logicalName(root.urn)), ...below(root.urn, "")] : [];
}

function label(resource: DeployedResource): string {
  const { urn, type, inputs = {}, protect } = resource;
  if (isComponent(resource)) return pc.bold(logicalName(urn));
  const key = NAMES.find((name) => typeof inputs[name] === "string");
  const called = key ? ` ${String(inputs[key])}` : ` ${pc.dim(logicalName(urn))}`;
  return `${shortType(type)}${called}${protect ? pc.green(" protected") : ""}`;
}

// Components come after their siblings, each group by name, so that every run prints the same
// order.
function inReadingOrder(a: DeployedResource, b: DeployedResource): number {
  return Number(isComponent(a)) - Number(isComponent(b)) || a.urn.localeCompare(b.urn, "en");
}

function isComponent({ type }: DeployedResource): boolean {
  return type.startsWith("stagewright:");
}
