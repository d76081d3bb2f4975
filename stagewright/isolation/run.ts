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
 * Finds the things that two stacks of a project share by running the engine for each in its own
 * rehearsal cloud. Ids, names and credentials there depend only on physical identity, so things
 * that are equal in both clouds would be the same thing at the vendor.
 * @throws EngineError if one of them does not come up
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

/** Builds one side of the comparison from its rehearsal. */
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

// An environment does not make the things that it expects to find.
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

// A rehearsal replaces these by placeholders, so we compare them as written. Two encryptions of the
// same text differ.
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
