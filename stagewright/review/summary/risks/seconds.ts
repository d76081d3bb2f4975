import { logicalName } from "../../../../providers/protocol/names";
import type { Tree } from "../../../environment/merge";
import { type Role, roleOf } from "../../../rehearsal/existing/identities";
import type { ResourceState } from "../../../resources/graph";
import type { Finder, Occasion, Risk } from "./risk";

/**
 * A second resource in a role that an environment fills once: a database, a broker, a bucket, an
 * app.
 */
export const secondRisks: Finder = (occasion) => [...besideProtected(occasion), ...besideOthers(occasion)];

// A protected environment keeps its resources, so a new one in the same role is added beside them.
function besideProtected({ environment, changes, standing }: Occasion): Risk[] {
  if (!standing.some(({ protect }) => protect === true)) return [];
  const gone = new Set(changes.filter(({ operation }) => operation === "delete").map(({ urn }) => urn));
  return changes.flatMap((change): Risk[] => {
    const role = change.operation === "create" && roleOf(change.type, change.after?.inputs ?? {});
    const first = role && firstOf(standing, role, gone);
    if (!first) return [];
    const both = `a second ${role}, ${calledBy(change.after?.inputs, change.name)} (${change.name})`;
    const old = `${calledBy(first.inputs, logicalName(first.urn))} (${logicalName(first.urn)})`;
    // A program that declares both does so on purpose.
    return gone.has(first.urn)
      ? [
          risk(
            "danger",
            `${environment} gets ${both}: it has ${old}, which holds what there is, and the new one is empty.`,
          ),
        ]
      : [risk("warning", `${environment} gets ${both}, beside ${old}.`)];
  });
}

function firstOf(
  standing: readonly ResourceState[],
  role: Role,
  gone: ReadonlySet<string>,
): ResourceState | undefined {
  const same = standing.filter(({ type, inputs = {} }) => roleOf(type, inputs) === role);
  return same.find(({ urn }) => gone.has(urn)) ?? same[0];
}

function besideOthers({ environment, existing = [] }: Occasion): Risk[] {
  return existing
    .filter(({ create, manager }) => create === "doubled" && manager !== undefined)
    .map(({ called, type, name, role = type.split(":").at(-1), manager }) =>
      risk(
        "danger",
        `${environment} gets a second ${role} called ${called} (${name}): ${manager?.name} of ${manager?.project}/${manager?.stack} is another.`,
      ),
    );
}

function calledBy(inputs: Tree | undefined, name: string): string {
  const { bucket, name: stated } = inputs ?? {};
  return [bucket, stated].find((text): text is string => typeof text === "string") ?? name;
}

function risk(level: Risk["level"], says: string): Risk {
  return { kind: "second", level, says };
}
