import { logicalName } from "../../../providers/protocol/names";
import type { Properties } from "../../../providers/protocol/provider";
import type { EnvironmentSpec } from "../../environment/schema/environment";
import type { DeployedResource } from "../../resources/deployment";
import { resourceType } from "../../resources/types";
import type { EngineEvent } from "../events";
import { type Found, lookUp } from "../lookup";
import { seed, seedOthers } from "../seed";
import type { RehearsalState } from "../state";
import { CloudStore, type Thing } from "../store";
import { identityOf, type Role, roleOf } from "./identities";
import { type Manager, providerConfigs, providerOf, Recorded } from "./recorded";

/**
 * Something that a program declares, that a stack's state does not know, and that exists already.
 */
export interface Existing {
  /** The resource that a preview would create. */
  urn: string;
  type: string;
  /** Its logical name. */
  name: string;
  /** What is there: the id under which the engine would know it. */
  id: string;
  /** What people know it by at the vendor. */
  called: string;
  /**
   * What the program calls it instead, where it is found only because an environment has one of it.
   */
  declared?: string;
  /**
   * What a create would do. `refused`: the vendor refuses it, as the name is taken. `doubled`: a
   * second one is made beside it. `taken over`: the vendor sets what is there, as with a PUT.
   */
  create: "refused" | "doubled" | "taken over";
  /** What it is for the environment, where an environment has one of it. */
  role?: Role;
  /** Who manages it. Absent: nobody. */
  manager?: Manager;
}

/** Which stack of which project. */
interface Of {
  project: string;
  stack: string;
}

/**
 * Whether the resource must not be created: what there is would be lost sight of, or the vendor
 * would refuse half-way.
 */
export function forbids({ create, manager }: Existing): boolean {
  return create === "refused" || (create === "doubled" && manager === undefined);
}

/**
 * Whether a preview could find something in the cloud that a stack declares and its state does not
 * know: something that nobody manages, or a state that is empty beside others. Far cheaper than
 * that preview.
 */
export function mayExist(store: CloudStore, state: RehearsalState, of: Of, spec?: EnvironmentSpec): boolean {
  const isEmpty = !state.resources(of.project, of.stack).some(({ type }) => identityOf(type));
  const others = state.all().filter(({ project, stack }) => project !== of.project || stack !== of.stack);
  if (isEmpty && others.some(({ project, stack }) => state.resources(project, stack).length > 0)) return true;
  const lent = spec ? seeded(spec) : new Set();
  return new Recorded(state).unmanaged(store).some((thing) => !lent.has(placeOf(thing)));
}

// What an environment expects to find is nobody's to manage.
function seeded(spec: EnvironmentSpec): Set<string> {
  const store = new CloudStore(":memory:");
  try {
    seed(store, spec);
    seedOthers(store, spec);
    return new Set(store.all().map(placeOf));
  } finally {
    store.close();
  }
}

function placeOf({ type, scope, name }: Thing): string {
  return JSON.stringify([type, scope, name]);
}

/**
 * What a preview would create although it exists: by the name or the owner that the vendor knows it
 * by, or, where a thing got another name, because it is what the environment has one of. In the
 * preview's order.
 *
 * @param events of a preview of the stack as its state is now
 */
export function existingIn(
  store: CloudStore,
  state: RehearsalState,
  of: Of,
  events: readonly EngineEvent[],
): Existing[] {
  const creates = plannedBy(events);
  if (creates.length === 0) return [];
  const recorded = new Recorded(state);
  const configs = configsIn(events, state.resources(of.project, of.stack));
  const found = findAll(store, creates, configs);
  const left = leftBehind(store, recorded, of);
  return creates.flatMap((planned): Existing[] => {
    const { urn, type, inputs } = planned;
    const role = roleOf(type, inputs);
    const there = found.get(urn);
    const resource = { urn, type, name: logicalName(urn), ...(role && { role }) };
    if (there) {
      const manager = recorded.manager(type, there.id, there.account);
      // One that has no name is found by its owner, who may have more of them.
      if (manager && identityOf(type)?.owner !== undefined) return [];
      return [{ ...resource, ...there.told, create: createOf(type, there), ...(manager && { manager }) }];
    }
    const other = role && left.find((thing) => thing.role === role && thing.component === componentOf(urn));
    if (!other) return [];
    const declared = calledIn({ id: resource.name }, inputs);
    return [{ ...resource, id: other.id, called: other.called, declared, create: "doubled" }];
  });
}

interface Planned {
  urn: string;
  type: string;
  inputs: Properties;
  provider: string;
}

function plannedBy(events: readonly EngineEvent[]): Planned[] {
  return events.flatMap(({ resourcePreEvent }): Planned[] => {
    const { op, urn, type, new: planned } = resourcePreEvent?.metadata ?? {};
    if (op !== "create" || !urn || !type || !planned?.custom || type.startsWith("pulumi:")) return [];
    return [{ urn, type, inputs: planned.inputs ?? {}, provider: providerOf(planned.provider) }];
  });
}

// As the preview would configure them: where nothing is recorded, the providers are not either.
function configsIn(
  events: readonly EngineEvent[],
  recorded: readonly DeployedResource[],
): Map<string, Properties> {
  const planned = events.flatMap(({ resourcePreEvent }) => {
    const { urn, type, new: provider } = resourcePreEvent?.metadata ?? {};
    return urn && type && provider ? [{ urn, type: resourceType(type), inputs: provider.inputs }] : [];
  });
  return new Map([...providerConfigs(recorded), ...providerConfigs(planned)]);
}

type There = Found & { told: Pick<Existing, "id" | "called"> };

// In rounds: what is a part of something can be looked for once that is found.
function findAll(
  store: CloudStore,
  creates: readonly Planned[],
  configs: ReadonlyMap<string, Properties>,
): Map<string, There> {
  const found = new Map<string, There>();
  const owners = new Map<string, Found>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { urn, type, inputs, provider } of creates) {
      if (found.has(urn)) continue;
      const providerConfig = configs.get(provider) ?? {};
      const there = lookUp(store, { type, urn, inputs, providerConfig }, owners);
      if (!there) continue;
      found.set(urn, { ...there, told: { id: there.id, called: calledIn(there, inputs) } });
      owners.set(there.id, there);
    }
  }
  return found;
}

function createOf(type: string, { takenOver }: Found): Existing["create"] {
  if (takenOver) return "taken over";
  return identityOf(type)?.unique === "no" ? "doubled" : "refused";
}

interface Left {
  role: Role;
  component: string;
  id: string;
  called: string;
}

// What this stack has made for an environment and its state knows no more.
function leftBehind(store: CloudStore, recorded: Recorded, { project, stack }: Of): Left[] {
  return recorded.unmanaged(store).flatMap((thing): Left[] => {
    const { id, type, properties, maker = "" } = thing;
    const role = roleOf(type, properties);
    if (!role || !maker.startsWith(`urn:pulumi:${stack}::${project}::`)) return [];
    return [{ role, component: componentOf(maker), id, called: calledIn({ id, thing }, properties) }];
  });
}

/** The types of the components above a resource, the outermost first, as its URN has them. */
function componentOf(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return types.slice(0, types.lastIndexOf("$"));
}

function calledIn({ id, thing }: Pick<Found, "id" | "thing">, inputs: Properties): string {
  const { hostname, file, secretName, variableName, title, name, bucket, type } = {
    ...inputs,
    ...thing?.properties,
  };
  const called = [hostname, file, secretName, variableName, title, name, bucket, type];
  return called.find((text): text is string => typeof text === "string") ?? id;
}
