import { isDeepStrictEqual } from "node:util";
import { PartialFailure, type Properties, ProviderError, UNKNOWN } from "../protocol/provider";
import type { NetlifyApi } from "./api";
import { unlessNotFound } from "./errors";
import { each, type Inputs, matches, oneOf } from "./inputs";
import type { Resource } from "./resource";
import {
  buildBody,
  changesNothing,
  inputsOf,
  type Repo,
  repoBody,
  servingBody,
  type VendorSite,
  withoutServing,
} from "./site-settings";

const HOST = "netlify.app";

// The name is a label of the site's host name (RFC 1035, 2.3.4); the vendor refuses longer ones
// (netlify/cli#4503).
const name = matches(
  /^(?!-)[a-z0-9-]{1,63}(?<!-)$/,
  "at most 63 lower-case letters, digits and hyphens, no hyphen at either end",
);
const domain = matches(
  /^(?=.{1,253}$)((?!-)[a-z0-9-]{1,63}(?<!-)\.)+[a-z0-9-]{2,63}$/,
  "a domain name in lower case",
);
const branch = matches(/^\S+$/, "the name of a branch");

const INPUTS: Inputs = {
  accountSlug: {
    type: "string",
    required: true,
    replace: true,
    rule: matches(/^[^/\s]+$/, "the slug of a team"),
  },
  name: { type: "string", required: true, rule: name },
  repository: {
    type: "object",
    members: {
      provider: {
        type: "string",
        required: true,
        rule: oneOf(["github", "gitlab", "bitbucket", "azure-devops"]),
      },
      path: {
        type: "string",
        required: true,
        rule: matches(/^[^/\s]+(\/[^/\s]+)+$/, "of the form owner/name"),
      },
      branch: { type: "string", required: true, rule: branch },
      deployKeyId: { type: "string" },
      installationId: { type: "number" },
    },
  },
  build: {
    type: "object",
    members: {
      command: { type: "string" },
      publishDirectory: { type: "string" },
      baseDirectory: { type: "string" },
      functionsDirectory: { type: "string" },
    },
  },
  customDomain: { type: "string", rule: domain },
  domainAliases: { type: "strings", rule: each(domain) },
  forceSsl: { type: "boolean" },
  prettyUrls: { type: "boolean" },
  buildsEnabled: { type: "boolean" },
  deployPreviews: { type: "boolean" },
  allowedBranches: { type: "strings", rule: each(branch) },
};

/**
 * A site (the vendor's newer word: project). Its ID is Netlify's; an import also accepts its host
 * name.
 */
