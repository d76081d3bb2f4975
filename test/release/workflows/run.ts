import { mkdirSync } from "node:fs";
import path from "node:path";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { scratch } from "../../support/projects";
import { evaluated } from "../deploys/expressions";
import { APP, type Course, herokuPlatform, TOKEN } from "../deploys/heroku-platform";
import type { Fault } from "../deploys/loopback";
import { type Ended, type Job, read, runWorkflow } from "../deploys/runner";
import { type GitHubState, gitHub, tokenFor } from "./github-on-git";
import { SENTRY_TOKEN, type SentryError, sentry } from "./sentry";

/** How a run is started, and in what world. */
export interface Wish {
  state: GitHubState;
  event?: "workflow_dispatch" | "schedule";
  /** The cron line that started it. */
  cron?: string;
  inputs?: Record<string, unknown>;
  actor?: string;
  triggeringActor?: string;
  /** The time, as RFC 3339. */
  now?: string;
  faults?: Record<string, Fault[]>;
  heroku?: Course;
  /** More secrets of the environments. */
  secrets?: Record<string, string>;
  sentry?: { errors: SentryError[]; organization?: string; faults?: Record<string, Fault[]> };
  /** Vendors that cannot be reached. */
  gone?: ("github" | "heroku" | "sentry")[];
  /** What happens while a job waits for the approval of its environment. */
  beforeApproval?: (environment: string) => void;
}

/** What a run left, and what reached the vendors. */
export interface Ran extends Ended {
  /** The run's own name, where the workflow gives it one. */
  name: string;
  /** As `METHOD /path?query`, the path below the repository. */
  calls: string[];
  /** As `METHOD /path`. */
  heroku: string[];
  /** Shell lines of the dynos that were started. */
  commands: string[];
  /** Copies from database to database that Heroku was told to make. */
  copies: Record<string, string>[];
}

const folder = scratch();
const checkout = path.join(folder, "checkout");
mkdirSync(checkout);

/**
 * Runs a workflow between stand-ins. The token of each job may what the job's `permissions` say,
 * and no more.
 */
export async function run(file: WorkflowFile, wish: Wish): Promise<Ran> {
  const { state, event = "workflow_dispatch", actor = "dora", triggeringActor = actor } = wish;
  const vendors = {
    github: await gitHub(state, wish.faults),
    heroku: await herokuPlatform(wish.heroku),
    sentry: await sentry(wish.sentry?.errors ?? [], wish.sentry?.faults, wish.sentry?.organization),
  };
  for (const name of wish.gone ?? []) await vendors[name].close();
  const inputs = inputsOf(file, event, wish.inputs ?? {});
  try {
    const ended = await runWorkflow(file, {
      event,
      actor,
      triggeringActor,
      sha: "f".repeat(40),
      checkout,
      inputs,
      secrets: { HEROKU_API_KEY: TOKEN, SENTRY_AUTH_TOKEN: SENTRY_TOKEN, ...wish.secrets },
      vars: { HEROKU_APP: APP, API_URL: "https://api.example.org", GUI_URL: "https://gui.example.org" },
      github: { repository: state.repository, event: { schedule: wish.cron } },
      token: ({ permissions }: Job) => tokenFor(permissions),
      beforeJob: ({ environment }) => environment && wish.beforeApproval?.(environment.name),
      env: {
        GITHUB_API_URL: vendors.github.address,
        GITHUB_REPOSITORY: state.repository,
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_REF_NAME: "master",
        HEROKU_API_URL: vendors.heroku.address,
        HEROKU_DATA_API_URL: vendors.heroku.address,
        SENTRY_API_URL: vendors.sentry.address,
        POLL_SECONDS: "0",
        RETRY_SECONDS: "0",
        PATIENCE_SECONDS: "20",
        ...(wish.now !== undefined && { STAGEWRIGHT_NOW: `${Date.parse(wish.now) / 1000}` }),
      },
    });
    const problems = Object.values(vendors).flatMap((each) => each.problems);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    const { received } = vendors.heroku;
    return {
      ...ended,
      name: await nameOf(file, inputs),
      calls: vendors.github.received.map(
        ({ method, url }) => `${method} ${url.replace(`/repos/${state.repository}`, "")}`,
      ),
      heroku: received.map(({ method, url }) => `${method} ${url}`),
      commands: received
        .filter(({ url }) => url.endsWith("/dynos"))
        .map(({ body }) => (JSON.parse(body.toString()) as { command: string }).command),
      copies: received
        .filter(({ method, url }) => method === "POST" && url.endsWith("/transfers"))
        .map(({ body }) => JSON.parse(body.toString()) as Record<string, string>),
    };
  } finally {
    for (const each of Object.values(vendors)) await each.close();
  }
}

interface Input {
  default?: unknown;
  required?: boolean;
}

// As GitHub: an input that is not given has its default, else it is empty.
function inputsOf(
  file: WorkflowFile,
  event: string,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const on = read(file).on[event] as { inputs?: Record<string, Input> } | null | undefined;
  const stated = on?.inputs ?? {};
  for (const name of Object.keys(given))
    if (!(name in stated)) throw new Error(`the workflow has no input ${name}`);
  return Object.fromEntries(
    Object.entries(stated).map(([name, input]) => [name, given[name] ?? input.default ?? ""]),
  );
}

async function nameOf(file: WorkflowFile, inputs: Record<string, unknown>): Promise<string> {
  const { "run-name": stated = "" } = read(file) as { "run-name"?: string };
  const [, expression] = /^\$\{\{ (.+) \}\}$/.exec(stated) ?? [];
  return expression === undefined
    ? stated
    : (await evaluated(expression, { inputs }, { failed: false })).text;
}
