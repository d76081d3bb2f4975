import { configOf } from "../../../providers/protocol/values";
import { isTree } from "../../environment/merge";
import type { ResourceState } from "../../resources/graph";
import type { ResourceType } from "../../resources/types";
import { inputsOf, listOf } from "../resource";
import type { Context, StackRule } from "../rule";

/** Whoever sees a resource at the vendor can tell what it belongs to. */
export const tags: StackRule = {
  name: "tags",
  severity: "warning",
  title: "What is made at AWS and DigitalOcean carries the system and the environment as tags",
  because: "a bill, an alarm or a leftover can otherwise not be told to belong to anybody",
  fix: "use the providers of components/providers/, whose default tags are `system`, `environment` and `managed-by`; tag droplets and databases alike",
  source: "https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html",
  all: (resources, context) =>
    resources.flatMap((resource) => untagged(resource, context).map((says) => ({ resource, says }))),
};

function untagged(resource: ResourceState, { system, stated: { environment } }: Context): string[] {
  const inputs = inputsOf(resource);
  if (resource.type === "pulumi:providers:aws") {
    const { defaultTags } = configOf(inputs);
    const given = isTree(defaultTags) && isTree(defaultTags.tags) ? defaultTags.tags : {};
    const missing = Object.entries({ system, environment }).filter(([key, value]) => given[key] !== value);
    return missing.map(([key]) => `gives what it makes no tag ${key} of this environment`);
  }
  if (!TAGGED.has(resource.type)) return [];
  const given = listOf(inputs.tags).join(" ");
  return given.includes(system) && given.includes(environment)
    ? []
    : ["has no tags of this system and environment"];
}

const TAGGED: ReadonlySet<ResourceType> = new Set<ResourceType>([
  "digitalocean:index/droplet:Droplet",
  "digitalocean:index/databaseCluster:DatabaseCluster",
]);
