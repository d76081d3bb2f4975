import { withSchemas } from "../../schema";
import type { Vendor } from "../../vendor";
import { TYPES } from "./api";
import { cluster } from "./databases/cluster";
import { postgresqlConfig } from "./databases/config";
import { databaseFirewall } from "./databases/firewall";
import { partKinds } from "./databases/parts";
import { dnsRecord, domain, getDomain } from "./domains";
import { droplet } from "./droplets";
import { firewall } from "./firewalls";
import { getAccount, getDroplet, getReservedIp, getSshKey, getVpc } from "./lookups";
import { members } from "./members";
import { monitoringKinds } from "./monitoring";
import { getProject, project, projectResources } from "./projects";
import { reservedIp, reservedIpAssignment } from "./reserved-ips";
import { schemas } from "./schema";
import { spacesKinds } from "./spaces";
import { sshKey } from "./ssh-keys";
import { tag } from "./tags";
import { volume, volumeAttachment } from "./volumes";
import { vpc } from "./vpcs";

export { seedDomain } from "./domains";

/** DigitalOcean behind the package `digitalocean`, from the view of one team's account. */
export const digitalocean: Vendor = {
  name: "digitalocean",
  version: "4.80.1",
  // A rotated token must still find the resources created with the old one.
  caller: (config) => ({ account: "digitalocean", config }),
  kinds: withSchemas(
    {
      [TYPES.cluster]: cluster,
      ...partKinds,
      "digitalocean:index/databaseFirewall:DatabaseFirewall": databaseFirewall,
      "digitalocean:index/databasePostgresqlConfig:DatabasePostgresqlConfig": postgresqlConfig,
      "digitalocean:index/dnsRecord:DnsRecord": dnsRecord,
      [TYPES.domain]: domain,
      [TYPES.droplet]: droplet,
      [TYPES.firewall]: firewall,
      ...monitoringKinds,
      [TYPES.project]: project,
      [TYPES.projectResources]: projectResources,
      [TYPES.reservedIp]: reservedIp,
      [TYPES.reservedIpAssignment]: reservedIpAssignment,
      ...spacesKinds,
      [TYPES.sshKey]: sshKey,
      [TYPES.tag]: tag,
      [TYPES.volume]: volume,
      [TYPES.volumeAttachment]: volumeAttachment,
      [TYPES.vpc]: vpc,
    },
    schemas,
    members,
  ),
  functions: {
    "digitalocean:index/getAccount:getAccount": getAccount,
    "digitalocean:index/getDomain:getDomain": getDomain,
    "digitalocean:index/getDroplet:getDroplet": getDroplet,
    "digitalocean:index/getProject:getProject": getProject,
    "digitalocean:index/getReservedIp:getReservedIp": getReservedIp,
    "digitalocean:index/getSshKey:getSshKey": getSshKey,
    "digitalocean:index/getVpc:getVpc": getVpc,
  },
};
