import { type Properties, UNKNOWN } from "../../providers/protocol/provider";
import { configOf, SIGNATURE } from "../../providers/protocol/values";
import type { DeployedResource } from "../resources/deployment";
import { resourceType } from "../resources/types";
import { EngineError } from "./errors";
import type { EngineEvent } from "./events";
import { findDeclared } from "./lookup";
import type { Rehearsal } from "./run";
import { CloudStore } from "./store";
import type { RehearsedStack } from "./workspace";

/** A resource that was created but not recorded, and is now under management. */
export interface Adopted {
  urn: string;
  type: string;
  id: string;
}

/**
 * After a crash: finds what the program declares and the cloud already holds, though the state does not know it, and adopts it.
 * Physical names are deterministic, so an orphan is found by its name. Done in rounds, because what hangs on an orphan can only
 * be named once the orphan is adopted.
 *
 * @throws EngineError where another engine is at work on the stack, or the engine fails.
 */
export async function recover(rehearsal: Rehearsal, files: RehearsedStack): Promise<Adopted[]> {
  const workspace = rehearsal.workspace(files);
  await workspace.prepare();
  await letGo(rehearsal, files);
  const adopted: Adopted[] = [];
  for (;;) {
    const found = await findOrphans(rehearsal, files);
    if (found.length === 0) return adopted;
    await adopt(rehearsal, files, found);
    adopted.push(...found.map(({ resource: { urn, type }, id }) => ({ urn, type, id })));
  }
}

/** After a crash: takes a killed engine's lock and what it had begun away, so that another engine can work on the stack. */
export async function letGo(rehearsal: Rehearsal, files: RehearsedStack): Promise<void> {
  releaseLock(rehearsal, files);
  await forgetPending(rehearsal, files);
}

// A killed engine leaves its lock behind. The CLI's own `cancel` reads the state, which may be what is damaged.
function releaseLock({ state, project }: Rehearsal, { stack }: RehearsedStack): void {
  if (state.lockHolder(project.name, stack)?.alive === false) state.unlock(project.name, stack);
}

// What an operation left pending is looked for by name below, like everything else that the state does not know.
async function forgetPending(rehearsal: Rehearsal, files: RehearsedStack): Promise<void> {
  const workspace = rehearsal.workspace(files);
  const { version, deployment } = await workspace.export("encrypted");
  if (!deployment.pending_operations?.length) return;
  await workspace.import({ version, deployment: { ...deployment, pending_operations: [] } });
}

interface Orphan {
  resource: DeployedResource;
  id: string;
  /** Components above it that were not recorded either, the outermost first. */
  above: DeployedResource[];
}

async function findOrphans(rehearsal: Rehearsal, files: RehearsedStack): Promise<Orphan[]> {
  const preview = await rehearsal.run(files, "preview");
  if (!preview.ok) throw new EngineError(preview.errors.join("\n"));
  const planned = new Map(preview.events.flatMap(plannedBy).map((resource) => [resource.urn, resource]));
  const { deployment } = await rehearsal.workspace(files).export("encrypted");
  const recorded = new Map((deployment.resources ?? []).map((resource) => [resource.urn, resource]));
  const store = new CloudStore(rehearsal.options.cloud);
  try {
    return [...planned.values()].flatMap((resource): Orphan[] => {
      const { urn, type, inputs = {} } = resource;
      const provider = recorded.get(urnOf(resource.provider));
      if (!resource.custom || !provider) return [];
      const id = findDeclared(store, { type, urn, inputs, providerConfig: configOf(provider.inputs ?? {}) });
      return id === undefined ? [] : [{ resource, id, above: lineOf(resource, planned) }];
    });
  } finally {
    store.close();
  }
}

/** What a preview would create, as it would stand in the state. */
function plannedBy({ resourcePreEvent }: EngineEvent): DeployedResource[] {
  const { op, urn, type, new: planned } = resourcePreEvent?.metadata ?? {};
  if (op !== "create" || !urn || !type || !planned || type.startsWith("pulumi:")) return [];
  const { custom = false, inputs, parent, provider } = planned;
  return [{ urn, type: resourceType(type), custom, inputs: recordable(inputs ?? {}), parent, provider }];
}

// Only what is known and no secret can be recorded; the next `up` brings the rest.
function recordable(inputs: Properties): Properties {
  const hidden = (value: unknown) =>
    [UNKNOWN, SIGNATURE, "[secret]"].some((mark) => JSON.stringify(value).includes(mark));
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hidden(value)));
}

function lineOf(
  { parent }: DeployedResource,
  planned: ReadonlyMap<string, DeployedResource>,
): DeployedResource[] {
  const above = parent === undefined ? undefined : planned.get(parent);
  return above ? [...lineOf(above, planned), above] : [];
}

// The orphans are put into the state with what is known of them; a refresh of them alone reads the rest.
async function adopt(rehearsal: Rehearsal, files: RehearsedStack, orphans: readonly Orphan[]): Promise<void> {
  const workspace = rehearsal.workspace(files);
  const { version, deployment } = await workspace.export("encrypted");
  const resources = deployment.resources ?? [];
  const above = new Map(
    orphans.flatMap((orphan) => orphan.above).map((component) => [component.urn, component]),
  );
  const found = orphans.map(({ resource, id }) => ({ ...resource, id }));
  await workspace.import({
    version,
    deployment: { ...deployment, resources: [...resources, ...above.values(), ...found] },
  });
  const targets = orphans.flatMap(({ resource }) => ["--target", resource.urn]);
  const refreshed = await rehearsal.run(files, "refresh", targets);
  if (!refreshed.ok) throw new EngineError(refreshed.errors.join("\n"));
}

function urnOf(providerReference: string | undefined): string {
  return providerReference?.slice(0, providerReference.lastIndexOf("::")) ?? "";
}
