import type { components } from "@netlify/open-api";
import type { Properties } from "../protocol/provider";

/**
 * The vendor's description of a repository and its build (`repoInfo`). `base` and `skip_prs` are
 * missing from its published document, but they are in the one that its own Terraform provider is
 * generated from (netlify/terraform-provider-netlify, model `Repo`), which writes both.
 */
export type Repo = components["schemas"]["repoInfo"] & { base?: string; skip_prs?: boolean };
export type VendorSite = components["schemas"]["site"];
export type SiteSetup = components["schemas"]["siteSetup"];

/** Maps one input to the API in both directions. */
interface Setting {
  /** Path among our inputs. */
  input: string;
  /** Path in the vendor's body. */
  field: string;
  /**
   * The value that means "not set" to the vendor; without it, removing the input leaves the
   * vendor's value unchanged.
   */
  unset?: unknown;
  /** The vendor's flag has the opposite meaning. */
  negated?: true;
  /** The vendor chooses the value if the program does not set it, so a difference is not drift. */
  vendorChooses?: true;
}

/** The link to the repository, written as a whole like the vendor's `netlify init` does. */
const LINK: readonly Setting[] = [
  { input: "repository.provider", field: "provider" },
  { input: "repository.path", field: "repo_path" },
  { input: "repository.branch", field: "repo_branch" },
  { input: "repository.deployKeyId", field: "deploy_key_id" },
  { input: "repository.installationId", field: "installation_id", vendorChooses: true },
];

const BUILD: readonly Setting[] = [
  { input: "build.command", field: "cmd", unset: "" },
  { input: "build.publishDirectory", field: "dir", unset: "" },
  { input: "build.baseDirectory", field: "base", unset: "" },
  { input: "build.functionsDirectory", field: "functions_dir", unset: "" },
  { input: "allowedBranches", field: "allowed_branches", vendorChooses: true },
  { input: "buildsEnabled", field: "stop_builds", unset: false, negated: true },
  { input: "deployPreviews", field: "skip_prs", unset: false, negated: true },
];

const SERVING: readonly Setting[] = [
  { input: "customDomain", field: "custom_domain", unset: "" },
  { input: "domainAliases", field: "domain_aliases", unset: [] },
  { input: "forceSsl", field: "force_ssl", vendorChooses: true },
  { input: "prettyUrls", field: "processing_settings.html.pretty_urls", vendorChooses: true },
];

/**
 * Returns the body of the link and the build settings: `news`, and resets for the inputs of `olds`
 * that are no longer set.
 */
export function repoBody(news: Properties, olds: Properties = {}): Repo {
  const link: Repo = written(LINK, news, {});
  // Deploys only the linked branch unless the program names others, like the vendor's `netlify
  // init`: an earlier list would leave out a new branch.
  const deployed = link.repo_branch === undefined ? {} : { allowed_branches: [link.repo_branch] };
  return { ...link, ...deployed, ...buildBody(news, olds) };
}

/** Returns the body of the build settings alone. */
export function buildBody(news: Properties, olds: Properties = {}): Repo {
  return written(BUILD, news, olds);
}

/** Returns the body of the domains and the serving settings. */
export function servingBody(news: Properties, olds: Properties = {}): SiteSetup {
  return written(SERVING, news, olds);
}

/** The inputs other than those of `servingBody`. */
export function withoutServing(inputs: Properties): Properties {
  const serving = new Set(SERVING.map((setting) => setting.input));
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !serving.has(key)));
}

/**
 * Returns the inputs that would produce the site; `known` are the program's, absent on an import.
 */
export function inputsOf(site: VendorSite, known?: Properties): Properties {
  const inputs: Properties = { accountSlug: site.account_slug, name: site.name };
  const repo = site.build_settings ?? {};
  if (repo.repo_path) readInto(inputs, LINK, repo, known);
  readInto(inputs, BUILD, repo, known);
  readInto(inputs, SERVING, site, known);
  return inputs;
}

/**
 * Whether a difference of one input leaves the site unchanged: a default that is set or omitted, or
 * a value that is now left to the vendor. This lets a program import a site although it sets more
 * or fewer inputs than the import shows.
 */
export function changesNothing(path: string, olds: Properties, news: Properties): boolean {
  const setting = [...LINK, ...BUILD, ...SERVING].find(({ input }) => input === path);
  if (!setting) return false;
  const [before, after] = [at(olds, path), at(news, path)];
  if (after === undefined && setting.vendorChooses) return true;
  if (before !== undefined && after !== undefined) return false;
  const said = before ?? after;
  return isUnset(setting.negated ? !said : said, setting.unset);
}

function written(settings: readonly Setting[], news: Properties, olds: Properties): Properties {
  const body: Properties = {};
  for (const { input, field, unset, negated } of settings) {
    const value = at(news, input);
    if (value !== undefined) put(body, field, negated ? !value : value);
    else if (at(olds, input) !== undefined && unset !== undefined) put(body, field, unset);
  }
  return body;
}

function readInto(
  inputs: Properties,
  settings: readonly Setting[],
  body: object,
  known: Properties | undefined,
): void {
  for (const { input, field, unset, negated, vendorChooses } of settings) {
    const said = known && at(known, input);
    const value = at(body as Properties, field) ?? unset;
    if (value === undefined || value === null || (known && vendorChooses && said === undefined)) continue;
    // Omits inputs at their default that the program does not set, and keeps the program's notation
    // of equal ones.
    if (said === undefined && isUnset(value, unset)) continue;
    if (Array.isArray(value)) put(inputs, input, sameItems(value, said) ? said : value);
    else put(inputs, input, negated ? !value : value);
  }
}

function isUnset(value: unknown, unset: unknown): boolean {
  return value === unset || value === "" || (Array.isArray(value) && value.length === 0);
}

// The vendor may return a list in another order.
function sameItems(value: unknown[], other: unknown): boolean {
  return Array.isArray(other) && value.length === other.length && value.every((item) => other.includes(item));
}

function at(properties: Properties, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Properties | null | undefined)?.[key], properties);
}

function put(properties: Properties, path: string, value: unknown): void {
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    properties[head] = value;
    return;
  }
  properties[head] ??= {};
  put(properties[head] as Properties, rest.join("."), value);
}