export const site: Resource = {
  type: "netlify:index/site:Site",
  inputs: INPUTS,
  deleteBeforeReplace: true, // names are unique across Netlify
  check: (inputs) => {
    const { repository, allowedBranches, domainAliases, customDomain } = inputs;
    const tracked = (repository as { branch?: unknown } | undefined)?.branch;
    const failures = [];
    const allowed =
      Array.isArray(allowedBranches) && !allowedBranches.includes(UNKNOWN) ? allowedBranches : [];
    if (
      typeof tracked === "string" &&
      tracked !== UNKNOWN &&
      allowed.length > 0 &&
      !allowed.includes(tracked)
    ) {
      const reason = `allowedBranches must contain repository.branch ("${tracked}"), or it would not be deployed`;
      failures.push({ property: "allowedBranches", reason });
    }
    if (Array.isArray(domainAliases) && customDomain === undefined && domainAliases.length > 0) {
      failures.push({
        property: "domainAliases",
        reason: "domainAliases needs customDomain, the domain they stand for",
      });
    }
    return failures;
  },
  changesNothing,
  preview: (news, olds) => {
    const isSame = (...keys: string[]) =>
      olds !== undefined && keys.every((key) => isDeepStrictEqual(news[key], olds[key]));
    const isServedAlike = isSame("name", "customDomain", "forceSsl");
    return {
      ...news,
      defaultDomain: news.name === UNKNOWN ? UNKNOWN : `${news.name}.${HOST}`,
      url: isServedAlike ? olds?.url : UNKNOWN,
      sslUrl: isServedAlike ? olds?.sslUrl : UNKNOWN,
      adminUrl: isSame("name") ? olds?.adminUrl : UNKNOWN,
      accountId: olds?.accountId ?? UNKNOWN,
    };
  },

  async create(api, inputs) {
    const { accountSlug, name } = inputs as { accountSlug: string; name: string };
    const there = await find(api, accountSlug, name);
    if (there)
      throw new ProviderError(
        `the site "${name}" exists already in the team "${accountSlug}"; import it with the ID ${there.id}`,
      );
    const to = `create the site "${name}" in the team "${accountSlug}"`;
    const settings: Repo = repoBody(inputs);
    const body = { name, ...(inputs.repository ? { repo: settings } : { build_settings: settings }) };
    const created = await api.createOnce<VendorSite>(
      () => api.call("post", "/{account_slug}/sites", { path: { account_slug: accountSlug }, body, to }),
      () => find(api, accountSlug, name),
    );
    const id = created.id ?? "";
    const serving = servingBody(inputs);
    if (Object.keys(serving).length === 0) return { id, state: stateOf(inputs, created) };
    try {
      const path = { site_id: id };
      const served = await api.call("patch", "/sites/{site_id}", {
        path,
        body: serving,
        to: `set the domains of the site "${name}"`,
      });
      return { id, state: stateOf(inputs, served) };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const made = withoutServing(inputs);
      const message = `the site "${name}" was created, but without its domains: ${error.message}`;
      throw new PartialFailure(message, id, stateOf(made, created), made);
    }
  },

  async read(api, id, inputs) {
    const found = await get(api, id);
    if (!found) return undefined;
    const known = Object.keys(inputs).length > 0 ? inputs : undefined;
    const read = inputsOf(found, known);
    return { id: found.id ?? id, inputs: read, state: stateOf(read, found) };
  },

  async update(api, id, olds, news) {
    const path = { site_id: id };
    const to = `update the site "${news.name}"`;
    if (olds.repository && !news.repository && (await get(api, id))?.build_settings?.repo_path) {
      await api.call("put", "/sites/{site_id}/unlink_repo", {
        path,
        to: `unlink the repository of the site "${news.name}"`,
      });
    }
    const isRelinked = news.repository !== undefined && !isDeepStrictEqual(news.repository, olds.repository);
    const settings: Repo = isRelinked ? repoBody(news, olds) : buildBody(news, olds);
    const body = {
      name: news.name as string,
      ...servingBody(news, olds),
      ...(isRelinked
        ? { repo: settings }
        : Object.keys(settings).length > 0
          ? { build_settings: settings }
          : {}),
    };
    return stateOf(news, await api.call("patch", "/sites/{site_id}", { path, body, to }));
  },

  async delete(api, id) {
    const to = `delete the site ${id}`;
    await unlessNotFound(api.call("delete", "/sites/{site_id}", { path: { site_id: id }, to }));
  },
};

function get(api: NetlifyApi, id: string): Promise<VendorSite | undefined> {
  const to = `read the site ${id}`;
  return unlessNotFound(api.call("get", "/sites/{site_id}", { path: { site_id: id }, to }));
}

async function find(api: NetlifyApi, accountSlug: string, name: string): Promise<VendorSite | undefined> {
  // The listing's `name` also matches parts of names.
  const sites = await api.listAll<VendorSite>((page) =>
    api.call("get", "/{account_slug}/sites", {
      path: { account_slug: accountSlug },
      query: { name, ...page },
      to: `look for the site "${name}" in the team "${accountSlug}"`,
    }),
  );
  return sites.find((site) => site.name === name);
}

/** Returns the state: the program's inputs unchanged, and the values that the vendor computed. */
function stateOf(inputs: Properties, site: VendorSite): Properties {
  return {
    ...inputs,
    defaultDomain: `${site.name}.${HOST}`,
    url: site.url,
    sslUrl: site.ssl_url,
    adminUrl: site.admin_url,
    accountId: site.account_id,
  };
}
