import type { Properties } from "../../../../providers/protocol/provider";
import { type Accepts, between, form, notEmpty, type Schema, words } from "../../schema";
import type { facts } from "./facts";

const tag = form(
  /^[a-zA-Z0-9:\-_]{1,255}$/,
  "tags may contain letters, numbers, colons, dashes, and underscores, 255 characters per tag at most",
);
const port = between(0, 65_535);
const day = words("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
const address = form(/^\d{1,3}(\.\d{1,3}){3}$/, "expected to contain a valid IPv4 address");
const network = form(/^[\da-f.:]+\/\d{1,3}$/i, "expected to be a valid CIDR");

const all = (accepts: Accepts, ...inputs: string[]) =>
  Object.fromEntries(inputs.map((input) => [input, accepts]));

/**
 * From the provider's code:
 * https://github.com/digitalocean/terraform-provider-digitalocean/tree/main/digitalocean,
 * resource_*.go
 */
export const schemas: Partial<Record<keyof typeof facts, Schema>> = {
  "digitalocean:index/databaseCluster:DatabaseCluster": {
    keeps: ["privateNetworkUuid", "projectId", "storageSizeMib"],
    follows: ["storageSizeMib"],
    sets: ["tags"],
    accepts: {
      ...all(
        notEmpty,
        "engine",
        "evictionPolicy",
        "name",
        "nodeCount",
        "privateNetworkUuid",
        "projectId",
        "region",
        "size",
      ),
      "maintenanceWindows.day": (value) => day(String(value).toLowerCase()),
      "storageAutoscale.incrementGib": (value) =>
        Number(value) >= 10 ? undefined : `expected to be at least (10), got ${value}`,
      "storageAutoscale.thresholdPercent": between(15, 95),
      tags: tag,
    },
    refuses({ engine, version, sqlMode, evictionPolicy }) {
      if (isUnset(version)) return 'The argument "version" is required, but no definition was found.';
      if (!isUnset(sqlMode) && engine !== "mysql")
        return "sql_mode is only supported for MySQL Database Clusters";
      if (!isUnset(evictionPolicy) && engine !== "redis" && engine !== "valkey")
        return "eviction_policy is only supported for Redis or Valkey Database Clusters";
      return undefined;
    },
  },
  "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool": {
    accepts: {
      ...all(notEmpty, "clusterId", "dbName", "size", "user"),
      name: form(/^.{3,63}$/s, "expected length to be in the range (3 - 63)"),
      mode: words("session", "transaction", "statement"),
    },
  },
  "digitalocean:index/databaseDb:DatabaseDb": { accepts: all(notEmpty, "clusterId", "name") },
  "digitalocean:index/databaseFirewall:DatabaseFirewall": {
    sets: ["rules"],
    accepts: {
      clusterId: notEmpty,
      "rules.type": words("ip_addr", "droplet", "k8s", "tag", "app"),
      "rules.value": notEmpty,
    },
  },
  "digitalocean:index/databaseReplica:DatabaseReplica": {
    keeps: ["privateNetworkUuid", "storageSizeMib"],
    sets: ["tags"],
    accepts: { ...all(notEmpty, "clusterId", "name", "privateNetworkUuid"), tags: tag },
  },
  "digitalocean:index/databaseUser:DatabaseUser": {
    accepts: {
      ...all(notEmpty, "clusterId", "name"),
      mysqlAuthPlugin: words("mysql_native_password", "caching_sha2_password"),
      "settings.acls.permission": words("admin", "consume", "produce", "produceconsume"),
      "settings.opensearchAcls.permission": words("deny", "admin", "read", "write", "readwrite"),
    },
  },
  "digitalocean:index/dnsRecord:DnsRecord": {
    keeps: ["ttl"],
    accepts: {
      type: words("A", "AAAA", "CAA", "CNAME", "MX", "NS", "TXT", "SRV", "SOA"),
      ...all(notEmpty, "domain", "name"),
      ...all(port, "port", "priority", "weight"),
      flags: between(0, 255),
      tag: words("issue", "issuewild", "iodef"),
      ttl: (value) => (Number(value) >= 1 ? undefined : `expected to be at least (1), got ${value}`),
    },
    refuses({ type, priority, weight, flags, tag: caaTag }) {
      const needs = (name: string) => `\`${name}\` is required for when type is \`${type}\``;
      if ((type === "MX" || type === "SRV") && priority === undefined) return needs("priority");
      if (type === "SRV" && weight === undefined) return needs("weight");
      if (type === "CAA" && flags === undefined) return needs("flags");
      return type === "CAA" && isUnset(caaTag) ? needs("tag") : undefined;
    },
  },
  "digitalocean:index/domain:Domain": { accepts: all(notEmpty, "ipAddress", "name") },
  "digitalocean:index/droplet:Droplet": {
    keeps: ["ipv6Address", "privateNetworking", "publicNetworking", "region", "volumeIds", "vpcUuid"],
    defaults: { backups: false, gracefulShutdown: false, ipv6: false, monitoring: false, resizeDisk: true },
    sets: ["sshKeys", "tags", "volumeIds"],
    together: [["backupPolicy", "backups"]],
    accepts: {
      ...all(notEmpty, "image", "name", "region", "size", "sshKeys", "userData", "vpcUuid"),
      "backupPolicy.plan": words("daily", "weekly"),
      "backupPolicy.weekday": words("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"),
      "backupPolicy.hour": between(0, 20),
      tags: tag,
    },
  },
  "digitalocean:index/firewall:Firewall": {
    sets: ["dropletIds", "inboundRules", "outboundRules", "tags"],
    accepts: {
      name: notEmpty,
      ...all(words("tcp", "udp", "icmp"), "inboundRules.protocol", "outboundRules.protocol"),
      ...all(notEmpty, "inboundRules.portRange", "outboundRules.portRange"),
      tags: tag,
    },
    refuses({ inboundRules, outboundRules }) {
      const [inbound, outbound] = [rulesIn(inboundRules), rulesIn(outboundRules)];
      if (inbound.length + outbound.length === 0) return "At least one rule must be specified";
      const open = (rules: Properties[]) =>
        rules.some(({ protocol, portRange }) => protocol !== "icmp" && isUnset(portRange));
      const needs = (which: string) =>
        `\`port_range\` of ${which} rules is required if protocol is \`tcp\` or \`udp\``;
      return open(inbound) ? needs("inbound") : open(outbound) ? needs("outbound") : undefined;
    },
  },
  "digitalocean:index/monitorAlert:MonitorAlert": {
    defaults: { enabled: true },
    sets: ["entities", "tags"],
    accepts: {
      type: form(
        /^v1\/(insights\/(droplet\/(cpu|memory_utilization_percent|disk_utilization_percent|(public|private)_(out|in)bound_bandwidth|disk_read|disk_write|load_(1|5|15))|lbaas\/\w+)|dbaas\/alerts\/\w+)$/,
        "expected one of the metrics of Droplets, load balancers and databases",
      ),
      compare: words("GreaterThan", "LessThan"),
      window: words("5m", "10m", "30m", "1h"),
      value: (value) => (Number(value) >= 0 ? undefined : `expected to be at least (0), got ${value}`),
      ...all(notEmpty, "alerts.slacks.channel", "alerts.slacks.url"),
      tags: tag,
    },
  },
  "digitalocean:index/project:Project": {
    keeps: ["resources"],
    defaults: { description: "", isDefault: false, purpose: "Web Application" },
    sets: ["resources"],
    caseless: ["environment"],
    accepts: {
      name: form(/^.{1,175}$/s, "expected length to be in the range (1 - 175)"),
      ...all(form(/^.{0,255}$/s, "expected length to be in the range (0 - 255)"), "description", "purpose"),
      environment: (value) => words("development", "staging", "production")(String(value).toLowerCase()),
    },
  },
  "digitalocean:index/projectResources:ProjectResources": {
    sets: ["resources"],
    accepts: { project: notEmpty },
  },
  "digitalocean:index/reservedIp:ReservedIp": { keeps: ["ipAddress"], accepts: { ipAddress: address } },
  "digitalocean:index/reservedIpAssignment:ReservedIpAssignment": { accepts: { ipAddress: address } },
  "digitalocean:index/sshKey:SshKey": { accepts: all(notEmpty, "name", "publicKey") },
  "digitalocean:index/tag:Tag": { accepts: { name: tag } },
  "digitalocean:index/uptimeAlert:UptimeAlert": {
    accepts: {
      type: words("latency", "down", "down_global", "ssl_expiry"),
      comparison: words("greater_than", "less_than"),
      period: words("2m", "3m", "5m", "10m", "15m", "30m", "1h"),
      ...all(notEmpty, "notifications.slacks.channel", "notifications.slacks.url"),
    },
  },
  "digitalocean:index/uptimeCheck:UptimeCheck": {
    defaults: { enabled: true, type: "https" },
    sets: ["regions"],
    accepts: { type: words("ping", "http", "https") },
  },
  "digitalocean:index/volume:Volume": {
    keeps: ["filesystemType"],
    sets: ["tags"],
    conflicts: [["filesystemType", "initialFilesystemType"]],
    accepts: {
      ...all(notEmpty, "description", "initialFilesystemLabel", "name", "snapshotId"),
      ...all(words("ext4", "xfs"), "filesystemType", "initialFilesystemType"),
      size: (value) => (Number(value) >= 1 ? undefined : `expected to be at least (1), got ${value}`),
      tags: tag,
    },
  },
  "digitalocean:index/vpc:Vpc": {
    keeps: ["ipRange"],
    accepts: {
      ...all(notEmpty, "name", "region"),
      description: form(/^.{0,255}$/s, "expected length to be in the range (0 - 255)"),
      ipRange: network,
    },
  },
  "digitalocean:index/spacesBucket:SpacesBucket": {
    defaults: { acl: "private", forceDestroy: false, region: "nyc3" },
  },
};

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function rulesIn(value: unknown): Properties[] {
  return Array.isArray(value) ? (value as Properties[]) : [];
}
