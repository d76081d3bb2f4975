import { isIPv4, isIPv6 } from "node:net";
import type { Properties } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import type { Kind, Occasion } from "../../vendor";
import { dropFrom, numericId, refuse, TYPES } from "./api";
import { facts } from "./facts";

const RECORD = "digitalocean:index/dnsRecord:DnsRecord";

/**
 * The default TTL of a record, in seconds
 * (https://docs.digitalocean.com/products/networking/dns/details/features/).
 */
const TTL = 1800;

/**
 * Adds a domain to an account if it is missing, since environments look it up and do not create it.
 */
export function seedDomain(things: Things, name: string): void {
  if (things.named(TYPES.domain, "", name)) return;
  const properties = { name, ...outputs(name) };
  things.put({
    type: TYPES.domain,
    id: name,
    account: "digitalocean",
    scope: "",
    name,
    properties,
    written: properties,
  });
}

/** https://docs.digitalocean.com/reference/api/reference/domains/#domains_create */
export const domain: Kind = {
  facts: facts[TYPES.domain],
  identity: ({ inputs }) => ({ name: String(inputs.name), scope: "" }),
  id: (_, name) => name,
  rules({ things, inputs }) {
    const name = String(inputs.name);
    if (!/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(name))
      refuse(422, `Name '${name}' is not a valid domain name.`);
    // https://docs.digitalocean.com/products/networking/dns/how-to/add-domains/: a domain belongs
    // to one account of all of DigitalOcean
    if (things.named(TYPES.domain, "", name)) refuse(422, `domain '${name}': name already exists`);
    if (inputs.ipAddress !== undefined && !isIPv4(String(inputs.ipAddress)))
      refuse(422, `ip_address '${inputs.ipAddress}' is not an IPv4 address.`);
  },
  outputs: (_, name) => outputs(name),
  // A deleted domain takes its records with it.
  after(things, event, { id }) {
    if (event !== "delete") return;
    for (const record of recordsOf(things, id)) things.remove(RECORD, record.id);
    for (const type of [TYPES.project, TYPES.projectResources])
      dropFrom(things, type, "resources", `do:domain:${id}`);
  },
  latency: { create: 2, delete: 1 },
};

/** https://docs.digitalocean.com/reference/api/reference/domain-records/#domains_create_record */
export const dnsRecord: Kind = {
  facts: facts[RECORD],
  identity: ({ inputs }) => ({
    name: `${relativeName(inputs)} ${inputs.type} ${inputs.value}`,
    scope: String(inputs.domain),
  }),
  id: ({ things, again }, name, scope) => numericId(things, RECORD, scope, name, ...again),
  rules: recordRules,
  defaults: () => ({ flags: 0, name: "@", port: 0, priority: 0, tag: "", ttl: TTL, weight: 0 }),
  derived: ({ inputs }) => ({ fqdn: fqdn(inputs) }),
  latency: { create: 1, update: 1, delete: 1 },
};

/** `digitalocean.getDomain`: returns a domain of the account with its zone file. */
export function getDomain({ name }: Properties, _caller: unknown, things: Things): Properties {
  const domain = things.get(TYPES.domain, String(name));
  if (!domain) return refuse(404, `domain not found: ${name}`);
  const lines = recordsOf(things, domain.id).map(
    ({ properties: { fqdn, ttl, type, value } }) => `${fqdn}. IN ${ttl} ${type} ${value}`,
  );
  const zoneFile = [`$ORIGIN ${name}.`, `$TTL ${TTL}`, ...lines, ""].join("\n");
  return { ...domain.properties, id: domain.id, zoneFile };
}

const RECORD_TYPES = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "TXT", "SRV", "SOA"];

/** The required inputs of a record by type, besides its value. */
const NEEDED: Record<string, readonly string[]> = {
  MX: ["priority"],
  SRV: ["priority", "weight", "port"],
  CAA: ["flags", "tag"],
};

function recordRules({ things, inputs, id }: Occasion): void {
  const type = String(inputs.type);
  if (!RECORD_TYPES.includes(type)) refuse(422, `type '${type}' is not one of ${RECORD_TYPES.join(", ")}.`);
  const domain = things.get(TYPES.domain, String(inputs.domain));
  if (!domain) refuse(404, `The domain ${inputs.domain} could not be found.`);
  const missing = NEEDED[type]?.find((property) => inputs[property] === undefined);
  if (missing) refuse(422, `\`${missing}\` is required for when type is \`${type}\``);
  checkName(inputs);
  checkValue(inputs);
  // https://docs.digitalocean.com/products/networking/dns/details/limits/
  if (inputs.ttl !== undefined && Number(inputs.ttl) < 30)
    refuse(422, "TTL must be greater than or equal to 30.");
  const name = relativeName(inputs);
  const others = recordsOf(things, domain.id).filter(
    (record) => record.id !== id && relativeName(record.properties) === name,
  );
  if (others.some(({ properties }) => properties.type === type && properties.value === inputs.value))
    refuse(422, `Record already exists: ${fqdn(inputs)} ${type} ${inputs.value}.`);
  // RFC 1034, section 3.6.2; the apex has the NS records.
  const alias = type === "CNAME" || others.some(({ properties }) => properties.type === "CNAME");
  if (alias && (others.length > 0 || name === "@"))
    refuse(422, `CNAME records cannot share a name with other records (${fqdn(inputs)}).`);
}

function checkName(inputs: Properties): void {
  const name = relativeName(inputs);
  const labels = name === "@" ? [] : name.replace(/^\*\.?/, "").split(".");
  if (labels.some((label) => label !== "" && !/^[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?$/.test(label)))
    refuse(
      422,
      `Name '${inputs.name}': only valid hostname characters are allowed. (a-z, A-Z, 0-9, ., _ and -).`,
    );
}

function checkValue({ type, value, tag }: Properties): void {
  const text = String(value);
  if (type === "A" && !isIPv4(text))
    refuse(422, `IP address '${text}' did not match IPv4 format (e.g. 127.0.0.1).`);
  if (type === "AAAA" && !isIPv6(text)) refuse(422, `IP address '${text}' did not match IPv6 format.`);
  const pointing = ["CNAME", "MX", "NS", "SRV", "CAA"].includes(String(type)) && tag !== "iodef";
  if (pointing && text !== "@" && !text.endsWith("."))
    refuse(422, `Data needs to end with a dot (.): '${text}' of a record of type ${type}.`);
}

// A fully qualified name ends with a dot.
function relativeName({ name = "@", domain }: Properties): string {
  const text = String(name).toLowerCase();
  if (text === `${domain}.`) return "@";
  return text.endsWith(`.${domain}.`) ? text.slice(0, -`.${domain}.`.length) : text;
}

function fqdn(inputs: Properties): string {
  const name = relativeName(inputs);
  return name === "@" ? String(inputs.domain) : `${name}.${inputs.domain}`;
}

function recordsOf(things: Things, domain: string): Thing[] {
  return things.list(RECORD).filter(({ scope }) => scope === domain);
}

function outputs(name: string): Properties {
  return { domainUrn: `do:domain:${name}`, ttl: TTL };
}
