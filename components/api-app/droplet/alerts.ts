import type { Droplet } from "@pulumi/digitalocean/droplet";
import { MonitorAlert } from "@pulumi/digitalocean/monitorAlert";
import { UptimeAlert } from "@pulumi/digitalocean/uptimeAlert";
import { UptimeCheck } from "@pulumi/digitalocean/uptimeCheck";
import type * as pulumi from "@pulumi/pulumi";
import type { DropletApiSpec } from "../../../stagewright/environment/schema/api";

/**
 * What the droplet's agent measures in percent.
 * https://docs.digitalocean.com/reference/api/reference/monitoring/
 */
const MEASURED = {
  cpu: "v1/insights/droplet/cpu",
  memory: "v1/insights/droplet/memory_utilization_percent",
  disk: "v1/insights/droplet/disk_utilization_percent",
} as const;

/** Days before a certificate ends at which somebody must be told: it is renewed 30 days before. */
const CERTIFICATE_DAYS = 14;

/**
 * Tells who the spec says when the droplet runs short, or when the API does not answer from
 * outside.
 */
export function createAlerts(
  name: string,
  spec: DropletApiSpec,
  droplet: Droplet,
  parent: pulumi.Resource,
): void {
  const { alerts } = spec;
  if (!alerts) return;
  const { emails } = alerts;
  for (const measure of ["cpu", "memory", "disk"] as const) {
    new MonitorAlert(
      `${name}-${measure}-alert`,
      {
        type: MEASURED[measure],
        description: `${spec.app}: ${measure} above ${alerts[measure]} %`,
        compare: "GreaterThan",
        value: alerts[measure],
        window: "5m",
        entities: [droplet.id],
        alerts: { emails },
        enabled: true,
      },
      { parent },
    );
  }
  const watched = (part: string, path: string) =>
    new UptimeCheck(
      `${name}-${part}`,
      {
        name: `${spec.app}-${part}`,
        type: "https",
        target: `https://${spec.host}${path}`,
        regions: ["eu_west", "us_east"],
        enabled: true,
      },
      { parent },
    );
  const notifications = [{ emails }];
  const down = (part: string, check: UptimeCheck, says: string) =>
    new UptimeAlert(
      `${name}-${part}-alert`,
      { checkId: check.id, name: `${spec.app}${says}`, type: "down_global", period: "2m", notifications },
      { parent },
    );
  const check = watched("uptime", "");
  down("down", check, " is down");
  // The droplet answers it with 503 where a process does not run or is started again and again.
  down("processes", watched("processes", "/.well-known/stagewright"), ": a process does not stay up");
  new UptimeAlert(
    `${name}-certificate-alert`,
    {
      checkId: check.id,
      name: `${spec.app}: its certificate ends soon`,
      type: "ssl_expiry",
      comparison: "less_than",
      threshold: CERTIFICATE_DAYS,
      period: "2m",
      notifications,
    },
    { parent },
  );
}
