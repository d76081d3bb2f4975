import { isTree, merge, type Tree, valueAt } from "../environment/merge";
import { brokerName, databaseName } from "../environment/platforms";
import type { ApiSpec } from "../environment/schema/api";
import type { BrokerSpec, OwnBrokerSpec } from "../environment/schema/broker";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { parseTracks } from "../environment/schema/release";
import { cloudamqpBackend } from "../environment/vendors/cloudamqp";
import { hostLike, longestName, type Named, nameLike, stackOf } from "./names";
import type { Request } from "./request";

/**
 * How an ephemeral environment differs from the one that it is like: names and hosts of its own,
 * everything as small as it goes, nothing protected, promoted or approved, and data where the
 * request says. Apart from that it is the same, whatever that is.
 *
 * @param like the environment as it is resolved
 * @returns a patch (RFC 7396) of that environment
 */
export function patchFor(like: EnvironmentSpec, request: Request): Tree {
  const patch: Tree = {
    name: stackOf(request.name),
    data: dataOf(like, request),
    ...(like.api && { api: apiOf(like.api, like, request) }),
    ...(like.database && { database: databaseOf(like, request) }),
    ...(like.broker && { broker: brokerOf(like.broker, like, request) }),
    ...(like.bucket && { bucket: bucketOf(like, request) }),
    ...(like.gui && { gui: guiOf(like, request) }),
    ...(like.errors && { errors: errorsOf(like, request) }),
    release: releaseOf(like, request),
    budget: null,
  };
  const all = overlaid(patch, request.set);
  return { common: commonOf(like, all), ...all };
}

/**
 * How long the name of an ephemeral environment like that one may be, as the vendors of its parts
 * limit names.
 */
export function longestNameLike(like: EnvironmentSpec): number {
  const { api, broker, bucket, gui, errors } = like;
  const used: [string | undefined, Named][] = [
    [api?.app, api?.via === "digitalocean" ? "label" : "app"],
    [api?.host?.split(".")[0], "label"],
    [gui?.site, "label"],
    [gui?.host?.split(".")[0], "label"],
    [bucket?.name, "bucket"],
    [bucket?.user, "user"],
    [errors?.existing ? undefined : errors?.project, "project"],
    [broker?.via === "cloudamqp" ? broker.name : undefined, "instance"],
  ];
  return longestName(
    used.flatMap(([physical, is]) => (physical === undefined ? [] : [{ physical, like: like.name, is }])),
  );
}

function dataOf(like: EnvironmentSpec, { database }: Request): Tree {
  return {
    protected: false,
    // Data may come from where this one is like, and from where that one's may come; never the
    // other way.
    restoredFrom: database === "shared" ? null : [...like.data.restoredFrom, like.name],
    restore: null,
    erasedBy: null,
  };
}

function apiOf(api: ApiSpec, { name: like, dns }: EnvironmentSpec, { name }: Request): Tree {
  const own = {
    app: nameLike(api.app, like, name, api.via === "heroku" ? "app" : "label"),
    ...(api.host !== undefined && { host: hostLike(api.host, dns?.zone, like, name) }),
  };
  const one = (quantity: number) => Math.min(quantity, 1);
  if (api.via === "digitalocean") {
    return {
      ...own,
      size: null,
      backups: false,
      alerts: null,
      processes: mapped(api.processes, ({ quantity }) => ({ quantity: one(quantity) })),
    };
  }
  return {
    ...own,
    logDrain: null,
    // An app on eco dynos stays there: they are paid by the account, not by the app.
    processes: mapped(api.processes, ({ size, quantity }) => ({
      size: size === "eco" ? "eco" : "basic",
      quantity: one(quantity),
    })),
  };
}

function databaseOf(like: EnvironmentSpec, { database: wish }: Request): Tree {
  const own = { name: null, shared: null, copy: null, followers: null };
  if (wish === "empty") return { ...own, plan: null };
  const from = like.database?.shared?.from ?? like.name;
  const app = like.api?.app ?? "";
  if (wish === "copy") return { ...own, copy: { from, app } };
  const credential = like.ephemeral?.credential ?? like.database?.shared?.credential;
  return {
    ...own,
    plan: null,
    shared: {
      from,
      addon: like.database?.shared?.addon ?? databaseName(app, like.database ?? {}),
      ...(credential !== undefined && { credential }),
    },
  };
}

