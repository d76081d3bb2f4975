import { isTree } from "../../../environment/merge";
import { type Component, detail, fact, nameFact, type Reader } from "../component";
import type { Deployed } from "../deployed";

/** The database, on whichever platform. */
export const readDatabase: Reader = ({ database: spec }, deployed): Component | undefined => {
  if (!spec) return undefined;
  return addon(spec.followers, deployed) ?? cluster(deployed);
};

function addon(followers: number, deployed: Deployed): Component | undefined {
  const made = deployed.one("heroku:addon/addon:Addon", "database");
  if (!made) return undefined;
  const { name, plan, config } = made.inputs;
  return {
    role: "database",
    vendor: "Heroku Postgres",
    name: nameFact("add-on", name, ["api", "app"]),
    facts: [
      ...fact("plan", String(plan).split(":").at(-1), ["database", "plan"]),
      ...fact("PostgreSQL", isTree(config) ? config.version : undefined, ["database", "version"]),
      ...fact("followers", followers || undefined, ["database", "followers"]),
    ],
    marks: made.protected ? ["protected"] : [],
  };
}

function cluster(deployed: Deployed): Component | undefined {
  const made = deployed.one("digitalocean:index/databaseCluster:DatabaseCluster", "database");
  if (!made) return undefined;
  const { name, size, version, region } = made.inputs;
  return {
    role: "database",
    vendor: "DigitalOcean Postgres",
    name: nameFact("cluster", name, ["api", "app"]),
    facts: [
      ...fact("plan", size, ["database", "plan"]),
      ...fact("PostgreSQL", version, ["database", "version"]),
      ...detail("region", region, ["api", "region"]),
    ],
    marks: made.protected ? ["protected"] : [],
  };
}
