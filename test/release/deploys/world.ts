import path from "node:path";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { scratch } from "../../support/projects";
import { commit } from "./checkout";
import { GITHUB_TOKEN, githubPlatform, type Repository } from "./github-platform";
import { APP, type Course, herokuPlatform, TOKEN } from "./heroku-platform";
import { type Fault, loopback, type Received } from "./loopback";
import { type Ended, type Run, runWorkflow } from "./runner";
import { SENTRY_TOKEN, type SentryIssue, sentryPlatform } from "./sentry-platform";

/** The pinned commit: the only one of the checkout. */
const FILES = {
  Procfile: "release: python manage.py migrate\nweb: gunicorn app.wsgi\n",
  "app/models.py": "def testimony(): pass\n",
};
const dir = scratch();
export const CHECKOUT = path.join(dir, "checkout");
export const SHA = commit(CHECKOUT, FILES);
export const OTHER = "b".repeat(40);

/** What differs from a run in which everything is well. */
export interface Wish extends Partial<Run> {
  github?: Run["github"];
  repository?: Repository;
  githubFaults?: Record<string, Fault[]>;
  heroku?: Course;
  netlifyFaults?: Record<string, Fault[]>;
  sentry?: { issues?: SentryIssue[]; organization?: string; faults?: Record<string, Fault[]> };
  /** The statuses that the deployed address answers with, in turn; the last stays. Default: 200. */
  health?: number[];
  /** The time, as RFC 3339. Default: the machine's. */
  now?: string;
  /** Vendors that cannot be reached. */
  gone?: ("github" | "heroku" | "sentry")[];
}

export interface Seen extends Ended {
  /** What reached each vendor, as `METHOD /path`. */
  calls: { github: string[]; heroku: string[]; sentry: string[]; netlify: string[] };
  /** Bodies of the calls that changed something at GitHub. */
  written: { call: string; body: unknown }[];
  received: { heroku: Received[]; sentry: Received[]; netlify: Received[] };
  repository: Repository;
}

/** Runs a workflow in a world of stand-ins, and tells what reached them. */
export async function deployed(file: Pick<WorkflowFile, "content">, wish: Wish = {}): Promise<Seen> {
  const repository: Repository = { branches: { master: SHA }, ...wish.repository };
  const github = await githubPlatform(repository, wish.githubFaults);
  const heroku = await herokuPlatform({ commit: SHA, ...wish.heroku });
  const sentry = await sentryPlatform(wish.sentry);
  const statuses = [...(wish.health ?? [200])];
  const site = await loopback(() => ({
    status: (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200,
  }));
  const netlify = await loopback(() => ({ status: 200 }), wish.netlifyFaults);
  const all = { github, heroku, sentry };
  for (const name of wish.gone ?? []) await all[name].close();
  try {
    const ended = await runWorkflow(file, {
      sha: SHA,
      checkout: CHECKOUT,
      ...wish,
      secrets: {
        HEROKU_API_KEY: TOKEN,
        SENTRY_AUTH_TOKEN: SENTRY_TOKEN,
        NETLIFY_BUILD_HOOK: `${netlify.address}/build_hooks/5f1e`,
        ...wish.secrets,
      },
      vars: { HEROKU_APP: APP, API_URL: site.address, GUI_URL: site.address, ...wish.vars },
      github: { token: GITHUB_TOKEN, ...wish.github },
      env: {
        GITHUB_API_URL: github.address,
        HEROKU_API_URL: heroku.address,
        SENTRY_API_URL: sentry.address,
        POLL_SECONDS: "0",
        RETRY_SECONDS: "0",
        PATIENCE_SECONDS: "20",
        CHECKS_SECONDS: "1",
        HEALTH_SECONDS: "0",
        ...(wish.now !== undefined && { STAGEWRIGHT_NOW: `${Date.parse(wish.now) / 1000}` }),
        ...wish.env,
      },
    });
    const problems = [github, heroku, sentry].flatMap((each) => each.problems);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    const calls = (each: typeof github) =>
      each.received.map(({ method, url }) => `${method} ${url.split("?")[0]}`);
    return {
      ...ended,
      calls: { github: calls(github), heroku: calls(heroku), sentry: calls(sentry), netlify: calls(netlify) },
      written: github.received
        .filter(({ method }) => method !== "GET")
        .map(({ method, url, body }) => ({
          call: `${method} ${url.replace("/repos/team/app", "")}`,
          body: JSON.parse(body.toString()),
        })),
      received: { heroku: heroku.received, sentry: sentry.received, netlify: netlify.received },
      repository,
    };
  } finally {
    for (const each of [github, heroku, sentry, site, netlify]) await each.close();
  }
}

/** That nothing reached a vendor but questions: no build, no hook, no record. */
export function untouched({ calls, written }: Seen): boolean {
  return (
    calls.heroku.length + calls.netlify.length === 0 && !written.some(({ call }) => call.includes("deploy"))
  );
}
