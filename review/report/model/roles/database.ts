import { isTree } from "../../../../spec/merge";
import { type Component, fact, nameFact, type Reader } from "../component";

/** The database. */
export const readDatabase: Reader = ({ database: spec }, deployed): Component | undefined => {
  const addon = deployed.one("heroku:addon/addon:Addon", "database");
  if (!spec || !addon) return undefined;
  const { name, plan, config } = addon.inputs;
  return {
    role: "database",
    vendor: "Heroku Postgres",
    name: nameFact("add-on", name, ["api", "app"]),
    facts: [
      ...fact("plan", String(plan).split(":").at(-1), ["database", "plan"]),
      ...fact("PostgreSQL", isTree(config) ? config.version : undefined, ["database", "version"]),
      ...fact("followers", spec.followers || undefined, ["database", "followers"]),
    ],
    marks: addon.protected ? ["protected"] : [],
  };
};
