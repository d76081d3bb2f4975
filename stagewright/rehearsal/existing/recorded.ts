import { logicalName } from "../../../providers/protocol/names";
import type { Properties } from "../../../providers/protocol/provider";
import { configOf } from "../../../providers/protocol/values";
import type { DeployedResource } from "../../resources/deployment";
import { accountOf } from "../lookup";
import type { RehearsalState } from "../state";
import type { CloudStore, Thing } from "../store";
import { resourceOfNetlify } from "../vendors/netlify/lookup";
import { identityOf } from "./identities";

/** Who has a thing under management. */
export interface Manager {
  project: string;
  stack: string;
  /** The resource's logical name there. */
  name: string;
  urn: string;
}

/** What the states beside a rehearsal cloud know of it: which stack manages which thing. */
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

  /** Who manages a thing, by the id under which the engine knows it; `undefined`: nobody. */
  manager(type: string, id: string, account: string): Manager | undefined {
    return this.#managers.get(keyOf(type, id, account));
  }

  /** What a resource could manage and no state knows. */
  unmanaged(store: CloudStore): Thing[] {
    return store.all().filter((thing) => {
      const managed = asManaged(store, thing);
      return managed !== undefined && !this.manager(managed.type, managed.id, thing.account);
    });
  }
}

// As the engine would know it; `undefined` for what no resource is, such as a repository or a
// release.
function asManaged(store: CloudStore, thing: Thing): { type: string; id: string } | undefined {
  if (thing.type.startsWith("netlify:")) return resourceOfNetlify(store, thing);
  return identityOf(thing.type) && thing;
}

/** The configurations of a stack's providers by their URNs. */
export function providerConfigs(
  resources: readonly Pick<DeployedResource, "urn" | "type" | "inputs">[],
): Map<string, Properties> {
  const providers = resources.filter(({ type }) => type.startsWith("pulumi:providers:"));
  return new Map(providers.map(({ urn, inputs }) => [urn, configOf(inputs ?? {})]));
}

/** The URN in a resource's reference to its provider, which ends with the id of that instance. */
export function providerOf(reference: string | undefined): string {
  return reference?.slice(0, reference.lastIndexOf("::")) ?? "";
}

function keyOf(type: string, id: string, account: string | undefined): string {
  return JSON.stringify([type, id, account]);
}
