import type { ResourceType } from "../../../resources/types";
import type { Change } from "../../change/change";
import { holding } from "./data";
import type { Finder, Occasion, Risk } from "./risk";

const CLUSTER: ResourceType = "digitalocean:index/databaseCluster:DatabaseCluster";

/**
 * Another major version of Postgres: the immediate effect of an `up`, and the steps left to a
 * person.
 */
export const upgradeRisks: Finder = (occasion) =>
  occasion.byHand
    ? []
    : [...occasion.changes.flatMap((change) => inPlace(change, occasion)), ...leftToPeople(occasion)];

// https://docs.digitalocean.com/products/databases/postgresql/how-to/upgrade-version/
function inPlace(change: Change, occasion: Occasion): Risk[] {
  const version = change.values.find(({ path }) => path === "version");
  if (change.type !== CLUSTER || change.operation !== "update" || !version) return [];
  const [old, now] = [String(version.before), String(version.after)];
  if (Number(now) < Number(old)) return []; // the vendor refuses it
  return [
    {
      kind: "data",
      level: change.before?.protect ? "danger" : "warning",
      says: `The ${holding(change, occasion)} is upgraded in place from Postgres ${old} to ${now}: nothing takes that back, the app waits meanwhile, and extensions or queries may not work as before. Fork it and upgrade the fork first.`,
    },
  ];
}

// https://devcenter.heroku.com/articles/upgrading-heroku-postgres-databases
function leftToPeople({ environment, herokuPostgres = [] }: Occasion): Risk[] {
  const [before, after] = herokuPostgres;
  if (before === undefined || after === undefined || before === after) return [];
  return [
    {
      kind: "data",
      level: "warning",
      says: `Postgres ${after} is for a new database: no up upgrades the one that ${environment} has. Where it is still ${before}, \`heroku pg:upgrade:run\` upgrades it, and nothing takes that back: try it on a fork first.`,
    },
  ];
}
