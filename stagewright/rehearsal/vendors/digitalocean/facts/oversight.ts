import type { ByType } from "../../../../resources/types";
import type { Facts } from "../../../vendor";

/** Monitoring and projects, from the schema of the package `digitalocean` 4. */
export const oversight = {
  "digitalocean:index/monitorAlert:MonitorAlert": {
    required: ["alerts", "compare", "description", "type", "value", "window"],
    optional: ["enabled", "entities", "tags"],
    computed: ["uuid"],
    replaces: [],
    secrets: [],
  },
  "digitalocean:index/project:Project": {
    required: [],
    optional: ["description", "environment", "isDefault", "name", "purpose", "resources"],
    computed: ["createdAt", "ownerId", "ownerUuid", "updatedAt"],
    replaces: [],
    secrets: [],
  },
  "digitalocean:index/projectResources:ProjectResources": {
    required: ["project", "resources"],
    optional: [],
    computed: [],
    replaces: ["project"],
    secrets: [],
  },
  "digitalocean:index/uptimeAlert:UptimeAlert": {
    required: ["checkId", "notifications", "type"],
    optional: ["comparison", "name", "period", "threshold"],
    computed: [],
    replaces: [],
    secrets: [],
  },
  "digitalocean:index/uptimeCheck:UptimeCheck": {
    required: ["target"],
    optional: ["enabled", "name", "regions", "type"],
    computed: [],
    replaces: [],
    secrets: [],
  },
} as const satisfies ByType<Facts>;
