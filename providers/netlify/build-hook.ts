import type { components } from "@netlify/open-api";
import { type Properties, Secret, UNKNOWN } from "../protocol/provider";
import type { NetlifyApi } from "./api";
import { unlessNotFound } from "./errors";
import { splitId } from "./ids";
import { matches } from "./inputs";
import type { Resource } from "./resource";

type Hook = components["schemas"]["buildHook"];

const ID_FORM = "SITE_ID/HOOK_ID";

/** A URL that starts a build on POST. Its ID, also for an import, is `SITE_ID/HOOK_ID`. */
export const buildHook: Resource = {
  type: "netlify:index/buildHook:BuildHook",
  inputs: {
    siteId: { type: "string", required: true, replace: true, rule: matches(/./, "the ID of a site") },
    title: { type: "string", required: true, rule: matches(/\S/, "a title that is not blank") },
    branch: { type: "string", required: true, rule: matches(/^\S+$/, "the name of a branch") },
  },
  deleteBeforeReplace: false,
  preview: (news, olds) => ({ ...news, url: olds?.url === undefined ? UNKNOWN : new Secret(olds.url) }),

  async create(api, inputs) {
    const { siteId, title, branch } = inputs as { siteId: string; title: string; branch: string };
    // Titles are not unique, so an existing hook with this title is not ours.
    const before = new Set((await list(api, siteId)).map((hook) => hook.id));
    const to = `create the build hook "${title}" of the site ${siteId}`;
    const hook = await api.createOnce<Hook>(
      () =>
        api.call("post", "/sites/{site_id}/build_hooks", {
          path: { site_id: siteId },
          body: { title, branch },
          to,
        }),
      async () =>
        (await list(api, siteId)).find(
          (found) => !before.has(found.id) && found.title === title && found.branch === branch,
        ),
    );
    return { id: `${siteId}/${hook.id}`, state: stateOf(inputs, hook) };
  },

  async read(api, id) {
    const [siteId = "", hookId = ""] = splitId(id, ID_FORM);
    const hook = await get(api, siteId, hookId);
    if (!hook) return undefined;
    const inputs = { siteId, title: hook.title, branch: hook.branch };
    return { id, inputs, state: stateOf(inputs, hook) };
  },

  async update(api, id, olds, news) {
    const [siteId = "", hookId = ""] = splitId(id, ID_FORM);
    const { title, branch } = news as { title: string; branch: string };
    await api.call("put", "/sites/{site_id}/build_hooks/{id}", {
      path: { site_id: siteId, id: hookId },
      body: { title, branch },
      to: `update the build hook "${title}" of the site ${siteId}`,
    });
    return { ...news, url: new Secret(olds.url) };
  },

  async delete(api, id) {
    const [siteId = "", hookId = ""] = splitId(id, ID_FORM);
    const to = `delete the build hook ${hookId} of the site ${siteId}`;
    const path = { site_id: siteId, id: hookId };
    await unlessNotFound(api.call("delete", "/sites/{site_id}/build_hooks/{id}", { path, to }));
  },
};

function list(api: NetlifyApi, siteId: string): Promise<Hook[]> {
  const to = `list the build hooks of the site ${siteId}`;
  return api.call("get", "/sites/{site_id}/build_hooks", { path: { site_id: siteId }, to });
}

function get(api: NetlifyApi, siteId: string, hookId: string): Promise<Hook | undefined> {
  const to = `read the build hook ${hookId} of the site ${siteId}`;
  const path = { site_id: siteId, id: hookId };
  return unlessNotFound(api.call("get", "/sites/{site_id}/build_hooks/{id}", { path, to }));
}

// Anyone who has the URL can deploy.
function stateOf(inputs: Properties, hook: Hook): Properties {
  return { ...inputs, title: hook.title, branch: hook.branch, url: new Secret(hook.url) };
}
