import { z } from "zod";
import { repository, secretName } from "../common";
import { approval, checks, environmentName, gates } from "./gates";
import { login, people } from "./people";
import { calendarSchedule, schedule, window } from "./times";
import { branch } from "./tracks";

const protection = z
  .strictObject({
    requiredChecks: z
      .array(z.string().min(1))
      .default([])
      .describe("Status checks that must be green before a merge."),
    bypass: z
      .array(
        z
          .string()
          .regex(
            /^(app \d+|team \d+|role (admin|maintain|write))$/,
            "'app ID', 'team ID' or 'role admin|maintain|write'",
          ),
      )
      .default([])
      .describe("Who may push past the protection. Whoever commits the workflow files must be among them."),
  })
  .describe("Protects the tracked branch: pull requests only, no force push, no deletion.");

const previews = z
  .strictObject({
    of: z.literal("pull requests").describe("Each open pull request gets one; it is gone when that closes."),
    after: checks.default({}).describe("Checks that must be green before, in the form of gates.checks."),
    database: environmentName
      .optional()
      .describe(
        "The name of this environment, whose database the previews then use, attached. Default: each has its own, as `ephemeral.database` says.",
      ),
    label: z
      .string()
      .regex(
        /^[A-Za-z0-9][\w .:/-]{0,48}$/,
        "the name of a label of at most 49 letters, digits and _ . : / - or spaces",
      )
      .default("keep-preview")
      .describe(
        "Label by which a pull request's preview lives as long as `ephemeral.maxTtl` allows. Default: keep-preview.",
      ),
    project: z
      .strictObject({
        repository: repository
          .optional()
          .describe(
            "GitHub repository that holds the Pulumi project, as owner/name. Default: that of the pull requests.",
          ),
        directory: z
          .string()
          .regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, "a folder below the repository's root, such as systems/upendo")
          .default(".")
          .describe("Folder of Pulumi.yaml in it. Default: its root."),
      })
      .prefault({})
      .describe("Where this spec is, for the workflow: it uses what is on that repository's default branch."),
  })
  .describe("Review environments, like this one and ephemeral. Default: none.");

const hotfix = z
  .strictObject({
    by: people
      .optional()
      .describe("Who may: 'user LOGIN' or 'team SLUG'. Default: whoever may start a deploy."),
  })
  .describe(
    "A deploy started as a hotfix, with a reason, is freed from the window and from nothing else; who and why stay on record. Default: there is none.",
  );

const verify = z
  .strictObject({
    run: z.string().min(1).describe("Command that runs in this environment after each deploy to it."),
    schedule: calendarSchedule
      .optional()
      .describe("When it also runs by itself, on what is deployed then. Default: only after a deploy."),
  })
  .describe("Verifies a commit in this environment. Two runs never overlap. Default: nothing to verify.");

const migrations = z
  .strictObject({
    when: z
      .enum(["before release", "in release", "by hand"])
      .describe(
        "before release: with the new code, while the old release still serves. in release: as part of it (Heroku's release phase). by hand: never by itself, one manual and confirmed action.",
      ),
    command: z.string().min(1).describe("Command that migrates, for example python manage.py migrate."),
    testedIn: environmentName
      .optional()
      .describe("Environment in which the same commit must have been migrated successfully before."),
  })
  .describe("Database migrations. Default: the deploy knows of none.");

const repositoryFolder = z
  .string()
  .regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, "a folder of the repository such as collected or web/static");

const staticFiles = z
  .strictObject({
    when: z
      .enum(["in build", "before release"])
      .describe("in build: the buildpack does it. before release: the deploy runs the command."),
    command: z
      .string()
      .min(1)
      .optional()
      .describe("Command that collects them; needed for 'before release'."),
    served: z
      .strictObject({
        folder: repositoryFolder.describe(
          "Folder of the repository that the command fills, such as collected.",
        ),
        url: z
          .string()
          .regex(/^\/([\w-][\w.-]*\/)+$/, "a path of the API such as /static/")
          .default("/static/")
          .describe("Path of the API below which they are."),
      })
      .optional()
      .describe(
        "Has the droplet's nginx answer for them, without the app. Default: the app answers. Heroku has no such thing: there it must be absent.",
      ),
  })
  .refine(({ when, command }) => when === "in build" || command !== undefined, {
    path: ["command"],
    message: "the command that collects them, since they are collected before the release",
  })
  .describe("Static files. Default: the deploy knows of none.");

