import { isTree } from "../../environment/merge";
import { quoted } from "../../environment/problems";
import type { ResourceState } from "../../resources/graph";
import { textsOf } from "../../resources/texts";
import { inputsOf, listOf, textAt } from "../resource";
import type { ResourceRule, StackRule } from "../rule";

/** Whatever answers under a host name has a certificate. */
export const hostTls: StackRule = {
  name: "host-tls",
  severity: "error",
  title: "Every host name is served with a certificate, and plain HTTP leads to HTTPS",
  because: "a page or an API without TLS gives logins and data to anybody on the way",
  fix: "set `acm: true` on a Heroku app with a domain, `forceSsl: true` on a Netlify site",
  source: "https://devcenter.heroku.com/articles/automated-certificate-management",
  all(resources) {
    const domains = resources.filter(({ type }) => type === "heroku:domain/domain:Domain");
    const apps = resources
      .filter(({ type }) => type === "heroku:app/app:App")
      .filter((app) => domains.some((domain) => isOf(domain, app)) && inputsOf(app).acm !== true)
      .map((resource) => ({ resource, says: "has a domain and no certificate for it (`acm` is not true)" }));
    const sites = resources
      .filter(({ type }) => type === "netlify:index/site:Site")
      .filter((site) => inputsOf(site).forceSsl !== true)
      .map((resource) => ({ resource, says: "answers plain HTTP (`forceSsl` is not true)" }));
    return [...apps, ...sites];
  },
};

function isOf(domain: ResourceState, app: ResourceState): boolean {
  const { propertyDependencies: from } = domain;
  return (
    (isTree(from) && listOf(from.appId).includes(app.urn)) ||
    (app.id !== undefined && inputsOf(domain).appId === app.id)
  );
}

/** What programs talk to, they talk to over TLS. */
export const connectionTls: ResourceRule = {
  name: "connection-tls",
  severity: "error",
  title: "Databases, brokers and log drains are reached over TLS alone",
  because: "a password that goes over the net in plain text is everybody's",
  fix: "end a Postgres address with `?sslmode=require`; use rediss://, amqps:// and syslog+tls:// or https://",
  source: "https://www.postgresql.org/docs/current/libpq-ssl.html",
  each(resource) {
    const addresses = textsOf([{ ...resource, outputs: {} }]).flatMap(({ path, value }) =>
      insecureAddress(value) ? [`${placeOf(path)} is an address without TLS`] : [],
    );
    return [...addresses, ...plainDrain(resource)];
  },
};

const PLAIN = /^(redis|amqp|mqtt|mongodb|mysql|syslog|ldap|smtp):\/\//;
const SAFE_MODES = /[?&]sslmode=(require|verify-ca|verify-full)(&|$)/;
const HERE = /^[a-z0-9+]+:\/\/([^@/]*@)?(localhost|127\.0\.0\.1|\[::1\]|\/)/;

function insecureAddress(text: string): boolean {
  if (HERE.test(text)) return false;
  if (/^postgres(ql)?:\/\//.test(text)) return !SAFE_MODES.test(text);
  return PLAIN.test(text);
}

// https://devcenter.heroku.com/articles/log-drains
function plainDrain(resource: ResourceState): string[] {
  if (resource.type !== "heroku:drain/drain:Drain") return [];
  const { url, sensitiveUrl } = inputsOf(resource);
  return [url, sensitiveUrl].some((address) => /^http:\/\//.test(String(address)))
    ? ["sends logs without TLS"]
    : [];
}

/** `inputs.values.all` as it is said: `values.all`. */
export function placeOf(path: string): string {
  return quoted(path.replace(/^inputs\./, ""));
}

/** What a program alone should reach is not open to the net. */
export const portsClosed: ResourceRule = {
  name: "ports-closed",
  severity: "error",
  title: "No firewall opens a database or an app server to everybody",
  because: "databases and app servers are written for friends; only the web server is made for strangers",
  fix: "open 443 (and 80 for the redirect) to everybody; let a database listen to its app alone",
  source: "https://docs.digitalocean.com/products/networking/firewalls/",
  each(resource) {
    if (resource.type !== "digitalocean:index/firewall:Firewall") return [];
    return listOf(inputsOf(resource).inboundRules).flatMap((rule) => {
      const open = listOf(isTree(rule) ? rule.sourceAddresses : []).some((address) =>
        /^(0\.0\.0\.0\/0|::\/0)$/.test(String(address)),
      );
      const ports = textAt(rule, "portRange") ?? "";
      return open && textAt(rule, "protocol") !== "icmp" && !FOR_EVERYBODY.has(ports)
        ? [`opens ${quoted(ports || "every port")} to everybody`]
        : [];
    });
  },
};

// 22 stays out of it: deploys over SSH come from GitHub's runners, whose addresses are everybody's;
// the key decides.
const FOR_EVERYBODY = new Set(["80", "443", "22"]);
