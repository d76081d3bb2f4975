import { getZoneOutput } from "@pulumi/aws/route53/getZone";
import { Record as Route53Record } from "@pulumi/aws/route53/record";
import * as pulumi from "@pulumi/pulumi";
import { type HostVendor, recordTypeOf } from "../spec/hosts";
import { netlifyLoadBalancer } from "../spec/vendors/netlify";

export interface HostRecord {
  /** The public host name. */
  host: string;
  /** Where it points: the vendor's host name, or for a Droplet its IPv4 address. */
  target: pulumi.Input<string>;
  /** Who serves the host; decides what kind of record it takes. */
  vendor: HostVendor;
}

export interface DnsArgs {
  /** Name of a public hosted zone that exists already in the account of the given provider. */
  zoneName: string;
  /** Seconds that resolvers may keep a record. */
  ttl: number;
  /** By logical name, for example `api`. */
  records: Record<string, HostRecord>;
}

/** The public host names of an environment, as records of an existing Route 53 zone in the account of the AWS provider in `opts`. */
export class Dns extends pulumi.ComponentResource {
  constructor(name: string, args: DnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:Dns", name, {}, opts);
    const { zoneId } = getZoneOutput({ name: args.zoneName }, { parent: this });
    for (const [logical, record] of Object.entries(args.records)) {
      this.#record(`${name}-${logical}`, record, args, zoneId);
    }
    this.registerOutputs({});
  }

  #record(
    name: string,
    { host, target, vendor }: HostRecord,
    { zoneName, ttl }: DnsArgs,
    zoneId: pulumi.Output<string>,
  ): void {
    const type = recordTypeOf({ host, zone: zoneName, vendor });
    const value = vendor === "netlify" && type === "A" ? netlifyLoadBalancer : target;
    new Route53Record(name, { zoneId, name: host, type, ttl, records: [value] }, { parent: this });
  }
}
