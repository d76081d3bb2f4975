import type { EnvironmentSpec } from "../../environment/schema/environment";
import type { PreviewsSpec } from "../../environment/schema/release";
import { action } from "../actions";
import { expression, type Node, noted } from "../document";
import type { Permissions, Step } from "../jobs/job";

/** What a job needs to run `stagewright env` on the real accounts. */
export interface Engine {
  /** Checks the project out and installs it. */
  prepare: Step[];
  /** The credentials, for the steps that run it: names as the vendors' own tools have them. */
  env: Record<string, Node>;
  /** What those steps ask of GitHub's token. */
  permissions: Permissions;
}

/**
 * The Pulumi project of an environment, as its repository's default branch has it, with the
 * credentials of the job's GitHub environment: those of the parts that there are and no others.
 * Whoever keeps the accounts puts them there by hand, as no state and no other workflow should hold
 * them.
 *
 * @param repository of the workflow, `owner/name`
 */
export function projectOf(repository: string, spec: EnvironmentSpec, { project }: PreviewsSpec): Engine {
  const elsewhere = project.repository !== undefined && project.repository !== repository;
  const { api, gui, errors, broker, bucket, dns } = spec;
  const aws = bucket !== undefined || dns !== undefined;
  const secrets = [
    "PULUMI_ACCESS_TOKEN",
    "PULUMI_CONFIG_PASSPHRASE",
    ...(api?.via === "heroku" || broker?.via === "heroku" ? ["HEROKU_API_KEY"] : []),
    ...(gui ? ["NETLIFY_AUTH_TOKEN", GITHUB] : []),
    ...(errors ? ["SENTRY_AUTH_TOKEN"] : []),
    ...(broker?.via === "cloudamqp" ? ["CLOUDAMQP_APIKEY"] : []),
  ];
  const variables = ["PULUMI_BACKEND_URL", ...(aws ? ["AWS_ROLE"] : [])];
  return {
    prepare: [
      {
        step: {
          name: "Check out the project",
          uses: action("actions/checkout"),
          with: {
            ...(elsewhere
              ? { repository: project.repository ?? "", token: expression(`secrets.${GITHUB}`) }
              : {
                  ref: noted(
                    "Never the pull request's: what it holds runs nowhere that a credential is.",
                    expression("github.event.repository.default_branch"),
                  ),
                }),
            "persist-credentials": false,
          },
        },
        permissions: { contents: { access: "read", why: "to check the project out" } },
      },
      { step: { name: "Install", shell: "bash", run: "npm ci --ignore-scripts\n" } },
    ],
    env: {
      DIRECTORY: project.directory,
      ...Object.fromEntries(variables.map((name) => [name, expression(`vars.${name}`)])),
      ...Object.fromEntries(secrets.map((name) => [name, expression(`secrets.${name}`)])),
    },
    permissions: aws
      ? { "id-token": { access: "write", why: "this job's identity, for the role at AWS" } }
      : {},
  };
}

/**
 * The secret with a token of GitHub's for what the run's own may not: another repository, keys and
 * hooks.
 */
const GITHUB = "STAGEWRIGHT_GITHUB_TOKEN";
