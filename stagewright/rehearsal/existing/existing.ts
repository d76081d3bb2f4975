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

/** An existing resource that a program declares and the stack's state does not contain. */
export interface Existing {
  /** The resource that a preview would create. */
  urn: string;
  type: string;
  /** Its logical name. */
  name: string;
  /** The existing resource: the id under which the engine would know it. */
  id: string;
  /** The name by which people know it at the vendor. */
  called: string;
  /**
   * The program's name for it, if it was found only because an environment has one resource in its
   * role.
   */
  declared?: string;
  /**
   * The effect of a create. `refused`: the vendor refuses it because the name is taken. `doubled`:
   * it creates a second resource. `taken over`: the vendor overwrites the existing one, as with a
   * PUT.
   */
  create: "refused" | "doubled" | "taken over";
  /** Its role in the environment, if an environment has one resource in that role. */
  role?: Role;
  /** The stack that manages it. Absent: none. */
  manager?: Manager;
}

/** The managing stack and its project. */
interface Of {
  project: string;
  stack: string;
}

/**
 * Whether the resource must not be created: the existing one would be lost track of, or the vendor
 * would refuse halfway.
 */
export function forbids({ create, manager }: Existing): boolean {
  return create === "refused" || (create === "doubled" && manager === undefined);
}

/**
 * Whether a preview could find an existing resource in the cloud that the stack declares and its
 * state lacks: there are unmanaged resources, or an empty state beside others. This check is far
 * cheaper than that preview.
 */
export function mayExist(store: CloudStore, state: RehearsalState, of: Of, spec?: EnvironmentSpec): boolean {
  const isEmpty = !state.resources(of.project, of.stack).some(({ type }) => identityOf(type));
  const others = state.all().filter(({ project, stack }) => project !== of.project || stack !== of.stack);
  if (isEmpty && others.some(({ project, stack }) => state.resources(project, stack).length > 0)) return true;
  const lent = spec ? seeded(spec) : new Set();
  return new Recorded(state).unmanaged(store).some((thing) => !lent.has(placeOf(thing)));
}

// The resources that an environment expects to exist, which no stack needs to manage.
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
 * Returns the resources that a preview would create although they exist, in the preview's order.
 * They are found by the vendor's name or owner, or, if the name differs, by their role in the
 * environment.
 *
 * @param events of a preview of the stack with its current state
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
      // A resource without a name is found by its owner, which may have several.
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

// Uses the providers' planned configurations, because an empty state records none.
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

// Works in rounds: a part can be looked up only after its parent has been found.
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

// The resources that this stack created for an environment and that its state no longer knows.
function leftBehind(store: CloudStore, recorded: Recorded, { project, stack }: Of): Left[] {
  return recorded.unmanaged(store).flatMap((thing): Left[] => {
    const { id, type, properties, maker = "" } = thing;
    const role = roleOf(type, properties);
    if (!role || !maker.startsWith(`urn:pulumi:${stack}::${project}::`)) return [];
    return [{ role, component: componentOf(maker), id, called: calledIn({ id, thing }, properties) }];
  });
}

/** The types of a resource's parent components from its URN, the outermost first. */
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
