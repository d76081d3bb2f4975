import type { ByType } from "../../../resources/types";
import { listed } from "../../../text/words";
import type { Change, Side } from "../../change/change";
import { type Finder, goes, kindOf, type Occasion, type Risk } from "./risk";

/**
 * Data that is lost or kept less safely than before: databases, brokers, buckets and other storage.
 */
export const dataRisks: Finder = (occasion) => [
  ...dearest(occasion.changes).flatMap((change) => gone(change, occasion)),
  ...unprotected(occasion),
  ...occasion.changes.flatMap(keptLess),
];

// By add-on service; services without data of their own are left out.
// https://elements.heroku.com/addons
const ADDONS: Readonly<Record<string, string>> = {
  "heroku-postgresql": "database",
  "heroku-redis": "key-value store",
  cloudamqp: "message broker",
};

const HOLDERS: ByType<string> = {
  "aws:s3/bucket:Bucket": "bucket",
  "cloudamqp:index/instance:Instance": "message broker",
  "digitalocean:index/databaseCluster:DatabaseCluster": "database",
  "digitalocean:index/databaseDb:DatabaseDb": "database",
  "digitalocean:index/spacesBucket:SpacesBucket": "bucket",
  "digitalocean:index/volume:Volume": "volume",
  "sentry:index/sentryProject:SentryProject": "error history",
};

/** A resource that may hold data on at least one side of a change. */
type Held = Pick<Change, "type" | "name"> & Partial<Record<"before" | "after", Pick<Side, "inputs">>>;

/** Returns what a resource holds, for a person; `undefined` if it holds no data. */
export function holds(change: Held): string | undefined {
  const { inputs = {} } = change.before ?? change.after ?? {};
  if (change.type !== "heroku:addon/addon:Addon") return HOLDERS[change.type];
  const follows = JSON.stringify(inputs.config ?? {}).includes('"follow"');
  return follows ? undefined : ADDONS[String(inputs.plan).split(":")[0] ?? ""];
}

/** `database of production (heroku-postgresql:standard-0)`. */
export function holding(change: Held, { environment }: Pick<Occasion, "environment">): string {
  const { inputs = {} } = change.before ?? change.after ?? {};
  const called = [inputs.bucket, inputs.plan, inputs.size, inputs.name, change.name].find(
    (name) => typeof name === "string",
  );
  return `${holds(change) ?? kindOf(change)} of ${environment} (${String(called)})`;
}

// The hardest to restore comes first.
function dearest(changes: readonly Change[]): Change[] {
  const rank = (change: Change) => RANKS.indexOf(holds(change) ?? "");
  return [...changes].sort((a, b) => rank(b) - rank(a));
}

const RANKS = ["error history", "volume", "bucket", "key-value store", "message broker", "database"];

function gone(change: Change, occasion: Occasion): Risk[] {
  if (!holds(change) || !goes(change)) return [];
  const what = `The ${holding(change, occasion)}`;
  const retain = change.before?.retain === true;
  if (change.operation === "replace") {
    const why = because(change);
    const old = retain
      ? "the old one stays at the vendor, no longer managed"
      : "the data of the old one is lost";
    return [{ kind: "data", level: "danger", says: `${what} is replaced by an empty one${why}: ${old}.` }];
  }
  return retain
    ? [
        {
          kind: "data",
          level: "warning",
          says: `${what} is no longer managed: it stays at the vendor with its data, and is billed until somebody deletes it.`,
        },
      ]
    : [{ kind: "data", level: "danger", says: `${what} is deleted, and its data with it.` }];
}

/** Names the values that cannot change in place and so force the replacement. */
export function because({ values }: Change): string {
  const forcing = values.filter(({ forces }) => forces).map(({ path }) => path);
  if (forcing.length > 0) return `, because ${listed(forcing)} cannot change in place`;
  // A dependent of a replaced resource is replaced too, and the engine names no reason.
  const following = values.filter(({ computed }) => computed).map(({ path }) => path);
  return following.length === 0 ? "" : `, because ${listed(following)} will be that of another one`;
}

function unprotected(occasion: Occasion): Risk[] {
  const lost = occasion.changes.filter(({ before, after }) => before?.protect && after && !after.protect);
  if (lost.length === 0) return [];
  const data = dearest(lost.filter(holds)).map((change) => holding(change, occasion));
  const others = lost.length - data.length;
  const names = data.length > 0 ? data : lost.slice(0, 3).map(({ name }) => name);
  const more = data.length > 0 && others > 0 ? [`${others} more`] : [];
  return [
    {
      kind: "data",
      level: "danger",
      says: `Protection is taken off: ${listed([...names, ...more])}. A later change, or a destroy, may delete ${lost.length === 1 ? "it" : "them"}.`,
    },
  ];
}

function keptLess({ type, name, values, operation, before, after }: Change): Risk[] {
  if (operation !== "update") return [];
  if (type === "aws:s3/bucketVersioning:BucketVersioning") {
    const off = values.some((value) => value.path.endsWith("status") && value.before === "Enabled");
    return off
      ? [
          {
            kind: "data",
            level: "danger",
            says: `Objects are no longer versioned (${name}): what is overwritten or deleted is gone.`,
          },
        ]
      : [];
  }
  if (type === "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration") {
    const [old, now] = [expiryIn(before?.inputs.rules), expiryIn(after?.inputs.rules)];
    return now < old
      ? [
          {
            kind: "data",
            level: "danger",
            says: `Objects or their old versions are deleted after ${now} days (${name}); before: ${Number.isFinite(old) ? `${old} days` : "never"}.`,
          },
        ]
      : [];
  }
  if (values.some((value) => value.path === "forceDestroy" && value.after === true))
    return [
      {
        kind: "data",
        level: "warning",
        says: `A destroy would now delete ${name} together with what is in it.`,
      },
    ];
  return [];
}

// The fewest days after which a rule deletes an object or an old version of one; else infinity.
function expiryIn(rules: unknown): number {
  const days = JSON.stringify(rules ?? []).matchAll(/"(?:noncurrentDays|days)":(\d+)/g);
  return Math.min(...[...days].map(([, number]) => Number(number)), Number.POSITIVE_INFINITY);
}
