import { withSchemas } from "../../schema";
import type { Vendor } from "../../vendor";
import { addonKinds, getAddon } from "./addons";
import { appKinds } from "./apps";
import { members } from "./members";
import { peopleKinds } from "./people";
import { releaseKinds } from "./releases";
import { schemas } from "./schema";
import { trafficKinds } from "./traffic";

export { seedAddon, seedDatabaseOf } from "./addons";

/**
 * Heroku's Common Runtime behind the package `heroku`, from the view of one user who is in every
 * team.
 */
export const heroku: Vendor = {
  name: "heroku",
  version: "1.0.4",
  // The key's owner does not matter: apps belong to teams, and a rotated key must still find them.
  caller: (config) => ({ account: "heroku", config }),
  kinds: withSchemas(
    { ...appKinds, ...releaseKinds, ...addonKinds, ...trafficKinds, ...peopleKinds },
    schemas,
    members,
  ),
  functions: { "heroku:addon/getAddon:getAddon": getAddon },
};