const onFailure = z
  .strictObject({
    action: z
      .enum(["stop", "restore"])
      .default("stop")
      .describe("stop: leave everything as it is. restore: bring the previous release back. Default: stop."),
    tell: login
      .optional()
      .describe("GitHub login of who is told, by an issue assigned to them. Default: nobody."),
  })
  .describe("What a failed deploy leads to. Default: it stops.");

const promotion = z
  .strictObject({
    from: branch.describe("Branch that is merged into the tracked one, by one approved action."),
    approval: approval.describe("Who must approve it."),
    offeredAfter: z
      .literal("api")
      .optional()
      .describe("api: offered by itself when a deploy of the API went out. Default: only on request."),
  })
  .describe(
    "Merges a branch into the tracked one; refused where the two have diverged or the checks are red; reversible. Default: none.",
  );

const logWatch = z
  .strictObject({
    schedule: calendarSchedule.describe(
      "When the errors of this environment are looked at, for example hourly.",
    ),
    tell: login.describe("GitHub login of who is told of new errors, by an issue assigned to them."),
  })
  .describe("Watches the errors that Sentry saw in this environment. Default: nobody does.");

const operations = z
  .strictObject({
    by: login.describe("The one person who may."),
    command: z
      .string()
      .min(1)
      .describe("Program that does them, for example dt; its arguments are given with each operation."),
    confirmations: z
      .int()
      .min(2)
      .max(3)
      .default(2)
      .describe("How often that person confirms: by typing, by approving, and at 3 by both again."),
  })
  .describe("Changes of the data by hand, by one allowed person. Default: there is no such action.");

/** Rules for every deployable, regardless of its vendor. */
export const deployRules = z.strictObject({
  protection: protection.optional(),
  previews: previews.optional(),
  schedule: schedule
    .optional()
    .describe(
      "When the newest commit of the tracked branch is deployed by itself. Default: at every push. " +
        "'after every merged pull request'; 'after ENVIRONMENT': when the commit passed that one; or moments on the calendar: " +
        "'sunday 20:00', 'weekdays 09:00', 'daily 00:00', 'hourly', 'every second monday from 2026-01-05 at 07:30', in the team's time zone unless 'in ZONE' follows.",
    ),
  onRequest: z
    .boolean()
    .default(false)
    .describe("Whether any developer may also start a deploy by hand; every other rule holds."),
  ownBranch: z
    .boolean()
    .default(false)
    .describe(
      "Whether any developer may put a branch of their own here; one step brings the tracked one back, and migrations from such a branch are flagged.",
    ),
  owner: login
    .optional()
    .describe(
      "The one person who may start a deploy here by hand; what the tracked branch gets is deployed whoever merged it. Default: there is none.",
    ),
  window: window
    .optional()
    .describe(
      "When a deploy may start, for example 'weekends 09:00-12:00', in the team's time zone unless 'in ZONE' follows. Default: always.",
    ),
  hotfix: hotfix.optional(),
  exclusive: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, "a short name: a-z, 0-9 and -, starting with a letter")
    .optional()
    .describe(
      "Name of a lock: of all deploys and verifications under the same name one runs at a time, and none is cancelled half-way. Default: only deploys of the same component to this environment exclude each other.",
    ),
  gates: gates.prefault({}),
  verify: verify.optional(),
  migrations: migrations.optional(),
  staticFiles: staticFiles.optional(),
  onFailure: onFailure.prefault({}),
  logWatch: logWatch.optional(),
  operations: operations.optional(),
});

/**
 * Rules for the GUI only: a promotion is a merge, which needs a tracked branch. Its previews are
 * the API's.
 */
export const branchRules = deployRules.omit({ previews: true }).extend({ promotion: promotion.optional() });

/** Rules for the API only. */
export const apiToken = secretName.describe(
  "Name of the secret that holds the Heroku API token which the deploy workflow uses. Needed where the API is on Heroku, unused elsewhere.",
);

/** Rules for an API on Heroku only: its buildpacks follow the commit's files. */
export const build = z
  .strictObject({
    runs: z
      .array(z.string().min(1))
      .min(1)
      .describe(
        "Commands that must be in the build: in the script heroku-postbuild, else build, of the commit's package.json. Heroku stops at the first that fails; a commit without one of them is not deployed.",
      ),
  })
  .describe("What the build of a commit must do on Heroku. Default: nothing is asked of it.");

export type BuildSpec = z.infer<typeof build>;

export type ProtectionSpec = z.infer<typeof protection>;

export type PreviewsSpec = z.infer<typeof previews>;
