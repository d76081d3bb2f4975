import { withSchemas } from "../../schema";
import type { Vendor } from "../../vendor";
import { ALERT, alert } from "./alerts";
import { KEY, key } from "./keys";
import { PROJECT, teamId } from "./organizations";
import { project } from "./projects";
import { schemas } from "./schema";

export { seedSentry } from "./organizations";

/** Sentry: projects, client keys and issue alerts in organizations and teams that exist. */
export const sentry: Vendor = {
  name: "sentry",
  version: "0.0.9",
  kinds: withSchemas({ [ALERT]: alert, [KEY]: key, [PROJECT]: project }, schemas),
  caller: (config) => ({ account: "", config }),
  functions: {
    "sentry:index/getSentryTeam:getSentryTeam": ({ organization, slug }, _caller, things) => {
      const internalId = teamId(things, organization, slug);
      return {
        id: slug,
        organization,
        slug,
        internalId,
        name: slug,
        hasAccess: true,
        isMember: true,
        isPending: false,
      };
    },
  },
};
