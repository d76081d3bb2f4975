import type { Properties } from "../../../../providers/protocol/provider";
import type { ByType } from "../../../resources/types";
import type { Thing, Things } from "../../store";
import type { Kind } from "../../vendor";
import { checkTags, findDroplet, nameOf, objects, refuse, texts } from "./api";
import { findCluster } from "./databases/cluster";
import { facts } from "./facts";

const ALERT = "digitalocean:index/monitorAlert:MonitorAlert";
const CHECK = "digitalocean:index/uptimeCheck:UptimeCheck";
const CHECK_ALERT = "digitalocean:index/uptimeAlert:UptimeAlert";

/**
 * https://docs.digitalocean.com/reference/api/reference/monitoring/#monitoring_create_alertPolicy,
 * without the types for load balancers.
 */
const METRICS = [
  ...["cpu", "memory_utilization_percent", "disk_utilization_percent"],
  ...["public_outbound_bandwidth", "public_inbound_bandwidth"],
  ...["private_outbound_bandwidth", "private_inbound_bandwidth"],
  ...["disk_read", "disk_write", "load_1", "load_5", "load_15"],
].map((metric) => `v1/insights/droplet/${metric}`);
const DATABASE_METRICS = [
  "load_15_alerts",
  "memory_utilization_alerts",
  "disk_utilization_alerts",
  "cpu_alerts",
].map((metric) => `v1/dbaas/alerts/${metric}`);

const monitorAlert: Kind = {
  facts: facts[ALERT],
  // It has no name, and two may be identical, so the resource distinguishes them.
  identity: ({ urn }) => ({ name: urn }),
  namesakes: true,
  alike: ["type", "description", "entities"],
  rules({ things, inputs }) {
    const { type, compare, value, window } = inputs;
    const accepted = [...METRICS, ...DATABASE_METRICS];
    if (!accepted.includes(String(type))) refuse(422, `type '${type}' is not one of ${accepted.join(", ")}.`);
    if (compare !== "GreaterThan" && compare !== "LessThan")
      refuse(422, `compare '${compare}' is not one of GreaterThan, LessThan.`);
    if (!["5m", "10m", "30m", "1h"].includes(String(window)))
      refuse(422, `window '${window}' is not one of 5m, 10m, 30m, 1h.`);
    const isShare = /cpu|percent|utilization/.test(String(type));
    if (!(Number(value) >= 0 && (!isShare || Number(value) <= 100)))
      refuse(422, `value ${value} of ${type} is not ${isShare ? "a percentage" : "0 or more"}.`);
    if (String(inputs.description).trim() === "") refuse(422, "description can't be blank");
    checkNotification(inputs.alerts as Properties);
    checkTags(texts(inputs, "tags"));
    const find = DATABASE_METRICS.includes(String(type)) ? findCluster : findDroplet;
    for (const entity of texts(inputs, "entities")) find(things, entity);
  },
  defaults: () => ({ enabled: true }),
  derived: (_, id) => ({ uuid: id }),
  latency: { create: 1, update: 1, delete: 1 },
};

/** https://docs.digitalocean.com/reference/api/reference/uptime/#uptime_create_check */
const uptimeCheck: Kind = {
  facts: facts[CHECK],
  identity: ({ inputs, urn }) => ({ name: `${nameOf(inputs, urn)} ${urn}` }),
  namesakes: true,
  alike: ["name"],
  rules({ inputs }) {
    const { type = "https", target } = inputs;
    if (!["ping", "http", "https"].includes(String(type)))
      refuse(422, `type '${type}' is not one of ping, http, https.`);
    const scheme = `${type}://`;
    const isHost = /^[a-zA-Z0-9]([a-zA-Z0-9.:-]*[a-zA-Z0-9])?$/.test(String(target));
    if (type === "ping" ? !isHost : !(String(target).startsWith(scheme) && URL.canParse(String(target))))
      refuse(
        422,
        `target '${target}' is not ${type === "ping" ? "a host or address" : `a URL with ${scheme}`}.`,
      );
    const regions = ["us_east", "us_west", "eu_west", "se_asia"];
    const bad = texts(inputs, "regions").find((region) => !regions.includes(region));
    if (bad !== undefined) refuse(422, `region '${bad}' is not one of ${regions.join(", ")}.`);
  },
  defaults: ({ inputs, urn }) => ({ enabled: true, name: nameOf(inputs, urn), type: "https" }),
  after(things, event, { id }) {
    if (event !== "delete") return;
    for (const alert of things.list(CHECK_ALERT))
      if (alert.properties.checkId === id) things.remove(CHECK_ALERT, alert.id);
  },
  latency: { create: 1, update: 1, delete: 1 },
};

/** https://docs.digitalocean.com/reference/api/reference/uptime/#uptime_create_alert */
const uptimeAlert: Kind = {
  facts: facts[CHECK_ALERT],
  identity: ({ inputs, urn }) => ({ name: `${nameOf(inputs, urn)} ${urn}` }),
  namesakes: true,
  alike: ["name", "checkId"],
  rules({ things, inputs }) {
    const check = findCheck(things, inputs.checkId);
    const type = String(inputs.type);
    const needs = ALERT_NEEDS[type];
    if (!needs) return refuse(422, `type '${type}' is not one of ${Object.keys(ALERT_NEEDS).join(", ")}.`);
    const missing = needs.find((property) => inputs[property] === undefined);
    if (missing) refuse(422, `${missing} is required for an alert of type ${type}.`);
    if (type === "ssl_expiry" && (check.properties.type ?? "https") !== "https")
      refuse(422, `an alert of type ssl_expiry needs a check of type https, not ${check.properties.type}.`);
    checkChoice(inputs, "comparison", ["greater_than", "less_than"]);
    checkChoice(inputs, "period", ["2m", "3m", "5m", "10m", "15m", "30m", "1h"]);
    const [notification] = objects(inputs, "notifications");
    checkNotification(notification ?? {});
  },
  derived: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  latency: { create: 1, update: 1, delete: 1 },
};

/** Monitoring of droplets, clusters and hosts. */
export const monitoringKinds: ByType<Kind> = {
  [ALERT]: monitorAlert,
  [CHECK]: uptimeCheck,
  [CHECK_ALERT]: uptimeAlert,
};

/** The required inputs of an alert by type. */
const ALERT_NEEDS: Record<string, readonly string[]> = {
  latency: ["threshold", "comparison", "period"],
  down: ["period"],
  down_global: ["period"],
  ssl_expiry: ["threshold", "comparison"],
};

function findCheck(things: Things, id: unknown): Thing {
  return things.get(CHECK, String(id)) ?? refuse(404, `The uptime check ${id} could not be found.`);
}

function checkChoice(inputs: Properties, property: string, choices: readonly string[]): void {
  const value = inputs[property];
  if (value !== undefined && !choices.includes(String(value)))
    refuse(422, `${property} '${value}' is not one of ${choices.join(", ")}.`);
}

// An alert needs a recipient. Addresses must be those of verified members, which a rehearsal cannot
// know.
function checkNotification(notification: Properties): void {
  const [emails, slacks] = [texts(notification, "emails"), objects(notification, "slacks")];
  if (emails.length + slacks.length === 0)
    refuse(422, "at least one notification, an email or Slack, is required.");
  const bad = emails.find((email) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email));
  if (bad !== undefined) refuse(422, `'${bad}' is not an email address.`);
  for (const { channel, url } of slacks)
    if (!channel || !String(url).startsWith("https://hooks.slack.com/"))
      refuse(422, `a Slack notification needs a channel and a URL of hooks.slack.com.`);
}
