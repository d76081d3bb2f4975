import type { EnvironmentSpec } from "../spec/schema/environment";
import { parseTracks } from "../spec/schema/release";
import type { CloudStore } from "./store";
import { seedZone } from "./vendors/aws";
import { seedRepository } from "./vendors/github";
import { seedNetlifyAccount } from "./vendors/netlify/cloud-store";
import { seedSentry } from "./vendors/sentry";

/**
 * Puts what an environment expects to find, and does not make itself, into the rehearsal cloud: its DNS zone, its
 * repositories with their branches, its teams. May run any number of times.
 */
export function seed(store: CloudStore, spec: EnvironmentSpec): void {
  const { dns, api, gui, errors } = spec;
  if (dns) seedZone(store, spec.accounts[dns.account]?.id ?? "", dns.zone);
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

function seedSource(store: CloudStore, repository: string, tracks = "nothing"): void {
  const [owner = "", name = ""] = repository.split("/");
  const followed = parseTracks(tracks);
  seedRepository(store, owner, name, followed.kind === "branch" ? [followed.branch] : []);
}
