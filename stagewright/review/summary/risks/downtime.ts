import { refusalOf } from "../../../rehearsal/refusals";
import type { ByType } from "../../../resources/types";
import type { Change, ValueChange } from "../../change/change";
import { because, holding, holds } from "./data";
import type { Finder, Occasion, Risk } from "./risk";

/** Changes that take an environment or a part of it offline, for a while or until somebody acts. */
export const downtimeRisks: Finder = (occasion) =>
  occasion.changes.flatMap((change) => [
    ...servers(change),
    ...addresses(change),
    ...processes(change, occasion),
    ...plans(change, occasion),
  ]);

// The resources that run the code people use.
const SERVERS: ByType<string> = {
  "heroku:app/app:App": "app",
  "digitalocean:index/app:App": "app",
  "digitalocean:index/droplet:Droplet": "Droplet",
  "netlify:index/site:Site": "site",
};

function servers(change: Change): Risk[] {
  const { type, operation, before, after, values, name } = change;
  const what = SERVERS[type];
  if (what !== undefined && (operation === "replace" || operation === "delete")) {
    const called = String(before?.inputs.name ?? name);
    const says =
      operation === "replace"
        ? `The ${what} ${called} is replaced${because(change)}: it is off the net until the new one has been deployed to.`
        : before?.retain
          ? `The ${what} ${called} is no longer managed: it goes on running at the vendor as it is.`
          : `The ${what} ${called} is deleted: what it serves is off the net.`;
    return [
      { kind: "downtime", level: operation === "delete" && before?.retain ? "warning" : "danger", says },
    ];
  }
  if (what === undefined || operation !== "update") return firstRelease(change);
  const renamed = valueAt(values, "name");
  const stack = valueAt(values, "stack");
  return [
    ...(renamed
      ? [
          {
            kind: "downtime",
            level: "warning",
            says: `The ${what} ${String(renamed.before)} is renamed to ${String(renamed.after)}: its address at the vendor changes.`,
          } as const,
        ]
      : []),
    ...(stack
      ? [
          {
            kind: "downtime",
            level: "notice",
            says: `The ${what} ${String(after?.inputs.name ?? name)} runs on ${String(stack.after)} from its next deploy on.`,
          } as const,
        ]
      : []),
  ];
}

// A recreated release or slug replaces the deployed one.
function firstRelease({ type, operation, name }: Change): Risk[] {
  if (type !== "heroku:app/release:Release" || operation !== "replace") return [];
  return [
    {
      kind: "downtime",
      level: "danger",
      says: `The first release (${name}) is made anew: it answers 503 in place of what is deployed, until the next deploy.`,
    },
  ];
}

// The resources that make a name or an address work, with the words that precede that name.
const ADDRESSES: ByType<string> = {
  "aws:route53/record:Record": "The DNS record of",
  "digitalocean:index/dnsRecord:DnsRecord": "The DNS record of",
  "digitalocean:index/domain:Domain": "DigitalOcean's domain",
  "digitalocean:index/reservedIp:ReservedIp": "The reserved address",
  "digitalocean:index/reservedIpAssignment:ReservedIpAssignment": "The assignment of the reserved address",
  "heroku:domain/domain:Domain": "Heroku's domain",
};

function addresses(change: Change): Risk[] {
  const { operation, before, after, values } = change;
  const what = ADDRESSES[change.type];
  if (what === undefined) return [];
  const nameOf = (inputs: Record<string, unknown> | undefined) =>
    String(inputs?.hostname ?? inputs?.fqdn ?? inputs?.name ?? change.name);
  const [old, now] = [nameOf(before?.inputs), nameOf(after?.inputs)];
  switch (operation) {
    case "delete":
      return [
        {
          kind: "downtime",
          level: before?.retain ? "warning" : "danger",
          says: before?.retain
            ? `${what} ${old} is no longer managed; it stays as it is.`
            : `${what} ${old} is deleted: the name stops working.`,
        },
      ];
    case "replace":
      return [
        {
          kind: "downtime",
          level: "danger",
          says:
            old === now
              ? `${what} ${old} is made anew${because(change)}: the name does not work until resolvers have followed.`
              : `${what} ${old} gives way to ${now}: the old name stops working.`,
        },
      ];
    case "update":
      return values.some(({ path }) => /^(records|value|ttl|type|name)/.test(path))
        ? [
            {
              kind: "downtime",
              level: "warning",
              says: `${what} ${old} changes where it points: resolvers may keep the old answer for a while.`,
            },
          ]
        : [];
    default:
      return [];
  }
}

function processes(change: Change, { byHand }: Occasion): Risk[] {
  const { type, operation, before, after, values } = change;
  if (type !== "heroku:formation/formation:Formation") return [];
  const process = String(before?.inputs.type ?? after?.inputs.type);
  if (operation === "delete" && byHand)
    return [
      {
        kind: "downtime",
        level: process === "web" ? "danger" : "warning",
        says: `The process ${process} is gone.`,
      },
    ];
  if (operation === "delete")
    return [
      {
        kind: "downtime",
        level: "notice",
        says: `The process ${process} is no longer managed: it runs until a deploy drops it from the Procfile.`,
      },
    ];
  const quantity = valueAt(values, "quantity");
  if (quantity?.after === 0)
    return [
      {
        kind: "downtime",
        level: process === "web" ? "danger" : "warning",
        says: `The process ${process} is scaled to 0: ${process === "web" ? "nothing answers any more" : "it stops"}.`,
      },
    ];
  return [];
}

function plans(change: Change, occasion: Occasion): Risk[] {
  const { type, operation, before, after, values } = change;
  // A change that the vendor refuses does not happen: the preview has failed with it.
  if (operation !== "update" || !holds(change) || refusalOf(type, before?.inputs ?? {}, after?.inputs ?? {}))
    return [];
  const what = `The ${holding(change, occasion)}`;
  const plan = valueAt(values, "plan") ?? valueAt(values, "size");
  const region = valueAt(values, "region");
  const warning = (says: string): Risk => ({ kind: "downtime", level: "warning", says });
  return [
    ...(plan
      ? [
          warning(
            `${what} changes its plan to ${String(plan.after)} in place: its data stays, and it may be interrupted.`,
          ),
        ]
      : []),
    // https://docs.digitalocean.com/products/databases/postgresql/how-to/migrate-regions/
    ...(region
      ? [
          warning(
            `${what} moves to ${String(region.after)}: its data is copied there, its address changes, and it may be interrupted.`,
          ),
        ]
      : []),
  ];
}

function valueAt(values: readonly ValueChange[], path: string): ValueChange | undefined {
  return values.find((value) => value.path === path);
}
