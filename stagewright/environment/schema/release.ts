import { z } from "zod";
import { apiToken, type BuildSpec, branchRules, build, deployRules } from "./release/deploy";
import { login } from "./release/people";
import { zone } from "./release/times";
import { branchTracks, tracks } from "./release/tracks";

const api = deployRules
  .extend({ tracks, token: apiToken.optional(), build: build.optional() })
  .describe("Deploys of the API.");

const gui = branchRules.extend({ tracks: branchTracks }).describe("Deploys of the GUI.");

export type { PreviewsSpec, ProtectionSpec } from "./release/deploy";
export { parseTracks, type Tracks } from "./release/tracks";

/** The release rules of all deployables. */
export const release = z
  .strictObject({
    timezone: zone
      .default("UTC")
      .describe("The team's time zone (IANA), for every time that states no other."),
    developers: z
      .array(login)
      .min(1)
      .optional()
      .describe(
        "GitHub logins of who commits; given, it is checked that approvals are not left to the only one.",
      ),
    api: api.optional(),
    gui: gui.optional(),
  })
  .describe("What this environment follows, and when what may be deployed to it.");

/** The rules of one deployable of any component. */
export type DeployRules = z.infer<typeof deployRules> & {
  tracks: string;
  promotion?: GuiRules["promotion"];
  build?: BuildSpec;
};
type GuiRules = z.infer<typeof gui>;
