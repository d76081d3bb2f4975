import { logicalName } from "../providers/protocol/names";
import type { EngineEvent } from "../rehearsal/events";
import { isSecret } from "../review/secrets";
import { isTree, type Tree } from "../spec/merge";

/** How the vendors' world differs from what was last deployed. */
export interface Drift {
  /** Each thing that somebody changed or deleted by hand, by name. */
  things: DriftedThing[];
  /** How many are as they were deployed. */
  unchanged: number;
}

export interface DriftedThing {
  /** Logical name. */
  name: string;
  type: string;
  urn: string;
  what: "changed" | "deleted";
  /** What is not as it was deployed; empty for what was deleted. */
  properties: DriftedProperty[];
}

export interface DriftedProperty {
  /** `configVars.DEBUG`, `corsRules[0].allowedOrigins`. */
  path: string;
  /** As deployed; `undefined`: it was not there. Never a secret's value. */
  before?: unknown;
  /** As it is now; `undefined`: it is gone. Never a secret's value. */
  after?: unknown;
  /** It is a secret, so that neither value is known here. */
  secret: boolean;
}

/**
 * Reads the drift out of the events of `pulumi refresh --preview-only`. Only what the program states counts: a counter or an
 * address that a vendor moves by itself is nobody's doing, and no `up` would put it back.
 */
export function driftOf(events: readonly EngineEvent[]): Drift {
  const things: DriftedThing[] = [];
  let unchanged = 0;
  for (const { resOutputsEvent } of events) {
    if (!resOutputsEvent) continue;
    const { metadata } = resOutputsEvent;
    if (metadata.type.startsWith("pulumi:") || metadata.new?.custom === false) continue;
    const thing = thingOf(metadata);
    if (thing) things.push(thing);
    else unchanged += 1;
  }
  return { things: things.sort((a, b) => a.name.localeCompare(b.name, "en")), unchanged };
}

type Metadata = NonNullable<EngineEvent["resOutputsEvent"]>["metadata"];

function thingOf({ op, urn, type, old, new: now, detailedDiff }: Metadata): DriftedThing | undefined {
  const thing = { name: logicalName(urn), type, urn };
  if (op === "delete") return { ...thing, what: "deleted", properties: [] };
  if (op !== "update") return undefined;
  const properties = Object.entries(detailedDiff ?? {})
    .filter(([, { inputDiff }]) => inputDiff)
    .map(([path]) => property(path, old?.inputs ?? {}, now?.inputs ?? {}));
  return properties.length > 0 ? { ...thing, what: "changed", properties } : undefined;
}

function property(path: string, before: Tree, after: Tree): DriftedProperty {
  const [was, is] = [seen(before, steps(path)), seen(after, steps(path))];
  const secret = was.secret || is.secret;
  return secret ? { path, secret } : { path, before: was.value, after: is.value, secret };
}

/** The steps of a property path, https://pkg.go.dev/github.com/pulumi/pulumi/sdk/v3/go/common/resource#ParsePropertyPath */
function steps(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted?.replace(/\\(.)/g, "$1") ?? index ?? name ?? "",
  );
}

// What lies in a secret is one, and so is what holds one: the engine gives neither.
function seen(tree: unknown, path: readonly string[]): { value?: unknown; secret: boolean } {
  if (isSecret(tree)) return { secret: true };
  const [step, ...rest] = path;
  if (step === undefined) return holdsSecret(tree) ? { secret: true } : { value: tree, secret: false };
  const inside = Array.isArray(tree) ? tree[Number(step)] : isTree(tree) ? tree[step] : undefined;
  return inside === undefined ? { secret: false } : seen(inside, rest);
}

function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isTree(value) && (isSecret(value) || Object.values(value).some(holdsSecret));
}
