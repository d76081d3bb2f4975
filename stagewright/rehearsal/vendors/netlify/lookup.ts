import type { Properties } from "../../../../providers/protocol/provider";
import type { CloudStore, Thing } from "../../store";
import { NetlifyInCloud } from "./cloud-store";
import type { Body } from "./store";

/**
 * Returns the provider's ids of the objects that match a declared resource. A deploy key has no
 * name to find it by, so every one matches, and the site that uses it decides.
 */
export function findInNetlify(cloud: CloudStore, type: string, inputs: Properties): string[] {
  const store = new NetlifyInCloud(cloud);
  if (type === "netlify:index/deployKey:DeployKey")
    return store.list("deployKey").map(({ id }) => String(id));
  const site = store
    .list("site")
    .find(({ id, name }) => (type.endsWith(":Site") ? name === inputs.name : id === inputs.siteId));
  if (!site) return [];
  const own = (test: (body: Body) => boolean) => (body: Body) => body.site_id === site.id && test(body);
  switch (type) {
    case "netlify:index/site:Site":
      return [String(site.id)];
    case "netlify:index/certificate:Certificate":
      return store.get("certificate", String(site.id)) ? [String(site.id)] : [];
    case "netlify:index/buildHook:BuildHook":
      return store
        .list("buildHook")
        .filter(own(({ title, branch }) => title === inputs.title && branch === inputs.branch))
        .map(({ id }) => `${site.id}/${id}`);
    case "netlify:index/environmentVariable:EnvironmentVariable":
      return store
        .list("envVar")
        .filter(own(({ key }) => key === inputs.key))
        .map(({ key }) => `${inputs.accountSlug}/${site.id}/${key}`);
    default:
      return [];
  }
}

/**
 * Returns the resource of a Netlify object, with the provider's id; `undefined` for one that cannot
 * be found by its name.
 */
export function resourceOfNetlify(
  cloud: CloudStore,
  { type, id, properties }: Thing,
): { type: string; id: string } | undefined {
  const { site_id: siteId, key } = properties;
  switch (type) {
    case "netlify:site":
      return { type: "netlify:index/site:Site", id };
    case "netlify:certificate":
      return { type: "netlify:index/certificate:Certificate", id };
    case "netlify:buildHook":
      return { type: "netlify:index/buildHook:BuildHook", id: `${siteId}/${id}` };
    case "netlify:envVar": {
      const site = new NetlifyInCloud(cloud).get("site", String(siteId));
      return (
        site && {
          type: "netlify:index/environmentVariable:EnvironmentVariable",
          id: `${site.account_slug}/${siteId}/${key}`,
        }
      );
    }
    default:
      return undefined;
  }
}
