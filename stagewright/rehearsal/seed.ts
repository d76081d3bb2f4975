import type { EnvironmentSpec } from "../environment/schema/environment";
import { parseTracks } from "../environment/schema/release";
import { CloudStore } from "./store";
import { seedZone } from "./vendors/aws";
import { seedDomain } from "./vendors/digitalocean";
import { seedRepository } from "./vendors/github";
import { seedAddon, seedDatabaseOf } from "./vendors/heroku";
import { seedNetlifyAccount } from "./vendors/netlify/cloud-store";
import { seedSentry } from "./vendors/sentry";

/**
 * Adds the resources to the rehearsal cloud that an environment expects and does not create: its
 * DNS zone, its repositories with their branches, its teams. Idempotent.
 */
export function seed(store: CloudStore, spec: EnvironmentSpec): void {
  const { dns, api, gui, errors } = spec;
  if (dns?.via === "route53") seedZone(store, spec.accounts[dns.account]?.id ?? "", dns.zone);
  if (dns?.via === "digitalocean") seedDomain(store, dns.zone);
  if (gui) seedNetlifyAccount(store, gui.account);
  if (errors) {
    const projects = errors.existing ? [errors.project] : [];
    seedSentry(store, errors.organization, {
      teams: [errors.team],
      projects,
    });
  }
  if (api) seedSource(store, api.repository, spec.release.api?.tracks);
  if (gui) seedSource(store, gui.repository, spec.release.gui?.tracks);
}

/**
 * Adds the resources of other environments that an environment uses, by `database.shared` and
 * `broker.via: shared`, and the database that it starts with a copy of, to a cloud in which it is
 * alone. In a cloud shared with those environments they create these resources themselves.
 * Idempotent.
 */
export function seedOthers(store: CloudStore, { database, broker }: EnvironmentSpec): void {
  if (database?.shared) {
    // https://devcenter.heroku.com/articles/heroku-postgresql-credentials: not in the Essential
    // tier
    const plan = database.shared.credential === undefined ? "essential-0" : "standard-0";
    seedAddon(store, database.shared.addon, `heroku-postgresql:${plan}`);
  }
  if (database?.copy) seedDatabaseOf(store, database.copy.app);
  if (broker?.via === "shared") seedAddon(store, broker.addon, "cloudamqp:lemur");
}

/** Does the same for a cloud's file. */
export function seedOthersIn(cloud: string, spec: EnvironmentSpec): void {
  const store = new CloudStore(cloud);
  try {
    seedOthers(store, spec);
  } finally {
    store.close();
  }
}

function seedSource(store: CloudStore, repository: string, tracks = "nothing"): void {
  const [owner = "", name = ""] = repository.split("/");
  const followed = parseTracks(tracks);
  seedRepository(store, owner, name, followed.kind === "branch" ? [followed.branch] : []);
}
