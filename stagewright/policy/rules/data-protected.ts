import type { ResourceState } from "../../resources/graph";
import type { ResourceType } from "../../resources/types";
import { inputsOf, textAt } from "../resource";
import type { ResourceRule } from "../rule";

/** What the pack sees in place of an option that the engine does not tell it. */
export const UNTOLD = "untold";

/** Where data is kept for good. */
export const dataProtected: ResourceRule = {
  name: "data-protected",
  severity: "error",
  title: "What holds data worth keeping cannot be deleted or replaced by mistake",
  because:
    "one wrong line would otherwise delete the data of an environment whose data is said to be protected",
  fix: "make it with the options `protect` and `retainOnDelete` (components/protection.ts), a bucket without `forceDestroy`; or state `data.protected: false`",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  each(resource, { stated }) {
    if (!stated.protected || !holdsData(resource)) return [];
    const { forceDestroy } = inputsOf(resource);
    return [
      ...(resource.protect === true ? [] : ["holds data and is not protected against deletion"]),
      ...(resource.retainOnDelete === true || resource.retainOnDelete === UNTOLD
        ? []
        : ["holds data and would be deleted at the vendor when the stack forgets it"]),
      ...(forceDestroy === true ? ["would be deleted with everything in it (`forceDestroy`)"] : []),
    ];
  },
};

const HOLD_DATA: ReadonlySet<ResourceType> = new Set<ResourceType>([
  "aws:s3/bucket:Bucket",
  "cloudamqp:index/instance:Instance",
  "digitalocean:index/databaseCluster:DatabaseCluster",
  "digitalocean:index/spacesBucket:SpacesBucket",
  "digitalocean:index/volume:Volume",
]);

function holdsData(resource: ResourceState): boolean {
  if (HOLD_DATA.has(resource.type)) return true;
  if (resource.type !== "heroku:addon/addon:Addon") return false;
  const inputs = inputsOf(resource);
  // A follower holds a copy:
  // https://devcenter.heroku.com/articles/heroku-postgres-follower-databases
  const follows = textAt(inputs.config, "follow") !== undefined;
  return (
    /^(heroku-postgresql|cloudamqp|heroku-redis|heroku-kafka):/.test(textAt(inputs, "plan") ?? "") && !follows
  );
}
