import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Tree } from "../environment/merge";
import type { ResourceState } from "../resources/graph";

/**
 * The resources that each property of a resource depends on, all by URN. The engine's events do not
 * contain them.
 */
export type References = ReadonlyMap<string, Tree>;

/** The dependencies recorded in a state. */
export function referencesIn(resources: readonly ResourceState[]): References {
  return new Map(
    resources.map(({ urn, propertyDependencies }) => [urn, (propertyDependencies ?? {}) as Tree]),
  );
}

interface Plan {
  resourcePlans: Record<string, { goal?: { propertyDependencies?: Tree } }>;
}

/**
 * Runs a preview with the flags that make the engine save its plan, and reads the dependencies from
 * it; none if there is no plan. https://www.pulumi.com/docs/iac/concepts/update-plans/
 */
export async function withReferences<T>(
  preview: (flags: readonly string[]) => Promise<T>,
): Promise<T & { references: References }> {
  const scratch = mkdtempSync(path.join(tmpdir(), "stagewright-plan-"));
  try {
    const file = path.join(scratch, "plan.json");
    const ended = await preview(["--save-plan", file]);
    const plan = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Plan) : { resourcePlans: {} };
    const references = Object.entries(plan.resourcePlans).map(
      ([urn, { goal }]) => [urn, goal?.propertyDependencies ?? {}] as const,
    );
    return { ...ended, references: new Map(references) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
