import type { DeployedResource } from "../../resources/deployment";
import type { EngineEvent } from "../events";

/** An irreversible step of an `up`. */
export interface Harm {
  urn: string;
  type: string;
  op: "replace" | "delete";
  /** The inputs that force it; empty for a deletion. */
  because: string[];
}

/** URNs of the resources that a preview would create. */
export function createdBy(events: readonly EngineEvent[]): string[] {
  return steps(events).flatMap(({ op, urn, type }) =>
    op === "create" && !type.startsWith("pulumi:pulumi:") ? [urn] : [],
  );
}

/** The resources that a preview would replace or delete. */
export function harmsOf(events: readonly EngineEvent[]): Harm[] {
  return steps(events).flatMap(({ op, urn, type, keys }) =>
    op === "replace" || op === "delete" ? [{ urn, type, op, because: keys ?? [] }] : [],
  );
}

/** Returns a state without some resources and without the references of others to them. */
export function without(
  resources: readonly DeployedResource[],
  gone: (urn: string) => boolean,
): DeployedResource[] {
  return resources
    .filter(({ urn }) => !gone(urn))
    .map((resource) => {
      const { dependencies, propertyDependencies } = resource as {
        dependencies?: string[];
        propertyDependencies?: Record<string, string[] | null>;
      };
      const kept = (urns: string[] | null) => urns?.filter((urn) => !gone(urn)) ?? [];
      return {
        ...resource,
        ...(dependencies && { dependencies: kept(dependencies) }),
        ...(propertyDependencies && {
          propertyDependencies: Object.fromEntries(
            Object.entries(propertyDependencies).map(([property, urns]) => [property, kept(urns)]),
          ),
        }),
      };
    });
}

interface Step {
  op: string;
  urn: string;
  type: string;
  keys?: string[];
}

function steps(events: readonly EngineEvent[]): Step[] {
  return events.flatMap(({ resourcePreEvent }) =>
    resourcePreEvent ? [resourcePreEvent.metadata as Step] : [],
  );
}
