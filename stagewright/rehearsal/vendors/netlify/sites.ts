import { accountOf } from "./accounts";
import { type Call, invalid, notFound, objectBody, paged, type Routes } from "./http";
import { type Account, type Body, freshId, type Kind, type NetlifyStore } from "./store";

const HOST = "netlify.app";

/** A stored site: the API's own format. */
export interface Site extends Body {
  id: string;
  name: string;
  account_id: string;
  custom_domain?: string;
  domain_aliases: string[];
  force_ssl: boolean;
  build_settings: Repo;
}

interface Repo extends Body {
  repo_path?: string;
  repo_branch?: string;
  deploy_key_id?: string;
  allowed_branches?: string[];
  stop_builds?: boolean;
}

/**
 * Finds the site in a path. The API accepts a host name in place of the ID (Netlify, "Get started
 * with the API", get sites).
 */
export function siteOf({ store, path }: Call): Site {
  const named = path.site_id ?? "";
  const found =
    (store.get("site", named) as Site | undefined) ??
    sites(store).find((site) => hosts(site).includes(named));
  if (!found) throw notFound();
  return found;
}

export const siteRoutes: Routes = {
  "GET /sites": (call) => ({ status: 200, body: paged(call, byName(call, sites(call.store))) }),
  "GET /{account_slug}/sites": (call) => {
    const { id } = accountOf(call);
    const own = sites(call.store).filter((site) => site.account_id === id);
    return { status: 200, body: paged(call, byName(call, own)) };
  },
  "POST /{account_slug}/sites": (call) => ({ status: 201, body: create(call, accountOf(call)) }),
  "POST /sites": (call) => {
    const [account] = call.store.list("account") as unknown as Account[];
    if (!account) throw notFound();
    return { status: 201, body: create(call, account) };
  },
  "GET /sites/{site_id}": (call) => ({ status: 200, body: siteOf(call) }),
  "PATCH /sites/{site_id}": (call) => {
    const before = siteOf(call);
    return { status: 200, body: save(call, merged(before, objectBody(call)), before) };
  },
  "DELETE /sites/{site_id}": (call) => {
    const { id } = siteOf(call);
    // A deleted site takes its parts with it.
    for (const kind of ["buildHook", "envVar", "certificate", "build", "deploy"] as const)
      removeOf(call.store, kind, id);
    call.store.remove("site", id);
    return { status: 204 };
  },
  // "Delete associated deploy keys … Delete the site's build hooks" (`unlinkSiteRepo` in the
  // OpenAPI document).
  "PUT /sites/{site_id}/unlink_repo": (call) => {
    const site = siteOf(call);
    removeOf(call.store, "buildHook", site.id);
    if (site.build_settings.deploy_key_id) call.store.remove("deployKey", site.build_settings.deploy_key_id);
    const { cmd, dir, base, functions_dir } = site.build_settings;
    return {
      status: 200,
      body: save(call, { ...site, build_settings: { cmd, dir, base, functions_dir } }, site),
    };
  },
};

function create(call: Call, account: Account): Site {
  const body = objectBody(call);
  // A site without a name gets a random one (`name` is optional in the OpenAPI document).
  const name = body.name ?? `site-${call.store.draw("name").slice(0, 12)}`;
  const fresh: Site = {
    id: freshId(call.store, "site", account.id, String(name)),
    name: String(name),
    account_id: account.id,
    account_slug: account.slug,
    account_name: account.name,
    state: "current",
    domain_aliases: [],
    force_ssl: false,
    managed_dns: true,
    build_settings: {},
    created_at: call.now,
  };
  return save(call, merged(fresh, body));
}

/**
 * Applies a body to a site. `repo` links a repository, `build_settings` changes its build; empty
 * text removes a value.
 */
function merged(site: Site, body: Body): Site {
  const { repo, build_settings, custom_domain, ...rest } = body;
  const settings: Repo = { ...site.build_settings, ...(build_settings as Repo), ...(repo as Repo) };
  // Only the production branch is deployed unless other branches are named (Netlify docs, "Branches
  // and deploys").
  if (settings.repo_branch) settings.allowed_branches ??= [settings.repo_branch];
  const domain = custom_domain === undefined ? site.custom_domain : (custom_domain as string) || undefined;
  return { ...site, ...rest, custom_domain: domain, build_settings: settings };
}

/** Applies the rules, derives the dependent values, and stores the site. */
function save({ store, now }: Call, site: Site, before?: Site): Site {
  checkName(store, site);
  checkDomains(store, site);
  const key = site.build_settings.deploy_key_id;
  if (key && key !== before?.build_settings.deploy_key_id && !store.get("deployKey", key)) {
    throw invalid("deploy_key_id", "does not exist"); // a key exists before it is used (netlify/cli, `init --manual`)
  }
  const host = site.custom_domain ?? `${site.name}.${HOST}`;
  const ssl = site.custom_domain === undefined || store.get("certificate", site.id) !== undefined;
  const saved: Site = {
    ...site,
    url: `${site.force_ssl ? "https" : "http"}://${host}`,
    ssl_url: `${ssl ? "https" : "http"}://${host}`,
    ssl,
    admin_url: `https://app.netlify.com/projects/${site.name}`,
    updated_at: now,
  };
  store.put("site", saved.id, saved);
  return saved;
}

function checkName(store: NetlifyStore, site: Site): void {
  // A label of a host name: RFC 1035, 2.3.4; the API refuses more than 63 characters
  // (netlify/cli#4503).
  if (!/^(?!-)[a-z0-9-]{1,63}(?<!-)$/i.test(site.name)) throw invalid("subdomain", "is invalid");
  const isTaken = sites(store).some(({ id, name }) => id !== site.id && name === site.name);
  // Across Netlify, not only the team (netlify/cli#257, dagger/dagger#1968).
  if (isTaken) throw invalid("subdomain", "must be unique");
}

function checkDomains(store: NetlifyStore, site: Site): void {
  const taken = new Set(sites(store).flatMap((other) => (other.id === site.id ? [] : domains(other))));
  // "must be unique", even if the domain belongs to another team (rbind/support#42).
  if (site.custom_domain && taken.has(site.custom_domain)) throw invalid("custom_domain", "must be unique");
  if (site.domain_aliases.some((alias) => taken.has(alias)))
    throw invalid("domain_aliases", "must be unique");
}

/** Removes everything of a kind that belongs to a site. */
function removeOf(store: NetlifyStore, kind: Kind, siteId: string): void {
  for (const body of store.list(kind)) {
    if (body.site_id !== siteId) continue;
    store.remove(
      kind,
      kind === "envVar" ? String(body.address) : kind === "certificate" ? siteId : String(body.id),
    );
  }
}

function byName({ query }: Call, all: Site[]): Site[] {
  const part = query.get("name") ?? "";
  return all.filter(({ name }) => name.includes(part));
}

function sites(store: NetlifyStore): Site[] {
  return store.list("site") as Site[];
}

function domains(site: Site): string[] {
  return [...(site.custom_domain ? [site.custom_domain] : []), ...site.domain_aliases];
}

function hosts(site: Site): string[] {
  return [`${site.name}.${HOST}`, ...domains(site)];
}
