import { logicalName } from "../../../providers/protocol/names";
import type { Tree } from "../../environment/merge";
import type { DeployedResource } from "../../resources/deployment";
import { withSecrets } from "../../resources/secrets";
import type { ResourceType } from "../../resources/types";

/** A resource as a report may show it. */
export interface Shown {
  /** Without a single secret: what is one is absent. */
  inputs: Tree;
  /** The engine refuses to delete it. */
  protected: boolean;
}

/** What the engine made of a stack, to be asked for what a report shows. */
export class Deployed {
  readonly #resources: readonly DeployedResource[];

  /** @param resources as `pulumi stack export` gives them, with or without `--show-secrets` */
  constructor(resources: readonly DeployedResource[]) {
    this.#resources = resources;
  }

  /** The resource of a type with a logical name; `undefined` where there is none. */
  one(type: ResourceType, name: string): Shown | undefined {
    return this.#shown((resource) => resource.type === type && logicalName(resource.urn) === name)[0];
  }

  /** All resources of a type, in the order of their logical names. */
  all(type: ResourceType): Shown[] {
    return this.#shown((resource) => resource.type === type);
  }

  #shown(wanted: (resource: DeployedResource) => boolean): Shown[] {
    return this.#resources
      .filter(wanted)
      .sort((a, b) => (logicalName(a.urn) < logicalName(b.urn) ? -1 : 1))
      .map(({ inputs = {}, protect }) => ({
        inputs: withSecrets(inputs, () => undefined) as Tree,
        protected: protect === true,
      }));
  }
}
