import { logicalName } from "../../../providers/protocol/names";
import type { Properties } from "../../../providers/protocol/provider";
import { configOf } from "../../../providers/protocol/values";
import type { DeployedResource } from "../../resources/deployment";
import { accountOf } from "../lookup";
import type { RehearsalState } from "../state";
import type { CloudStore, Thing } from "../store";
import { resourceOfNetlify } from "../vendors/netlify/lookup";
import { identityOf } from "./identities";

/** The stack that manages a resource. */
export interface Manager {
  project: string;
  stack: string;
  /** The resource's logical name there. */
  name: string;
  urn: string;
}

/** Reads the states beside a rehearsal cloud: which stack manages which resource. */
export class Recorded {
  readonly #managers = new Map<string, Manager>();

  constructor(state: RehearsalState) {
    for (const { project, stack } of state.all()) {
      const resources = state.resources(project, stack);
      const configs = providerConfigs(resources);
      for (const { urn, type, id, custom, provider } of resources) {
        if (!custom || id === undefined || type.startsWith("pulumi:")) continue;
        const account = accountOf(type, configs.get(providerOf(provider)) ?? {});
        this.#managers.set(keyOf(type, id, account), { project, stack, name: logicalName(urn), urn });
      }
    }
  }

  /** Returns the manager of a resource by the engine's id; `undefined` without one. */
  manager(type: string, id: string, account: string): Manager | undefined {
    return this.#managers.get(keyOf(type, id, account));
  }

  /** Returns the things that a resource could manage and that no state contains. */
  unmanaged(store: CloudStore): Thing[] {
    return store.all().filter((thing) => {
      const managed = asManaged(store, thing);
      return managed !== undefined && !this.manager(managed.type, managed.id, thing.account);
    });
  }
}

// The engine's type and id; `undefined` for things that no resource manages, such as a repository
// or a release.
function asManaged(store: CloudStore, thing: Thing): { type: string; id: string } | undefined {
  if (thing.type.startsWith("netlify:")) return resourceOfNetlify(store, thing);
  return identityOf(thing.type) && thing;
}

/** Returns the configurations of a stack's providers by URN. */
export function providerConfigs(
  resources: readonly Pick<DeployedResource, "urn" | "type" | "inputs">[],
): Map<string, Properties> {
  const providers = resources.filter(({ type }) => type.startsWith("pulumi:providers:"));
  return new Map(providers.map(({ urn, inputs }) => [urn, configOf(inputs ?? {})]));
}

/**
 * Extracts the URN from a resource's reference to its provider, which ends with the instance's id.
 */
export function providerOf(reference: string | undefined): string {
  return reference?.slice(0, reference.lastIndexOf("::")) ?? "";
}

function keyOf(type: string, id: string, account: string | undefined): string {
  return JSON.stringify([type, id, account]);
}
