import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import type { EnvironmentSpec } from "../../stagewright/environment/schema/environment";
import { type Event, pick } from "./sequence";

type Tree = Record<string, unknown>;

/**
 * What a person writes into a stack's differences; `undefined`: the environment has nothing of the
 * kind.
 */
export type Change = Tree;

const HEROKU_PLANS = ["essential-0", "essential-1", "standard-0", "standard-2"];
const NODE_SIZES = ["db-s-1vcpu-1gb", "db-s-1vcpu-2gb", "db-s-2vcpu-4gb"];

/** The change of the spec that an event stands for. */
export function changeOf(
  event: Event,
  { api, gui, accounts, database }: EnvironmentSpec,
  chance: () => number,
): Change | undefined {
  const account = pick(chance, Object.entries(accounts ?? {}));
  switch (event) {
    case "rename":
      return api && { api: { app: api.app.endsWith("-b") ? api.app.slice(0, -2) : `${api.app}-b` } };
    case "region":
      if (account) {
        const [name, { region }] = account;
        return { accounts: { [name]: { region: region === "us-west-2" ? "us-east-2" : "us-west-2" } } };
      }
      if (api?.via === "digitalocean") return { api: { region: api.region === "ams3" ? "nyc3" : "ams3" } };
      return undefined;
    case "team":
      return api?.via === "heroku" ? { api: { team: api.team === undefined ? "others" : null } } : undefined;
    case "account":
      if (account) return { accounts: { [account[0]]: { id: "999999999999" } } };
      return gui && { gui: { account: `${gui.account}-b` } };
    case "plan up":
    case "plan down":
      return database?.plan && { database: { plan: beside(database.plan, event === "plan up" ? 1 : -1) } };
    default:
      return undefined;
  }
}

function beside(plan: string, step: 1 | -1): string {
  const plans = HEROKU_PLANS.includes(plan) ? HEROKU_PLANS : NODE_SIZES;
  return plans[Math.min(Math.max(plans.indexOf(plan) + step, 0), plans.length - 1)] ?? plan;
}

/** Lays a change over the differences of a stack, in its file. @returns what undoes it */
export function write(dir: string, project: string, stack: string, change: Change): () => void {
  const file = path.join(dir, `Pulumi.${stack}.yaml`);
  const before = readFileSync(file, "utf8");
  const tree = (parse(before) ?? {}) as Tree;
  const config = { ...(tree.config as Tree) };
  const key = `${project}:differs`;
  writeFileSync(
    file,
    stringify(
      { ...tree, config: { ...config, [key]: laid((config[key] ?? {}) as Tree, change) } },
      { version: "1.1" },
    ),
  );
  return () => writeFileSync(file, before);
}

function laid(tree: Tree, change: Tree): Tree {
  const isTree = (value: unknown): value is Tree =>
    value !== null && typeof value === "object" && !Array.isArray(value);
  return {
    ...tree,
    ...Object.fromEntries(
      Object.entries(change).map(([key, value]) => [
        key,
        isTree(value) ? laid(isTree(tree[key]) ? tree[key] : {}, value) : value,
      ]),
    ),
  };
}