function brokerOf(broker: BrokerSpec, like: EnvironmentSpec, { name, broker: wish }: Request): Tree | null {
  if (wish === "none") return null;
  const none = { via: null, plan: null, name: null, region: null, from: null, addon: null };
  if (broker.via === "shared") return {}; // what is shared there is shared here
  if (wish === "shared") return { ...none, via: "shared", from: like.name, addon: addonOf(broker, like) };
  if (broker.via === "heroku") return { name: null, plan: "lemur" };
  return {
    plan: cloudamqpBackend(broker.plan) === "rabbitmq" ? "lemur" : "lemming",
    name: nameLike(broker.name, like.name, name, "instance"),
  };
}

function addonOf(broker: OwnBrokerSpec, { api }: EnvironmentSpec): string {
  return brokerName(api?.app ?? "", broker.via === "heroku" ? broker : {});
}

function bucketOf(like: EnvironmentSpec, { name, bucket: wish }: Request): Tree | null {
  const { bucket } = like;
  if (!bucket || wish === "none") return null;
  const user = nameLike(bucket.user, like.name, name, "user");
  const own = { user, access: "private", logs: null };
  if (wish === "own") return { ...own, name: nameLike(bucket.name, like.name, name, "bucket"), shared: null };
  const from = bucket.shared?.from ?? like.name;
  return { ...own, shared: { from, prefix: `${stackOf(name)}/` } };
}

function guiOf({ gui, name: like, dns, release }: EnvironmentSpec, { name, branch }: Request): Tree {
  if (!gui) return {};
  const tracks = parseTracks(release.gui?.tracks ?? "nothing");
  return {
    site: nameLike(gui.site, like, name, "label"),
    ...(gui.host !== undefined && { host: hostLike(gui.host, dns?.zone, like, name) }),
    branch: branch ?? (tracks.kind === "branch" ? tracks.branch : gui.branch),
  };
}

function errorsOf({ errors, name: like }: EnvironmentSpec, { name }: Request): Tree {
  if (!errors) return {};
  return {
    ...(!errors.existing && { project: nameLike(errors.project, like, name, "project") }),
    environment: stackOf(name),
    alert: null,
    readToken: null,
  };
}

// Who deploys to it decides; where it follows its branch, nothing but a push is needed.
function releaseOf({ release }: EnvironmentSpec, { branch, follow }: Request): Tree {
  if (!follow || branch === undefined) return { api: null, gui: null };
  const tracks = `branch ${branch}`;
  return {
    ...(release.api && {
      api: { ...nothing(release.api), tracks, token: release.api.token ?? null },
    }),
    ...(release.gui && { gui: { ...nothing(release.gui), tracks } }),
  };
}

// What is shared is common to both, and says so like all that is.
function commonOf(like: EnvironmentSpec, patch: Tree): string[] {
  const merged = merge(structuredClone(like) as Tree, patch);
  const shared = [
    valueAt(merged, ["database", "shared"]) === undefined ? [] : ["database.shared"],
    valueAt(merged, ["bucket", "shared"]) === undefined ? [] : ["bucket.name"],
    valueAt(merged, ["broker", "via"]) === "shared" ? ["broker"] : [],
  ].flat();
  const still = like.common.filter((text) => valueAt(merged, text.split(".")) !== undefined);
  return [...new Set([...still, ...shared])];
}

/** One patch over another: applied, it does what the first and then the second would do. */
function overlaid(patch: Tree, over: Tree): Tree {
  const result = new Map(Object.entries(patch));
  for (const [key, value] of Object.entries(over)) {
    const below = result.get(key);
    result.set(key, isTree(value) && isTree(below) ? overlaid(below, value) : value);
  }
  return Object.fromEntries(result);
}

function nothing(stated: object): Tree {
  return Object.fromEntries(Object.keys(stated).map((key) => [key, null]));
}

function mapped<T, R>(map: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
