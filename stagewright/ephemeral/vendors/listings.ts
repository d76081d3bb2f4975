import type { EnvironmentSpec } from "../../environment/schema/environment";
import type { ResourceType } from "../../resources/types";

/** A vendor that lists over HTTP what an account holds. */
export interface Vendor {
  name: string;
  /** The environment variable with the token that the vendor's provider uses too. */
  token: string;
  /** How the token is sent. `Basic`: as the password of a user without a name. */
  scheme: "Bearer" | "Basic";
  /** The environment variable that moves the API elsewhere. */
  base: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  lists: readonly List[];
}

/** One list of a vendor. */
export interface List {
  /** The type of what is listed. */
  type: ResourceType;
  /** Below the API's address; `{}` is each of `of`. */
  path: string;
  /**
   * What it is asked for, one by one: all that the system's environments name. Default: it is of
   * the whole account.
   */
  of?: (like: EnvironmentSpec) => (string | undefined)[];
  /** Where the list stands in the answer. Default: it is the answer. */
  within?: string;
  /** The property with the physical name. Default: `name`. */
  name?: string;
}

const repositories = ({ api, gui }: EnvironmentSpec) => [api?.repository, gui?.repository];
const zones = ({ dns }: EnvironmentSpec) => (dns?.via === "digitalocean" ? [dns.zone] : []);

/**
 * What is asked for: of each environment what is billed, lets somebody in, or holds the rest. Not
 * the parts of those: a Heroku add-on goes with its app, a CloudAMQP queue with its instance. A
 * reserved address of DigitalOcean has no name that could carry a mark.
 */
export const VENDORS: readonly Vendor[] = [
  {
    name: "Heroku",
    token: "HEROKU_API_KEY",
    scheme: "Bearer",
    base: "HEROKU_API_URL",
    url: "https://api.heroku.com",
    headers: { accept: "application/vnd.heroku+json; version=3", range: "id ..; max=1000" },
    lists: [
      // https://devcenter.heroku.com/articles/platform-api-reference#app-list
      { type: "heroku:app/app:App", path: "/apps" },
    ],
  },
  {
    name: "DigitalOcean",
    token: "DIGITALOCEAN_TOKEN",
    scheme: "Bearer",
    base: "DIGITALOCEAN_API_URL",
    url: "https://api.digitalocean.com",
    lists: [
      {
        // https://docs.digitalocean.com/reference/api/reference/droplets/#droplets_list
        type: "digitalocean:index/droplet:Droplet",
        path: "/v2/droplets?per_page=200",
        within: "droplets",
      },
      {
        // https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_clusters
        type: "digitalocean:index/databaseCluster:DatabaseCluster",
        path: "/v2/databases",
        within: "databases",
      },
      {
        // https://docs.digitalocean.com/reference/api/reference/ssh-keys/#sshKeys_list
        type: "digitalocean:index/sshKey:SshKey",
        path: "/v2/account/keys?per_page=200",
        within: "ssh_keys",
      },
      {
        // https://docs.digitalocean.com/reference/api/reference/vpcs/#vpcs_list
        type: "digitalocean:index/vpc:Vpc",
        path: "/v2/vpcs?per_page=200",
        within: "vpcs",
      },
      {
        // https://docs.digitalocean.com/reference/api/reference/firewalls/#firewalls_list
        type: "digitalocean:index/firewall:Firewall",
        path: "/v2/firewalls?per_page=200",
        within: "firewalls",
      },
      {
        // https://docs.digitalocean.com/reference/api/reference/projects/#projects_list
        type: "digitalocean:index/project:Project",
        path: "/v2/projects?per_page=200",
        within: "projects",
      },
      {
        // https://docs.digitalocean.com/reference/api/reference/domain-records/#domains_list_records
        type: "digitalocean:index/dnsRecord:DnsRecord",
        path: "/v2/domains/{}/records?per_page=200",
        of: zones,
        within: "domain_records",
      },
    ],
  },
  {
    name: "Netlify",
    token: "NETLIFY_AUTH_TOKEN",
    scheme: "Bearer",
    base: "NETLIFY_API_URL",
    url: "https://api.netlify.com/api/v1",
    lists: [
      // https://open-api.netlify.com/#tag/site/operation/listSites
      { type: "netlify:index/site:Site", path: "/sites?filter=all&per_page=100" },
    ],
  },
  {
    name: "GitHub",
    token: "GITHUB_TOKEN",
    scheme: "Bearer",
    base: "GITHUB_API_URL",
    url: "https://api.github.com",
    headers: { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" },
    lists: [
      {
        // https://docs.github.com/en/rest/deployments/environments#list-environments
        type: "github:index/repositoryEnvironment:RepositoryEnvironment",
        path: "/repos/{}/environments?per_page=100",
        of: repositories,
        within: "environments",
      },
      {
        // https://docs.github.com/en/rest/deploy-keys/deploy-keys#list-deploy-keys
        type: "github:index/repositoryDeployKey:RepositoryDeployKey",
        path: "/repos/{}/keys?per_page=100",
        of: repositories,
        name: "title",
      },
    ],
  },
  {
    name: "Sentry",
    token: "SENTRY_AUTH_TOKEN",
    scheme: "Bearer",
    base: "SENTRY_BASE_URL",
    url: "https://sentry.io/api",
    lists: [
      {
        // https://docs.sentry.io/api/organizations/list-an-organizations-projects/
        type: "sentry:index/sentryProject:SentryProject",
        path: "/0/organizations/{}/projects/",
        of: ({ errors }) => [errors?.organization],
      },
    ],
  },
  {
    name: "CloudAMQP",
    token: "CLOUDAMQP_APIKEY",
    scheme: "Basic",
    base: "CLOUDAMQP_BASEURL",
    url: "https://customer.cloudamqp.com",
    lists: [
      // https://docs.cloudamqp.com/index.html#tag/instances
      { type: "cloudamqp:index/instance:Instance", path: "/api/instances" },
    ],
  },
];
