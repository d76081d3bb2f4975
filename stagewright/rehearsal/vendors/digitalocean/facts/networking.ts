import type { ByType } from "../../../../resources/types";
import type { Facts } from "../../../vendor";

/** Networks, addresses, firewalls and names, from the schema of the package `digitalocean` 4. */
export const networking = {
  "digitalocean:index/dnsRecord:DnsRecord": {
    required: ["domain", "type", "value"],
    optional: ["flags", "name", "port", "priority", "tag", "ttl", "weight"],
    computed: ["fqdn"],
    replaces: ["domain", "type"],
    secrets: [],
  },
  "digitalocean:index/domain:Domain": {
    required: ["name"],
    optional: ["ipAddress"],
    computed: ["domainUrn", "ttl"],
    replaces: ["ipAddress", "name"],
    secrets: [],
  },
  "digitalocean:index/firewall:Firewall": {
    required: [],
    optional: ["dropletIds", "inboundRules", "name", "outboundRules", "tags"],
    computed: ["createdAt", "pendingChanges", "status"],
    replaces: [],
    secrets: [],
  },
  "digitalocean:index/reservedIp:ReservedIp": {
    required: ["region"],
    optional: ["dropletId", "ipAddress"],
    computed: ["reservedIpUrn"],
    replaces: ["region"],
    secrets: [],
  },
  "digitalocean:index/reservedIpAssignment:ReservedIpAssignment": {
    required: ["dropletId", "ipAddress"],
    optional: [],
    computed: [],
    replaces: ["dropletId", "ipAddress"],
    secrets: [],
  },
  "digitalocean:index/vpc:Vpc": {
    required: ["region"],
    optional: ["description", "ipRange", "name"],
    computed: ["createdAt", "default", "vpcUrn"],
    replaces: ["ipRange", "region"],
    secrets: [],
  },
} as const satisfies ByType<Facts>;
