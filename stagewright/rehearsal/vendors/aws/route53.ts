import { isIPv4, isIPv6 } from "node:net";
import { type Properties, ProviderError } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import { type Caller, digits, type Kind, type Occasion } from "../../vendor";
import { refuse } from "./errors";
import { facts } from "./facts";

const RECORD = "aws:route53/record:Record";
/** Programs look zones up and do not create them, so a rehearsal expects them to exist. */
const ZONE = "aws:route53/zone:Zone";

/**
 * Adds a public hosted zone to an account if it is missing, since environments look it up and do
 * not create it.
 */
export function seedZone(things: Things, account: string, zoneName: string): void {
  const name = zoneName.replace(/\.$/, "").toLowerCase();
  if (things.named(ZONE, account, name)) return;
  const zoneId = `Z${digits(20, ZONE, account, name).toUpperCase()}`;
  const nameServers = ["com", "net", "org", "co.uk"].map((suffix, i) => {
    const number = (Number.parseInt(digits(4, zoneId, suffix), 16) % 512) + 512 * i;
    return `ns-${number}.awsdns-${String(number % 64).padStart(2, "0")}.${suffix}`;
  });
  const properties = {
    arn: `arn:aws:route53:::hostedzone/${zoneId}`,
    name,
    zoneId,
    nameServers,
    primaryNameServer: nameServers[0],
  };
  things.put({ type: ZONE, id: zoneId, account, scope: account, name, properties, written: properties });
}

/** `aws.route53.getZone`: finds a zone in the caller's account by name or id. */
export function getZone(args: Properties, caller: Caller, things: Things): Properties {
  const name = args.name === undefined ? undefined : String(args.name).replace(/\.$/, "").toLowerCase();
  const found = things
    .list(ZONE)
    .filter((zone) => zone.account === caller.account)
    .filter(
      (zone) =>
        (name === undefined ? zone.id === args.zoneId : zone.name === name) && args.privateZone !== true,
    );
  const zone = found[0];
  if (!zone) {
    throw new ProviderError(
      `no matching Route 53 Hosted Zone found (${String(args.name ?? args.zoneId)} in account ${caller.account})`,
    );
  }
  return {
    ...zone.properties,
    id: zone.id,
    callerReference: digits(32, zone.id),
    comment: "",
    linkedServiceDescription: "",
    linkedServicePrincipal: "",
    privateZone: false,
    // The zone's own NS and SOA do not count, only the records added to it.
    resourceRecordSetCount: 2 + things.list(RECORD).filter(({ scope }) => scope === zone.id).length,
    tags: {},
  };
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html */
export const record: Kind = {
  facts: facts[RECORD],
  identity: (occasion) => ({ name: setName(occasion), scope: String(occasion.inputs.zoneId) }),
  id: (occasion, _, zoneId) => `${zoneId}_${setName(occasion)}`,
  overwrites: ({ inputs }) => inputs.allowOverwrite === true,
  rules(occasion) {
    const { inputs, things, id } = occasion;
    const zone = zoneOf(occasion);
    const name = fqdn(occasion);
    const type = String(inputs.type);
    checkValues(inputs, name);
    // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat
    if (type === "CNAME" && name === zone.name) {
      invalid(`RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${zone.name}.`);
    }
    const others = things
      .list(RECORD)
      .filter((other) => other.scope === zone.id && other.id !== id && other.properties.fqdn === name);
    const same = others.find((other) => other.name === setName(occasion));
    if (same && inputs.allowOverwrite !== true) {
      invalid(`Tried to create resource record set [name='${name}.', type='${type}'] but it already exists`);
    }
    if (
      others.some((other) => other !== same && (type === "CNAME") !== (other.properties.type === "CNAME"))
    ) {
      invalid(
        `RRSet of type ${type} with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name in zone ${zone.name}.`,
      );
    }
  },
  defaults: () => ({ allowOverwrite: false }),
  derived: (occasion) => ({ fqdn: fqdn(occasion) }),
  // Until the change is INSYNC on all of Route 53's name servers.
  latency: { create: 30, update: 30, delete: 30 },
};

function zoneOf({ inputs, things, caller }: Occasion): Thing {
  const id = String(inputs.zoneId);
  const zone = things.get(ZONE, id);
  if (!zone) return refuse(404, "NoSuchHostedZone", `No hosted zone found with ID: ${id}`);
  if (zone.account !== caller.account) {
    refuse(
      403,
      "AccessDenied",
      `not authorized to access this resource: the hosted zone ${id} is in another account`,
    );
  }
  return zone;
}

// The provider treats a name that does not end with the zone's as relative to it.
function fqdn({ inputs, things }: Occasion): string {
  const name = String(inputs.name).replace(/\.$/, "").toLowerCase();
  const zone = things.get(ZONE, String(inputs.zoneId))?.name;
  if (zone === undefined || name === zone || name.endsWith(`.${zone}`)) return name;
  return name === "" ? zone : `${name}.${zone}`;
}

function setName(occasion: Occasion): string {
  const { type, setIdentifier } = occasion.inputs;
  return [fqdn(occasion), String(type), ...(setIdentifier === undefined ? [] : [String(setIdentifier)])].join(
    "_",
  );
}

const TYPES = "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split(" ");

function checkValues({ type, records, aliases, ttl }: Properties, name: string): void {
  if (!TYPES.includes(String(type)))
    refuse(400, "InvalidInput", `expected type to be one of ${TYPES.join(", ")}, got ${String(type)}`);
  if ((records === undefined) === (aliases === undefined)) {
    refuse(400, "InvalidInput", `exactly one of records and aliases must be specified (${name})`);
  }
  if (records === undefined) return;
  if (ttl === undefined) refuse(400, "InvalidInput", `all of records,ttl must be specified (${name})`);
  const values = records as string[];
  if (values.length === 0)
    invalid(`Expected exactly one of [ResourceRecords, AliasTarget], but found none in ${name}.`);
  if (type === "CNAME" && values.length > 1) {
    invalid(
      `The RRSet with DNS name ${name}., type CNAME contains ${values.length} resource records, and must contain exactly one`,
    );
  }
  const bad = values.find((value) => !VALUE[String(type)]?.(value) && VALUE[String(type)]);
  if (bad !== undefined)
    invalid(`Value '${bad}' is not a valid value of a record of type ${String(type)} (${name}.)`);
}

const VALUE: Record<string, (value: string) => boolean> = {
  A: isIPv4,
  AAAA: isIPv6,
  CNAME: (value) => /^([\w-]{1,63}\.)+[\w-]{1,63}\.?$/.test(value) && !isIPv4(value),
};

function invalid(why: string): never {
  return refuse(400, "InvalidChangeBatch", why);
}
