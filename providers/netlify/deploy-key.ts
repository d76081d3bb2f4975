import type { components } from "@netlify/open-api";
import { UNKNOWN } from "../protocol/provider";
import { Unanswered, unlessNotFound } from "./errors";
import type { Resource } from "./resource";

/** A key pair at Netlify, whose public half goes to the repository's host. It has no inputs. */
export const deployKey: Resource = {
  type: "netlify:index/deployKey:DeployKey",
  inputs: {},
  deleteBeforeReplace: false,
  preview: (_news, olds) => olds ?? { publicKey: UNKNOWN },

  async create(api) {
    try {
      const key = await api.call("post", "/deploy_keys", { path: {}, to: "create a deploy key" });
      return { id: key.id ?? "", state: stateOf(key) };
    } catch (error) {
      // Keys have no names, so it is impossible to find out whether the request created one, and a
      // second attempt could create two.
      if (!(error instanceof Unanswered)) throw error;
      throw new Unanswered(
        `${error.message}; run the update again (a key that was made all the same opens nothing)`,
      );
    }
  },

  async read(api, id) {
    const to = `read the deploy key ${id}`;
    const key = await unlessNotFound(api.call("get", "/deploy_keys/{key_id}", { path: { key_id: id }, to }));
    return key && { id: key.id ?? id, state: stateOf(key), inputs: {} };
  },

  async delete(api, id) {
    const to = `delete the deploy key ${id}`;
    await unlessNotFound(api.call("delete", "/deploy_keys/{key_id}", { path: { key_id: id }, to }));
  },
};

function stateOf(key: components["schemas"]["deployKey"]) {
  return { publicKey: key.public_key };
}
