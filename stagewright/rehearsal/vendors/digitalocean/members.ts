import type { Members } from "../../schema";

/**
 * The members of the played types' nested inputs, from the schema of the package `digitalocean` 4.
 */
export const members = {
  "digitalocean:index/databaseCluster:DatabaseCluster": {
    backupRestore: { required: ["databaseName"], optional: ["backupCreatedAt"] },
    maintenanceWindows: { required: ["day", "hour"], optional: [] },
    storageAutoscale: { required: ["enabled"], optional: ["incrementGib", "thresholdPercent"] },
  },
  "digitalocean:index/databaseUser:DatabaseUser": {
    settings: { required: [], optional: ["acls", "opensearchAcls"] },
    "settings.acls": { required: ["permission", "topic"], optional: ["id"] },
    "settings.opensearchAcls": { required: ["index", "permission"], optional: [] },
  },
  "digitalocean:index/databaseFirewall:DatabaseFirewall": {
    rules: { required: ["type", "value"], optional: ["createdAt", "uuid"] },
  },
  "digitalocean:index/databasePostgresqlConfig:DatabasePostgresqlConfig": {
    pgbouncers: {
      required: [],
      optional: [
        "autodbIdleTimeout",
        "autodbMaxDbConnections",
        "autodbPoolMode",
        "autodbPoolSize",
        "ignoreStartupParameters",
        "minPoolSize",
        "serverIdleTimeout",
        "serverLifetime",
        "serverResetQueryAlways",
      ],
    },
    timescaledbs: { required: [], optional: ["maxBackgroundWorkers"] },
  },
  "digitalocean:index/droplet:Droplet": {
    backupPolicy: { required: [], optional: ["hour", "plan", "weekday"] },
  },
  "digitalocean:index/firewall:Firewall": {
    inboundRules: {
      required: ["protocol"],
      optional: [
        "portRange",
        "sourceAddresses",
        "sourceDropletIds",
        "sourceKubernetesIds",
        "sourceLoadBalancerUids",
        "sourceTags",
      ],
    },
    outboundRules: {
      required: ["protocol"],
      optional: [
        "destinationAddresses",
        "destinationDropletIds",
        "destinationKubernetesIds",
        "destinationLoadBalancerUids",
        "destinationTags",
        "portRange",
      ],
    },
  },
  "digitalocean:index/monitorAlert:MonitorAlert": {
    alerts: { required: [], optional: ["emails", "slacks"] },
    "alerts.slacks": { required: ["channel", "url"], optional: [] },
  },
  "digitalocean:index/uptimeAlert:UptimeAlert": {
    notifications: { required: [], optional: ["emails", "slacks"] },
    "notifications.slacks": { required: ["channel", "url"], optional: [] },
  },
  "digitalocean:index/spacesBucket:SpacesBucket": {
    corsRules: {
      required: ["allowedMethods", "allowedOrigins"],
      optional: ["allowedHeaders", "maxAgeSeconds"],
    },
    lifecycleRules: {
      required: ["enabled"],
      optional: [
        "abortIncompleteMultipartUploadDays",
        "expiration",
        "id",
        "noncurrentVersionExpiration",
        "prefix",
      ],
    },
    "lifecycleRules.expiration": { required: [], optional: ["date", "days", "expiredObjectDeleteMarker"] },
    "lifecycleRules.noncurrentVersionExpiration": { required: [], optional: ["days"] },
    versioning: { required: [], optional: ["enabled"] },
  },
  "digitalocean:index/spacesKey:SpacesKey": {
    grants: { required: ["bucket", "permission"], optional: [] },
  },
} as const satisfies Record<string, Record<string, Members>>;
