import { getZoneOutput } from "@pulumi/aws/route53/getZone";
import { Record as Route53Record } from "@pulumi/aws/route53/record";
import { DnsRecord } from "@pulumi/digitalocean/dnsRecord";
import { getDomainOutput } from "@pulumi/digitalocean/getDomain";
import * as pulumi from "@pulumi/pulumi";
import { type HostVendor, nameInZone, recordTypeOf } from "../stagewright/environment/hosts";
import type { EnvironmentSpec } from "../stagewright/environment/schema/environment";
import { netlifyLoadBalancer } from "../stagewright/environment/vendors/netlify";

export interface HostRecord {
  /** The public host name. */
  host: string;
  /** Where it points: the vendor's host name, or for a Droplet its IPv4 address. */
  target: pulumi.Input<string>;
  /** Who serves the host; decides what kind of record it takes. */
  vendor: HostVendor;
}

export interface DnsArgs {
  /** Who serves the zone. */
  via: NonNullable<EnvironmentSpec["dns"]>["via"];
  /** Name of a public zone that exists already in the account of the given provider. */
  zoneName: string;
  /** Seconds that resolvers may keep a record. */
  ttl: number;
  /** By logical name, for example `api`. */
  records: Record<string, HostRecord>;
}

/** A record as a zone takes it, whoever serves the zone. */
interface ZoneRecord {
  host: string;
  type: "A" | "CNAME";
  value: pulumi.Input<string>;
}

/**
 * The public host names of an environment, as records of an existing zone in the account of the
 * provider in `opts`.
 */
export class Dns extends pulumi.ComponentResource {
  constructor(name: string, args: DnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:Dns", name, {}, opts);
    const declare = args.via === "route53" ? inRoute53(args, this) : atDigitalOcean(args, this);
    for (const [logical, { host, target, vendor }] of Object.entries(args.records)) {
      const type = recordTypeOf({ host, zone: args.zoneName, vendor });
      const value = vendor === "netlify" && type === "A" ? netlifyLoadBalancer : target;
      declare(`${name}-${logical}`, { host, type, value });
    }
    this.registerOutputs({});
  }
}

type Declare = (name: string, record: ZoneRecord) => void;

function inRoute53({ zoneName, ttl }: DnsArgs, parent: Dns): Declare {
  const { zoneId } = getZoneOutput({ name: zoneName }, { parent });
  return (name, { host, type, value }) => {
    new Route53Record(name, { zoneId, name: host, type, ttl, records: [value] }, { parent });
  };
}

function atDigitalOcean({ zoneName, ttl }: DnsArgs, parent: Dns): Declare {
  const { name: domain } = getDomainOutput({ name: zoneName }, { parent });
  return (name, { host, type, value }) => {
    // A name is taken as one in the zone unless it ends with a dot (RFC 1035 §5.1).
    const whole = type === "CNAME" ? pulumi.interpolate`${value}.` : value;
    new DnsRecord(name, { domain, name: nameInZone(host, zoneName), type, value: whole, ttl }, { parent });
  };
}
