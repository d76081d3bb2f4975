import { z } from "zod";
import { netlifySiteName } from "../vendors/netlify";
import { hostname, repository, variables } from "./common";

/** The web GUI, on Netlify. */
export const gui = z
  .strictObject({
    site: z
      .string()
      .regex(netlifySiteName.pattern, netlifySiteName.accepted)
      .describe("Name of the Netlify site, unique over all of Netlify."),
    account: z.string().min(1).describe("Slug of the Netlify team that owns the site."),
    host: hostname.optional().describe("Public host name of the GUI. Default: <site>.netlify.app."),
    repository: repository.describe("GitHub repository of the GUI, as owner/name."),
    branch: z
      .string()
      .min(1)
      .default("main")
      .describe("Branch that Netlify builds where `release.gui` tracks none. Default: main."),
    build: z
      .strictObject({
        base: z
          .string()
          .optional()
          .describe("Folder in which the build runs. Default: the repository's root."),
        command: z.string().min(1).describe("Command that builds the site."),
        publish: z.string().min(1).describe("Folder that holds the built site."),
      })
      .describe("How Netlify builds the site."),
    variables: variables.describe("Environment variables of the build."),
  })
  .describe("The web GUI on Netlify.");

export type GuiSpec = z.infer<typeof gui>;
