import { logicalName } from "../../../providers/protocol/names";
import { UNKNOWN } from "../../../providers/protocol/provider";
import { isTree, type Tree, valueAt } from "../../environment/merge";
import type { EngineEvent } from "../../rehearsal/events";
import { isSecret } from "../../resources/secrets";
import { resourceType } from "../../resources/types";
import type { Change, Operation, Side, ValueChange } from "./change";
import { differing, isAlike, pathOf } from "./values";

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

const OPERATIONS: Readonly<Record<string, Operation>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  import: "import",
  same: "same",
};

/**
 * Returns the change of each resource in a preview, without components and providers. A replacement
 * appears once, without its steps. The order is stable; the engine's own varies from run to run
 * because it works on several resources at once.
 */
export function changesIn(events: readonly EngineEvent[]): Change[] {
  return found(events).sort((a, b) => compare(a.component, b.component) || compare(a.urn, b.urn));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function found(events: readonly EngineEvent[]): Change[] {
  return events.flatMap(({ resourcePreEvent }): Change[] => {
    const metadata = resourcePreEvent?.metadata;
    const operation = metadata && OPERATIONS[metadata.op];
    if (!metadata || !operation || isStructure(metadata.type)) return [];
    const { urn, type } = metadata;
    const [before, after] = [sideOf(metadata.old), sideOf(metadata.new)];
    const touched = operation === "update" || operation === "replace";
    const { values, alike } = touched ? valuesOf(metadata, before, after) : { values: [], alike: 0 };
    return [
      {
        urn,
        type: resourceType(type),
        name: logicalName(urn),
        component: componentOf(metadata),
        operation,
        before,
        after,
        values,
        alike,
      },
    ];
  });
}

/** Whether a type does not exist at a vendor: a stack, a provider or a component. */
function isStructure(type: string): boolean {
  return type.startsWith("pulumi:") || type.startsWith("stagewright:");
}

function componentOf({ old, new: news }: Metadata): string {
  const parent = news?.parent ?? old?.parent ?? "";
  return parent.includes("::pulumi:pulumi:Stack::") || parent === "" ? "environment" : logicalName(parent);
}

function sideOf(state: Metadata["old"]): Side | undefined {
  if (!state) return undefined;
  const { inputs, protect, retainOnDelete } = state as {
    inputs?: Tree;
    protect?: boolean;
    retainOnDelete?: boolean;
  };
  return { inputs: inputs ?? {}, protect: protect === true, retain: retainOnDelete === true };
}

/**
 * Returns the changed values: those that the provider names, otherwise all that differ in the
 * inputs. The provider is needed for secrets, which are masked on both sides, and for differences
 * that it ignores, such as the order of a set.
 */
function valuesOf(
  { detailedDiff }: Metadata,
  before: Side | undefined,
  after: Side | undefined,
): { values: ValueChange[]; alike: number } {
  const named = Object.entries(detailedDiff ?? {});
  const [old, news] = [before?.inputs ?? {}, after?.inputs ?? {}];
  const places =
    named.length > 0
      ? named.map(([path, { diffKind }]) => ({
          path: stepsOf(path),
          forces: diffKind.endsWith("-replace"),
          kind: diffKind,
        }))
      : [{ path: [] as string[], forces: false, kind: "update" }];
  const values: ValueChange[] = [];
  const alike = new Set<string>();
  for (const { path, forces, kind } of places) {
    const here = [valueAt(old, path), valueAt(news, path)] as const;
    if (isMasked(old, path) || isMasked(news, path)) {
      const [had, has] = [!kind.startsWith("add"), !kind.startsWith("delete")];
      values.push({
        path: pathOf(path),
        before: had || undefined,
        after: has || undefined,
        secret: true,
        computed: false,
        forces,
      });
      continue;
    }
    const set = listAbove(old, news, path);
    if (set && !forces && isAlike(set.before, set.after, set.path)) {
      alike.add(pathOf(set.path));
      continue;
    }
    const found = differing(...here, path);
    if (found.length === 0 && !forces) alike.add(pathOf(path));
    for (const { path: steps, before: a, after: b, secret } of found)
      values.push({ path: pathOf(steps), before: a, after: b, secret, computed: holdsUnknown(b), forces });
  }
  return { values: once(values), alike: alike.size };
}

// The entries of a list may only have changed places; the list as a whole then counts as the
// change.
function listAbove(old: Tree, news: Tree, path: readonly string[]) {
  for (let end = path.length - 1; end > 0; end--) {
    const above = path.slice(0, end);
    const [before, after] = [valueAt(old, above), valueAt(news, above)];
    if (Array.isArray(before) && Array.isArray(after)) return { path: above, before, after };
  }
  return undefined;
}

function isMasked(inputs: Tree, path: readonly string[]): boolean {
  return path.some((_, index) => isSecret(valueAt(inputs, path.slice(0, index + 1))));
}

function holdsUnknown(value: unknown): boolean {
  if (typeof value === "string") return value.includes(UNKNOWN);
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isTree(value) && Object.values(value).some(holdsUnknown);
}

function once(values: readonly ValueChange[]): ValueChange[] {
  return [...new Map(values.map((value) => [value.path, value])).values()];
}

/**
 * Splits a property path as the engine writes it: `a.b[0]["c.d"]`.
 * https://www.pulumi.com/docs/iac/concepts/miscellaneous/property-paths/
 */
function stepsOf(path: string): string[] {
  const steps = path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g);
  return [...steps].map(([, quoted, index, plain]) => quoted?.replaceAll('\\"', '"') ?? index ?? plain ?? "");
}
