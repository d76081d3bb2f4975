import type { Properties } from "../../../../providers/protocol/provider";
import type { CloudStore, Thing } from "../../store";
import { NetlifyInCloud } from "./cloud-store";

/**
 * The provider's id of the object that a declared resource would be; `undefined`: there is none. A deploy key has no name by
 * which it could be found, and one that no site uses opens nothing.
 */
export function findInNetlify(cloud: CloudStore, type: string, inputs: Properties): string | undefined {
  const store = new NetlifyInCloud(cloud);
  const site = store
    .list("site")
    .find(({ id, name }) => (type.endsWith(":Site") ? name === inputs.name : id === inputs.siteId));
  if (!site) return undefined;
  switch (type) {
    case "netlify:index/site:Site":
      return String(site.id);
    case "netlify:index/certificate:Certificate":
      return store.get("certificate", String(site.id)) && String(site.id);
    case "netlify:index/buildHook:BuildHook": {
      const hook = store
        .list("buildHook")
        .find(({ site_id, title }) => site_id === site.id && title === inputs.title);
      return hook && `${site.id}/${hook.id}`;
    }
    case "netlify:index/environmentVariable:EnvironmentVariable": {
      const variable = store
        .list("envVar")
        .find(({ site_id, key }) => site_id === site.id && key === inputs.key);
      return variable && `${inputs.accountSlug}/${site.id}/${variable.key}`;
    }
    default:
      return undefined;
  }
}

/** The resource that a thing of Netlify's would be, with the provider's id; `undefined` for what could not be found by its name. */
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
