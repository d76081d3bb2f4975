import { logicalName, packageOf } from "../../providers/protocol/names";
import { isTree } from "../environment/merge";
import { requiredSecrets } from "../environment/references";
import type { EnvironmentSpec } from "../environment/schema/environment";
import type { Project, StackFiles } from "../project/project";
import { type Rehearsed, rehearsed } from "../rehearsal/rehearsed";
import { seed, seedOthers } from "../rehearsal/seed";
import { CloudStore } from "../rehearsal/store";
import { textsOf } from "../resources/texts";
import { type IsolationReport, isolation, type Occupant, type Physical } from "./isolation";

/**
 * What two stacks of a project share, seen by running the engine for each in a rehearsal cloud of
 * its own: ids, names and credentials there depend on nothing but the physical identity, so that
 * what is equal in both clouds would be one thing at the vendor.
 * @throws EngineError where one of them does not come up
 */
export async function sharedByStacks(
  project: Project,
  a: StackFiles,
  b: StackFiles,
  onProgress?: (line: string) => void,
): Promise<IsolationReport> {
  const [inA, inB] = await Promise.all([
    rehearsed(project, a, onProgress),
    rehearsed(project, b, onProgress),
  ]);
  return isolation(occupant(project, a, inA), occupant(project, b, inB));
}

/** One side of the comparison, from what a rehearsal made of it. */
export function occupant(project: Project, files: StackFiles, { resources, things }: Rehearsed): Occupant {
  const { stack, spec } = files;
  const before = thingsBefore(spec);
  const madeBy = new Map(resources.map(({ id, type, urn }) => [`${packageOf(type)} ${id}`, urn]));
  const made = things
    .filter(({ type, id }) => !before.has(`${type} ${id}`))
    .map(({ type, id, scope, name }): Physical => {
      const sameType = resources.find((resource) => resource.type === type && resource.id === id)?.urn;
      const urn = sameType ?? madeBy.get(`${packageOf(type)} ${id}`);
      return { type, id, scope, name, resource: urn && logicalName(urn) };
    });
  return {
    stack,
    spec,
    things: made,
    texts: textsOf(resources),
    secrets: writtenSecrets(project, files),
    borrowed: files.borrowed,
    placeOf: (path) => files.place(path).file,
  };
}

// What an environment expects to find is not made by it.
function thingsBefore(spec: EnvironmentSpec): Set<string> {
  const cloud = new CloudStore(":memory:");
  try {
    seed(cloud, spec);
    seedOthers(cloud, spec);
    return new Set(cloud.all().map(({ type, id }) => `${type} ${id}`));
  } finally {
    cloud.close();
  }
}

// Placeholders stand for these in a rehearsal, so they are compared as they are written. Two
// encryptions of one text differ.
function writtenSecrets({ name }: Project, { settings, spec }: StackFiles): Record<string, string> {
  const config = isTree(settings.config) ? settings.config : {};
  const secrets = new Set(requiredSecrets(spec).map((secret) => `${name}:${secret}`));
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      if (isTree(value) && typeof value.secure === "string") return [[key, value.secure]];
      return secrets.has(key) && typeof value === "string" ? [[key, value]] : [];
    }),
  );
}
