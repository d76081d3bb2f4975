import type { Properties } from "../../../../providers/protocol/provider";
import type { CloudStore, Thing } from "../../store";
import { NetlifyInCloud } from "./cloud-store";
import type { Body } from "./store";

/**
 * The provider's ids of the objects that a declared resource can be. A deploy key has no name by
 * which it could be found: every one can be meant, and the site that uses it says which.
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
 * The resource that a thing of Netlify's would be, with the provider's id; `undefined` for what
 * could not be found by its name.
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
